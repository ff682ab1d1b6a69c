package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CaseState;
import sallyport.mappings.prisoneralert.LiaisonCodes;
import sallyport.mappings.prisoneralert.LiaisonCodes.Group;
import sallyport.mappings.prisoneralert.LiaisonCodes.LiaisonCode;

/**
 * The active alerts about people in open cases that an adjudication liaison officer is shown. What is outside a scope does not exist
 * here, and each case on a page that somebody is shown leaves a consultation in the evidence log (DPA 2018 s62) in the same
 * transaction.
 */
public final class PrisonerAlerts {

    public static final int MAX_SIZE = 100;

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** Active by the source's own rule: from the first day on, and no more on the day that is named as its end. */
    private static final String FOUND =
            """
              FROM prisoner_alert a
              JOIN case_person p ON p.prisoner_number = a.prisoner_number AND NOT p.former
              JOIN referral_case c ON c.id = p.case_id AND c.state = ANY(string_to_array(:open, ','))
             WHERE a.code = ANY(string_to_array(:codes, ','))
               AND a.active_from <= :today AND (a.active_to IS NULL OR a.active_to > :today)
               AND (:prison::text IS NULL OR c.prison = :prison)
               AND\s"""
                    + Scope.covers("c");

    private static final String GROUPED = " GROUP BY a.prisoner_number, a.alert, c.id";

    private static final String COUNT = "SELECT count(*) FROM (SELECT 1 AS one" + FOUND + GROUPED + ") AS found";

    private static final String PAGE =
            """
            SELECT a.prisoner_number, a.code, a.active_from, a.active_to, c.reference, c.prison, c.force, c.state,
                   array_agg(p.role ORDER BY p.role) AS roles
            """
                    + FOUND
                    + GROUPED
                    + """
             ORDER BY c.prison, a.prisoner_number, a.code, a.alert, c.id LIMIT :size OFFSET :offset
            """;

    /** Asked for and not read yet, or parked: what is known of these people may be nothing, or old. */
    private static final String UNREAD =
            """
            SELECT count(DISTINCT p.prisoner_number)
              FROM work w
              JOIN case_person p ON p.prisoner_number = w.key AND NOT p.former
              JOIN referral_case c ON c.id = p.case_id AND c.state = ANY(string_to_array(:open, ','))
             WHERE w.step = 'prisoner-alert-fetch' AND w.requested > w.done
               AND (:prison::text IS NULL OR c.prison = :prison)
               AND\s"""
                    + Scope.covers("c");

    private static final String CONSULTED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason)
            SELECT 'CONSULTATION', r.reference, :actor, 'viewed alerts of people in the case'
              FROM unnest(string_to_array(:references, ',')) AS r(reference) ORDER BY r.reference
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;
    private final Clock clock;

    public PrisonerAlerts(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        // One snapshot for the rows and their number.
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.clock = clock;
    }

    /**
     * One alert of one person in one case.
     *
     * @param roles in which the case's report names the person
     * @param code the source's
     * @param meaning what the code says, in the source's words
     * @param since its first day
     * @param expires the day on which it is no more; null for one without an end
     * @param prison of the case: the person may be elsewhere by now
     */
    public record Row(
            String prisonerNumber,
            List<String> roles,
            Group group,
            String code,
            String meaning,
            LocalDate since,
            @Nullable LocalDate expires,
            String caseReference,
            String prison,
            @Nullable String force,
            CaseState caseState) {}

    /**
     * @param unread people in open cases, within the scope, whose alerts were asked for and are not read yet
     */
    public record Found(Page<Row> page, long unread) {}

    /**
     * By prison and person.
     *
     * @param group only alerts of this group
     * @param prison only cases of this prison
     * @param actor who looks
     * @throws IllegalArgumentException when a bound is broken
     */
    public Found active(@Nullable Group group, @Nullable String prison, Scope scope, int page, int size, String actor) {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > CaseQuery.MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        return Objects.requireNonNull(consultation.execute(status -> {
            long total = narrowed(COUNT, group, prison, scope).query(Long.class).single();
            List<Row> rows = narrowed(PAGE, group, prison, scope)
                    .param("size", size)
                    .param("offset", (long) page * size)
                    .query(PrisonerAlerts::row)
                    .list();
            consulted(rows, actor);
            return new Found(new Page<>(rows, page, size, total), unread(prison, scope));
        }));
    }

    private long unread(@Nullable String prison, Scope scope) {
        return scope.bind(jdbc.sql(UNREAD))
                .param("open", open())
                .param("prison", prison)
                .query(Long.class)
                .single();
    }

    private StatementSpec narrowed(String sql, @Nullable Group group, @Nullable String prison, Scope scope) {
        return scope.bind(jdbc.sql(sql))
                .param("open", open())
                .param(
                        "codes",
                        LiaisonCodes.all().stream()
                                .filter(code -> group == null || code.group() == group)
                                .map(LiaisonCode::code)
                                .collect(Collectors.joining(",")))
                .param("today", LocalDate.now(clock.withZone(LONDON)))
                .param("prison", prison);
    }

    private static String open() {
        return CaseState.allOpen().stream().map(CaseState::name).collect(Collectors.joining(","));
    }

    private void consulted(List<Row> rows, String actor) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql(CONSULTED)
                .param("actor", actor)
                .param(
                        "references",
                        rows.stream().map(Row::caseReference).distinct().collect(Collectors.joining(",")))
                .update();
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        LiaisonCode code = LiaisonCodes.find(rs.getString("code")).orElseThrow();
        return new Row(
                rs.getString("prisoner_number"),
                texts(rs, "roles"),
                code.group(),
                code.code(),
                code.meaning(),
                rs.getObject("active_from", LocalDate.class),
                rs.getObject("active_to", LocalDate.class),
                rs.getString("reference"),
                rs.getString("prison"),
                rs.getString("force"),
                CaseState.valueOf(rs.getString("state")));
    }
}
