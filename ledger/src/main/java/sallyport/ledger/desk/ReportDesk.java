package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CommandWork;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.PhoneReport;
import sallyport.mappings.useofforce.Reasons;
import sallyport.mappings.useofforce.UseOfForceReport;

/**
 * Telephone and use of force reports, the incident reports that they may belong to, and what a person says of them. What is outside a scope
 * does not exist here: a report is in the scope of its prison, and once it belongs to a case in that of its force. Each one that somebody is
 * shown leaves a consultation in the evidence log (DPA 2018 s62) in the same transaction.
 */
public final class ReportDesk {

    public static final int MAX_SIZE = 100;

    private static final int MAX_REASON = 1_000;

    private static final String FOUND =
            """
              FROM (SELECT r.*, s.prison, s.occurred_at, s.record_id, v.raw, v.erased_by, c.force, c.reference
                      FROM matched_report r
                      JOIN source_record s ON s.id = r.record AND s.system = :system
                      JOIN source_version v ON v.id = s.latest_version
                      LEFT JOIN case_record cr ON cr.record = r.record
                      LEFT JOIN referral_case c ON c.id = cr.case_id) AS t
             WHERE (:state::text IS NULL OR t.state = :state)
               AND (:prison::text IS NULL OR t.prison = :prison)
               AND (:case::text IS NULL OR t.reference = :case)
               AND\s"""
                    + Scope.covers("t");

    private static final String MATCHES =
            """
            SELECT m.report, i.record_id, m.score, m.reasons, m.state, m.said_by, m.reason, c.reference, v.raw, v.erased_by
              FROM report_match m
              JOIN source_record i ON i.id = m.incident
              JOIN source_version v ON v.id = i.latest_version
              LEFT JOIN case_record cr ON cr.record = i.id
              LEFT JOIN referral_case c ON c.id = cr.case_id
             WHERE m.report = ANY(string_to_array(:records, ',')::bigint[])
             ORDER BY m.report, m.state = 'REFUSED', m.score DESC, i.record_id
            """;

    private static final String CONSULTED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            SELECT 'CONSULTATION', nullif(r.reference, ''), :actor, 'viewed a ' || :words, :words || ' ' || r.record
              FROM unnest(string_to_array(:records, ','), string_to_array(:references, ',')) AS r(record, reference) ORDER BY r.record
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;
    private final TransactionTemplate transaction;
    private final WakeUp wakeUp;

    public ReportDesk(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        // One snapshot for the rows and their number.
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.transaction = new TransactionTemplate(transactions);
        this.wakeUp = wakeUp;
    }

    /**
     * @param id number of the report here
     * @param reference its number at the source, or that of whoever took the call
     * @param reportedAt when the prison rang, or submitted it, or else when the hub learned of it
     * @param said what it says; null when it is erased or cannot be read any more
     * @param settledBy the person who settled it, with {@code reason}
     * @param caseReference the case that it belongs to
     * @param matches the incident reports that it may belong to, the best first; refused ones at the end
     */
    public record Row(
            ReportKind kind,
            long id,
            String reference,
            String prison,
            Instant occurredAt,
            Instant reportedAt,
            ReportState state,
            @Nullable Said said,
            @Nullable String settledBy,
            @Nullable String reason,
            @Nullable String caseReference,
            List<Match> matches) {

        Row with(List<Match> matches) {
            return new Row(
                    kind,
                    id,
                    reference,
                    prison,
                    occurredAt,
                    reportedAt,
                    state,
                    said,
                    settledBy,
                    reason,
                    caseReference,
                    List.copyOf(matches));
        }
    }

    /** What a report says, by its kind. */
    public sealed interface Said permits ToldByTelephone, UseOfForce {}

    public record ToldByTelephone(
            String occurred, @Nullable String type, List<String> prisoners, @Nullable String summary) implements Said {}

    /**
     * @param status IN_PROGRESS, SUBMITTED or COMPLETE, at the source
     * @param deleted taken back at the source
     * @param reasons for the use of force, in words
     * @param tags numbers of evidence tags
     * @param cameras numbers of body-worn cameras
     * @param statements how many there are
     */
    public record UseOfForce(
            String occurred,
            String prisoner,
            String status,
            boolean deleted,
            List<String> reasons,
            List<String> tags,
            List<String> cameras,
            int statements)
            implements Said {}

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
     * Which reports are wanted; null is any.
     *
     * @param caseReference only those that belong to this case
     */
    public record Wanted(@Nullable ReportState state, @Nullable String prison, @Nullable String caseReference) {

        private static final Wanted ANY = new Wanted(null, null, null);

        public static Wanted of(String caseReference) {
            return new Wanted(null, null, caseReference);
        }
    }

    /**
     * The one that was reported last first.
     *
     * @param actor who looks
     * @throws IllegalArgumentException when a bound is broken
     */
    public Page<Row> reports(ReportKind kind, Wanted wanted, Scope scope, int page, int size, String actor) {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > CaseQuery.MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        return Objects.requireNonNull(consultation.execute(status -> {
            long total = narrowed("SELECT count(*)" + FOUND, kind, wanted, scope)
                    .query(Long.class)
                    .single();
            List<Row> rows = narrowed(
                            "SELECT t.*" + FOUND
                                    + " ORDER BY t.reported_at DESC, t.record DESC LIMIT :size OFFSET :offset",
                            kind,
                            wanted,
                            scope)
                    .param("size", size)
                    .param("offset", (long) page * size)
                    .query((rs, n) -> row(kind, rs))
                    .list();
            if (!rows.isEmpty()) {
                Map<Long, List<Match>> matches = matches(rows);
                rows = rows.stream()
                        .map(row -> row.with(matches.getOrDefault(row.id(), List.of())))
                        .toList();
                consulted(kind, rows, actor);
            }
            return new Page<>(rows, page, size, total);
        }));
    }

    private StatementSpec narrowed(String sql, ReportKind kind, Wanted wanted, Scope scope) {
        return scope.bind(jdbc.sql(sql))
                .param("system", kind.system())
                .param("state", wanted.state() == null ? null : wanted.state().name())
                .param("prison", wanted.prison())
                .param("case", wanted.caseReference());
    }

    private Map<Long, List<Match>> matches(Collection<Row> rows) {
        Map<Long, List<Match>> matches = new LinkedHashMap<>();
        jdbc.sql(MATCHES)
                .param(
                        "records",
                        joined(rows.stream()
                                .map(row -> String.valueOf(row.id()))
                                .toList()))
                .query((rs, n) -> matches.computeIfAbsent(rs.getLong("report"), of -> new ArrayList<>())
                        .add(match(rs)))
                .list();
        return matches;
    }

    private void consulted(ReportKind kind, List<Row> rows, String actor) {
        jdbc.sql(CONSULTED)
                .param("actor", actor)
                .param("words", kind.words())
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
     * It belongs to this incident report, which is one that was proposed.
     *
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Commands.Answer confirm(
            ReportKind kind, long id, String incidentId, String actor, String reason, Scope scope) {
        return say(CommandWork.CONFIRM_MATCH, kind, id, incidentId, actor, reason, scope);
    }

    /** It does not belong to this one, proposed or linked; it is not proposed again. */
    public Commands.Answer refuse(
            ReportKind kind, long id, String incidentId, String actor, String reason, Scope scope) {
        return say(CommandWork.REFUSE_MATCH, kind, id, incidentId, actor, reason, scope);
    }

    /** It belongs to no incident report. */
    public Commands.Answer alone(ReportKind kind, long id, String actor, String reason, Scope scope) {
        return say(CommandWork.NO_MATCH, kind, id, null, actor, reason, scope);
    }

    private Commands.Answer say(
            String command,
            ReportKind kind,
            long id,
            @Nullable String incidentId,
            String actor,
            String reason,
            Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        Commands.Answer answer = Objects.requireNonNull(
                transaction.execute(status -> asked(command, kind, id, incidentId, actor, reason.strip(), scope)));
        if (answer instanceof Commands.Asked) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    private Commands.Answer asked(
            String command,
            ReportKind kind,
            long id,
            @Nullable String incidentId,
            String actor,
            String reason,
            Scope scope) {
        // The row lock makes two who answer at once answer one after the other.
        jdbc.sql("SELECT record FROM matched_report WHERE record = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(Long.class)
                .optional();
        Optional<ReportState> state = narrowed(
                        "SELECT t.state" + FOUND + " AND t.record = :id", kind, Wanted.ANY, scope)
                .param("id", id)
                .query((rs, n) -> ReportState.valueOf(rs.getString("state")))
                .optional();
        if (state.isEmpty()) {
            return new Commands.NotThere();
        }
        String match = incidentId == null ? "" : stateOf(id, incidentId);
        boolean may =
                switch (command) {
                    case CommandWork.CONFIRM_MATCH -> state.get().isOpen() && match.equals("PROPOSED");
                    case CommandWork.REFUSE_MATCH -> match.equals("PROPOSED") || match.equals("LINKED");
                    default -> state.get().isOpen();
                };
        if (!may) {
            return new Commands.NotNow(
                    "The " + kind.words() + " has been answered, or that incident report is not proposed any more.");
        }
        return Commands.write(jdbc, command, kind.target(id), incidentId, actor, reason);
    }

    private String stateOf(long id, String incidentId) {
        return jdbc.sql(
                        """
                        SELECT m.state FROM report_match m JOIN source_record i ON i.id = m.incident
                         WHERE m.report = :id AND i.record_id = :incident
                        """)
                .param("id", id)
                .param("incident", incidentId)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static Row row(ReportKind kind, ResultSet rs) throws SQLException {
        return new Row(
                kind,
                rs.getLong("record"),
                rs.getString("record_id"),
                rs.getString("prison"),
                instant(rs, "occurred_at"),
                instant(rs, "reported_at"),
                ReportState.valueOf(rs.getString("state")),
                maybeInt(rs, "erased_by") == null ? said(kind, rs.getBytes("raw")) : null,
                rs.getString("settled_by"),
                rs.getString("reason"),
                rs.getString("reference"),
                List.of());
    }

    private static @Nullable Said said(ReportKind kind, byte[] raw) {
        try {
            return switch (kind) {
                case TELEPHONE -> told(PhoneReport.read(raw, 0));
                case USE_OF_FORCE -> used(UseOfForceReport.read(raw));
            };
        } catch (Rejected unreadable) {
            return null;
        }
    }

    private static ToldByTelephone told(PhoneReport report) {
        return new ToldByTelephone(report.occurredAt().text(), report.type(), report.prisoners(), report.summary());
    }

    private static UseOfForce used(UseOfForceReport report) {
        return new UseOfForce(
                report.occurredAt().text(),
                report.prisonerNumber(),
                report.status().name(),
                report.deleted(),
                report.reasons().stream().map(Reasons::words).toList(),
                report.evidence().tags().stream()
                        .map(UseOfForceReport.Tag::reference)
                        .flatMap(Stream::ofNullable)
                        .toList(),
                report.evidence().cameras(),
                report.statements().size());
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
