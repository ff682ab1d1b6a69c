package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
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
import sallyport.mappings.intelligence.HandlingCodes;
import sallyport.mappings.intelligence.HandlingCodes.HandlingCode;
import sallyport.mappings.intelligence.IntelligenceUnits;

/**
 * Which notices of intelligence fit which open cases now. What is outside a scope does not exist here, and each case that somebody is
 * shown leaves a consultation in the evidence log (DPA 2018 s62) in the same transaction. Who may look at all is decided before.
 */
public final class IntelligenceNotices {

    public static final int MAX_SIZE = 100;

    private static final String FOUND =
            """
              FROM intelligence_fit f
              JOIN intelligence_notice n ON n.record = f.notice
              JOIN source_record s ON s.id = n.record
              JOIN referral_case c ON c.id = f.case_id AND c.state = ANY(string_to_array(:open, ','))
             WHERE (:prison::text IS NULL OR c.prison = :prison) AND\s"""
                    + Scope.covers("c");

    private static final String PAGE =
            """
            SELECT s.record_id, n.handling, n.unit, n.prison AS unit_prison, n.issued_at, n.expires, n.incident IS NOT NULL AS of_incident,
                   c.reference, c.prison, c.force, c.state
            """
                    + FOUND
                    + """
             ORDER BY c.prison, c.reference, s.record_id LIMIT :size OFFSET :offset
            """;

    private static final String CONSULTED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason)
            SELECT 'CONSULTATION', r.reference, :actor, 'viewed notices of intelligence about the case'
              FROM unnest(string_to_array(:references, ',')) AS r(reference) ORDER BY r.reference
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;

    public IntelligenceNotices(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        // One snapshot for the rows and their number.
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * One notice that fits one case.
     *
     * @param reference the unit's
     * @param handling code of the intelligence report, and {@code meaning} what it says
     * @param toForce whether the force is told that there is something, and whom to ask
     * @param about {@code INCIDENT}, or {@code PRISONER} for somebody in the case around its time
     */
    public record Row(
            String reference,
            String caseReference,
            String prison,
            @Nullable String force,
            CaseState caseState,
            String about,
            String handling,
            String meaning,
            boolean toForce,
            String unit,
            String unitName,
            Instant issued,
            LocalDate expires) {}

    /**
     * By prison and case.
     *
     * @param prison only cases of this prison
     * @param actor who looks
     * @throws IllegalArgumentException when a bound is broken
     */
    public Page<Row> fitting(@Nullable String prison, Scope scope, int page, int size, String actor) {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > CaseQuery.MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        return Objects.requireNonNull(consultation.execute(status -> {
            long total = narrowed("SELECT count(*)" + FOUND, prison, scope)
                    .query(Long.class)
                    .single();
            List<Row> rows = narrowed(PAGE, prison, scope)
                    .param("size", size)
                    .param("offset", (long) page * size)
                    .query(IntelligenceNotices::row)
                    .list();
            consulted(rows, actor);
            return new Page<>(rows, page, size, total);
        }));
    }

    private StatementSpec narrowed(String sql, @Nullable String prison, Scope scope) {
        return scope.bind(jdbc.sql(sql))
                .param("open", CaseState.allOpen().stream().map(CaseState::name).collect(Collectors.joining(",")))
                .param("prison", prison);
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

    /** A code or unit that the tables do not have any more is shown as it is, and told to nobody. */
    private static Row row(ResultSet rs, int n) throws SQLException {
        String handling = rs.getString("handling");
        String unit = rs.getString("unit");
        HandlingCode code =
                HandlingCodes.find(handling).orElse(new HandlingCode(handling, false, "Not in the table any more"));
        return new Row(
                rs.getString("record_id"),
                rs.getString("reference"),
                rs.getString("prison"),
                rs.getString("force"),
                CaseState.valueOf(rs.getString("state")),
                rs.getBoolean("of_incident") ? "INCIDENT" : "PRISONER",
                handling,
                code.meaning(),
                code.toForce(),
                unit,
                IntelligenceUnits.find(unit).orElse(unit) + ", " + rs.getString("unit_prison"),
                instant(rs, "issued_at"),
                rs.getObject("expires", LocalDate.class));
    }
}
