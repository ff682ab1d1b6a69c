package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Step;
import sallyport.ledger.TelephoneState;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.PhoneReport;

/**
 * Telephone reports, the incident reports that they may have announced, and what a person says of them. What is outside a scope does not
 * exist here: a report is in the scope of its prison, and once it belongs to a case in that of its force. Each one that somebody is shown
 * leaves a consultation in the evidence log (DPA 2018 s62) in the same transaction.
 */
public final class TelephoneDesk {

    public static final int MAX_SIZE = 100;

    private static final int MAX_REASON = 1_000;

    private static final String FOUND =
            """
              FROM (SELECT t.*, s.record_id, v.raw, v.erased_by, c.force, c.reference
                      FROM telephone_report t
                      JOIN source_record s ON s.id = t.record
                      JOIN source_version v ON v.id = s.latest_version
                      LEFT JOIN case_record cr ON cr.record = t.record
                      LEFT JOIN referral_case c ON c.id = cr.case_id) AS t
             WHERE (:state::text IS NULL OR t.state = :state)
               AND (:prison::text IS NULL OR t.prison = :prison)
               AND (:case::text IS NULL OR t.reference = :case)
               AND\s"""
                    + Scope.covers("t");

    private static final String MATCHES =
            """
            SELECT m.telephone, i.record_id, m.score, m.reasons, m.state, m.said_by, m.reason, c.reference, v.raw, v.erased_by
              FROM telephone_match m
              JOIN source_record i ON i.id = m.incident
              JOIN source_version v ON v.id = i.latest_version
              LEFT JOIN case_record cr ON cr.record = i.id
              LEFT JOIN referral_case c ON c.id = cr.case_id
             WHERE m.telephone = ANY(string_to_array(:records, ',')::bigint[])
             ORDER BY m.telephone, m.state = 'REFUSED', m.score DESC, i.record_id
            """;

    private static final String CONSULTED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            SELECT 'CONSULTATION', nullif(r.reference, ''), :actor, 'viewed a telephone report', 'telephone report ' || r.record
              FROM unnest(string_to_array(:records, ','), string_to_array(:references, ',')) AS r(record, reference) ORDER BY r.record
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;
    private final TransactionTemplate transaction;
    private final WakeUp wakeUp;

    public TelephoneDesk(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        // One snapshot for the rows and their number.
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.transaction = new TransactionTemplate(transactions);
        this.wakeUp = wakeUp;
    }

    /**
     * @param id number of the report here
     * @param reference of whoever took the call
     * @param told what was said; null when it is erased or cannot be read any more
     * @param settledBy the person who settled it, with {@code reason}
     * @param caseReference the case that it belongs to
     * @param matches the incident reports that it may have announced, the best first; refused ones at the end
     */
    public record Row(
            long id,
            String reference,
            String prison,
            Instant occurredAt,
            Instant toldAt,
            TelephoneState state,
            @Nullable Told told,
            @Nullable String settledBy,
            @Nullable String reason,
            @Nullable String caseReference,
            List<Match> matches) {}

    /** What was said. */
    public record Told(String occurred, @Nullable String type, List<String> prisoners, @Nullable String summary) {}

    /**
     * @param state PROPOSED, LINKED or REFUSED
     * @param reasons what speaks for it and against it, with points
     * @param incident null when it is erased or cannot be read any more
     */
    public record Match(
            String incidentId,
            String state,
            int score,
            String reasons,
            @Nullable String saidBy,
            @Nullable String reason,
            @Nullable String caseReference,
            @Nullable MatchedIncident incident) {}

    /**
     * The latest call first.
     *
     * @param caseReference only those that belong to this case
     * @param actor who looks
     * @throws IllegalArgumentException when a bound is broken
     */
    public Page<Row> reports(
            @Nullable TelephoneState state,
            @Nullable String prison,
            @Nullable String caseReference,
            Scope scope,
            int page,
            int size,
            String actor) {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > CaseQuery.MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        return Objects.requireNonNull(consultation.execute(status -> {
            long total = narrowed("SELECT count(*)" + FOUND, state, prison, caseReference, scope)
                    .query(Long.class)
                    .single();
            Map<Long, Row> rows = new LinkedHashMap<>();
            narrowed(
                            "SELECT t.*" + FOUND + " ORDER BY t.told_at DESC, t.record DESC LIMIT :size OFFSET :offset",
                            state,
                            prison,
                            caseReference,
                            scope)
                    .param("size", size)
                    .param("offset", (long) page * size)
                    .query(TelephoneDesk::row)
                    .list()
                    .forEach(row -> rows.put(row.id(), row));
            if (!rows.isEmpty()) {
                addMatches(rows);
                consulted(rows.values().stream().toList(), actor);
            }
            return new Page<>(List.copyOf(rows.values()), page, size, total);
        }));
    }

    private StatementSpec narrowed(
            String sql,
            @Nullable TelephoneState state,
            @Nullable String prison,
            @Nullable String caseReference,
            Scope scope) {
        return scope.bind(jdbc.sql(sql))
                .param("state", state == null ? null : state.name())
                .param("prison", prison)
                .param("case", caseReference);
    }

    private void addMatches(Map<Long, Row> rows) {
        Map<Long, List<Match>> matches = new LinkedHashMap<>();
        jdbc.sql(MATCHES)
                .param(
                        "records",
                        joined(rows.keySet().stream().map(String::valueOf).toList()))
                .query((rs, n) -> matches.computeIfAbsent(rs.getLong("telephone"), of -> new ArrayList<>())
                        .add(match(rs)))
                .list();
        rows.replaceAll((id, row) -> new Row(
                row.id(),
                row.reference(),
                row.prison(),
                row.occurredAt(),
                row.toldAt(),
                row.state(),
                row.told(),
                row.settledBy(),
                row.reason(),
                row.caseReference(),
                List.copyOf(matches.getOrDefault(id, List.of()))));
    }

    private void consulted(List<Row> rows, String actor) {
        jdbc.sql(CONSULTED)
                .param("actor", actor)
                .param(
                        "records",
                        joined(rows.stream()
                                .map(row -> String.valueOf(row.id()))
                                .toList()))
                .param(
                        "references",
                        joined(rows.stream()
                                .map(row -> row.caseReference() == null ? "" : row.caseReference())
                                .toList()))
                .update();
    }

    private static String joined(List<String> texts) {
        return String.join(",", texts);
    }

    /**
     * It announced this incident report, which is one that was proposed.
     *
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Commands.Answer confirm(long id, String incidentId, String actor, String reason, Scope scope) {
        return say(CommandWork.CONFIRM_TELEPHONE, id, incidentId, actor, reason, scope);
    }

    /** It did not announce this one, proposed or linked; it is not proposed again. */
    public Commands.Answer refuse(long id, String incidentId, String actor, String reason, Scope scope) {
        return say(CommandWork.REFUSE_TELEPHONE, id, incidentId, actor, reason, scope);
    }

    /** No incident report will come. */
    public Commands.Answer alone(long id, String actor, String reason, Scope scope) {
        return say(CommandWork.TELEPHONE_ALONE, id, null, actor, reason, scope);
    }

    private Commands.Answer say(
            String kind, long id, @Nullable String incidentId, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        Commands.Answer answer = Objects.requireNonNull(
                transaction.execute(status -> asked(kind, id, incidentId, actor, reason.strip(), scope)));
        if (answer instanceof Commands.Asked) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    private Commands.Answer asked(
            String kind, long id, @Nullable String incidentId, String actor, String reason, Scope scope) {
        // The row lock makes two who answer at once answer one after the other.
        jdbc.sql("SELECT record FROM telephone_report WHERE record = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(Long.class)
                .optional();
        Optional<TelephoneState> state = narrowed(
                        "SELECT t.state" + FOUND + " AND t.record = :id", null, null, null, scope)
                .param("id", id)
                .query((rs, n) -> TelephoneState.valueOf(rs.getString("state")))
                .optional();
        if (state.isEmpty()) {
            return new Commands.NotThere();
        }
        String match = incidentId == null ? "" : stateOf(id, incidentId);
        boolean may =
                switch (kind) {
                    case CommandWork.CONFIRM_TELEPHONE -> state.get().isOpen() && match.equals("PROPOSED");
                    case CommandWork.REFUSE_TELEPHONE -> match.equals("PROPOSED") || match.equals("LINKED");
                    default -> state.get().isOpen();
                };
        if (!may) {
            return new Commands.NotNow(
                    "The telephone report has been answered, or that incident report is not proposed any more.");
        }
        return Commands.write(jdbc, kind, "telephone/" + id, incidentId, actor, reason);
    }

    private String stateOf(long id, String incidentId) {
        return jdbc.sql(
                        """
                        SELECT m.state FROM telephone_match m JOIN source_record i ON i.id = m.incident
                         WHERE m.telephone = :id AND i.record_id = :incident
                        """)
                .param("id", id)
                .param("incident", incidentId)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        return new Row(
                rs.getLong("record"),
                rs.getString("record_id"),
                rs.getString("prison"),
                instant(rs, "occurred_at"),
                instant(rs, "told_at"),
                TelephoneState.valueOf(rs.getString("state")),
                maybeInt(rs, "erased_by") == null ? told(rs.getBytes("raw")) : null,
                rs.getString("settled_by"),
                rs.getString("reason"),
                rs.getString("reference"),
                List.of());
    }

    private static @Nullable Told told(byte[] raw) {
        try {
            PhoneReport report = PhoneReport.read(raw, 0);
            return new Told(report.occurredAt().text(), report.type(), report.prisoners(), report.summary());
        } catch (Rejected unreadable) {
            return null;
        }
    }

    private static Match match(ResultSet rs) throws SQLException {
        return new Match(
                rs.getString("record_id"),
                rs.getString("state"),
                rs.getInt("score"),
                rs.getString("reasons"),
                rs.getString("said_by"),
                rs.getString("reason"),
                rs.getString("reference"),
                maybeInt(rs, "erased_by") == null ? MatchedIncident.read(rs.getBytes("raw")) : null);
    }
}
