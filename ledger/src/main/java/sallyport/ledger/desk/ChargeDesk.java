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
import sallyport.ledger.ChargeState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;

/**
 * Charges that prisons have referred to the police, the cases that they may belong to, and what a person says of them. What is outside a
 * scope does not exist here: a charge is in the scope of its prison, and once it belongs to a case in that of its force. Each one that
 * somebody is shown leaves a consultation in the evidence log (DPA 2018 s62) in the same transaction.
 */
public final class ChargeDesk {

    public static final int MAX_SIZE = 100;

    private static final int MAX_REASON = 1_000;

    private static final String FOUND =
            """
              FROM (SELECT h.*, s.record_id, v.raw, v.erased_by, c.force, c.reference AS belongs_to
                      FROM referred_charge h
                      JOIN source_record s ON s.id = h.record
                      JOIN source_version v ON v.id = s.latest_version
                      LEFT JOIN case_record cr ON cr.record = h.record
                      LEFT JOIN referral_case c ON c.id = cr.case_id) AS h
             WHERE (:state::text IS NULL OR h.state = :state)
               AND (:prison::text IS NULL OR h.prison = :prison)
               AND\s"""
                    + Scope.covers("h");

    /** Only cases that the person may see. */
    private static final String MATCHES =
            """
            SELECT m.charge, c.reference, c.incident_reference, c.family, c.occurred_text, c.state AS case_state,
                   m.score, m.reasons, m.state, m.said_by, m.reason
              FROM referred_charge_match m
              JOIN referral_case c ON c.id = m.case_id
             WHERE m.charge = ANY(string_to_array(:records, ',')::bigint[]) AND\s"""
                    + Scope.covers("c")
                    + " ORDER BY m.charge, m.state = 'REFUSED', m.score DESC, c.id";

    private static final String CONSULTED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            SELECT 'CONSULTATION', nullif(r.reference, ''), :actor, 'viewed a referred charge', 'charge ' || r.record
              FROM unnest(string_to_array(:records, ','), string_to_array(:references, ',')) AS r(record, reference) ORDER BY r.record
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;
    private final TransactionTemplate transaction;
    private final WakeUp wakeUp;

    public ChargeDesk(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        // One snapshot for the rows and their number.
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.transaction = new TransactionTemplate(transactions);
        this.wakeUp = wakeUp;
    }

    /**
     * @param id number of the charge here
     * @param number of the charge at its source
     * @param knownAt when the hub learned that it is referred
     * @param told what the charge says; null when it is erased or cannot be read any more
     * @param settledBy the person who settled it, with {@code reason}
     * @param caseReference the case that it belongs to
     * @param matches the cases that it may belong to, the best first; refused ones at the end
     */
    public record Row(
            long id,
            String number,
            String prison,
            String prisonerNumber,
            Instant occurredAt,
            Instant knownAt,
            ChargeState state,
            @Nullable Told told,
            @Nullable String settledBy,
            @Nullable String reason,
            @Nullable String caseReference,
            List<Match> matches) {}

    /** What the charge says. */
    public record Told(String occurred, String paragraph, String offence, String status) {}

    /**
     * @param state PROPOSED, LINKED or REFUSED
     * @param reasons what speaks for it and against it, with points
     * @param incidentReference of the incident report of the case
     */
    public record Match(
            String caseReference,
            String caseState,
            @Nullable String incidentReference,
            String family,
            @Nullable String occurred,
            String state,
            int score,
            String reasons,
            @Nullable String saidBy,
            @Nullable String reason) {}

    /**
     * The one that came last first.
     *
     * @param actor who looks
     * @throws IllegalArgumentException when a bound is broken
     */
    public Page<Row> charges(
            @Nullable ChargeState state, @Nullable String prison, Scope scope, int page, int size, String actor) {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > CaseQuery.MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        return Objects.requireNonNull(consultation.execute(status -> {
            long total = narrowed("SELECT count(*)" + FOUND, state, prison, scope)
                    .query(Long.class)
                    .single();
            Map<Long, Row> rows = new LinkedHashMap<>();
            narrowed(
                            "SELECT h.*" + FOUND
                                    + " ORDER BY h.known_at DESC, h.record DESC LIMIT :size OFFSET :offset",
                            state,
                            prison,
                            scope)
                    .param("size", size)
                    .param("offset", (long) page * size)
                    .query(ChargeDesk::row)
                    .list()
                    .forEach(row -> rows.put(row.id(), row));
            if (!rows.isEmpty()) {
                addMatches(rows, scope);
                consulted(List.copyOf(rows.values()), actor);
            }
            return new Page<>(List.copyOf(rows.values()), page, size, total);
        }));
    }

    private StatementSpec narrowed(String sql, @Nullable ChargeState state, @Nullable String prison, Scope scope) {
        return scope.bind(jdbc.sql(sql))
                .param("state", state == null ? null : state.name())
                .param("prison", prison);
    }

    private void addMatches(Map<Long, Row> rows, Scope scope) {
        Map<Long, List<Match>> matches = new LinkedHashMap<>();
        scope.bind(jdbc.sql(MATCHES))
                .param(
                        "records",
                        joined(rows.keySet().stream().map(String::valueOf).toList()))
                .query((rs, n) -> matches.computeIfAbsent(rs.getLong("charge"), of -> new ArrayList<>())
                        .add(match(rs)))
                .list();
        rows.replaceAll((id, row) -> new Row(
                row.id(),
                row.number(),
                row.prison(),
                row.prisonerNumber(),
                row.occurredAt(),
                row.knownAt(),
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
     * It belongs to this case, which is one that was proposed.
     *
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Commands.Answer confirm(long id, String caseReference, String actor, String reason, Scope scope) {
        return say(CommandWork.CONFIRM_CHARGE, id, caseReference, actor, reason, scope);
    }

    /** It does not belong to this case, which is one that was proposed; it is not proposed again. */
    public Commands.Answer refuse(long id, String caseReference, String actor, String reason, Scope scope) {
        return say(CommandWork.REFUSE_CHARGE, id, caseReference, actor, reason, scope);
    }

    /** No incident report is meant; it becomes a case of its own at once. */
    public Commands.Answer alone(long id, String actor, String reason, Scope scope) {
        return say(CommandWork.CHARGE_ALONE, id, null, actor, reason, scope);
    }

    private Commands.Answer say(
            String kind, long id, @Nullable String caseReference, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        Commands.Answer answer = Objects.requireNonNull(
                transaction.execute(status -> asked(kind, id, caseReference, actor, reason.strip(), scope)));
        if (answer instanceof Commands.Asked) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    private Commands.Answer asked(
            String kind, long id, @Nullable String caseReference, String actor, String reason, Scope scope) {
        // The row lock makes two who answer at once answer one after the other.
        jdbc.sql("SELECT record FROM referred_charge WHERE record = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(Long.class)
                .optional();
        Optional<ChargeState> state = narrowed("SELECT h.state" + FOUND + " AND h.record = :id", null, null, scope)
                .param("id", id)
                .query((rs, n) -> ChargeState.valueOf(rs.getString("state")))
                .optional();
        if (state.isEmpty()) {
            return new Commands.NotThere();
        }
        // A charge with a case of its own is asked about, too, when a report that may be the same has opened another.
        if (caseReference == null ? !state.get().isOpen() : !isProposed(id, caseReference, scope)) {
            return new Commands.NotNow("The charge has been answered, or that case is not proposed any more.");
        }
        return Commands.write(jdbc, kind, "charge/" + id, caseReference, actor, reason);
    }

    private boolean isProposed(long id, String caseReference, Scope scope) {
        return scope.bind(jdbc.sql(
                                """
                                SELECT count(*) FROM referred_charge_match m JOIN referral_case c ON c.id = m.case_id
                                 WHERE m.charge = :id AND c.reference = :case AND m.state = 'PROPOSED' AND\s"""
                                        + Scope.covers("c")))
                        .param("id", id)
                        .param("case", caseReference)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        return new Row(
                rs.getLong("record"),
                rs.getString("record_id"),
                rs.getString("prison"),
                rs.getString("prisoner_number"),
                instant(rs, "occurred_at"),
                instant(rs, "known_at"),
                ChargeState.valueOf(rs.getString("state")),
                maybeInt(rs, "erased_by") == null ? told(rs.getBytes("raw")) : null,
                rs.getString("settled_by"),
                rs.getString("reason"),
                rs.getString("belongs_to"),
                List.of());
    }

    private static @Nullable Told told(byte[] raw) {
        try {
            Adjudication charge = Adjudication.readOne(raw);
            return new Told(
                    charge.incidentDetails().dateTimeOfIncident().text(),
                    charge.offenceDetails().paragraphNumber(),
                    charge.offenceDetails().paragraphDescription(),
                    charge.status().name());
        } catch (Rejected unreadable) {
            return null;
        }
    }

    private static Match match(ResultSet rs) throws SQLException {
        return new Match(
                rs.getString("reference"),
                rs.getString("case_state"),
                rs.getString("incident_reference"),
                rs.getString("family"),
                rs.getString("occurred_text"),
                rs.getString("state"),
                rs.getInt("score"),
                rs.getString("reasons"),
                rs.getString("said_by"),
                rs.getString("reason"));
    }
}
