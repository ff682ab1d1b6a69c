package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.ReportMatched;
import sallyport.ledger.Effect.ReportMatched.Match;
import sallyport.ledger.Effect.ReportRead;
import sallyport.ledger.Effect.ReportSaid;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;

/** Reports that belong to an incident report, and what they are matched with, each under the lock of its own row. */
final class ReportRows {

    private static final String READ =
            """
            INSERT INTO matched_report AS r (record, reported_at)
            SELECT s.id, :reportedAt FROM source_record s WHERE s.system = :system AND s.record_id = :id
            ON CONFLICT (record) DO UPDATE
               SET reported_at = EXCLUDED.reported_at WHERE r.reported_at IS DISTINCT FROM EXCLUDED.reported_at
            """;

    /** The record of one that rules may still decide. */
    private static final String OPEN =
            """
            SELECT r.record FROM matched_report r JOIN source_record s ON s.id = r.record
             WHERE s.system = :system AND s.record_id = :id AND r.state IN ('WAITING', 'ASKED') FOR NO KEY UPDATE OF r
            """;

    private static final String ANY = "SELECT record FROM matched_report WHERE record = :record FOR NO KEY UPDATE";

    private static final String STATE =
            """
            UPDATE matched_report SET state = :state, changed_at = now(), settled_by = :by, reason = :reason
             WHERE record = :record AND (state, settled_by, reason) IS DISTINCT FROM (:state, :by, :reason)
            """;

    /** Those that are proposed again, and those that a person refused, stay as they are. */
    private static final String NOT_PROPOSED =
            """
            DELETE FROM report_match m
             WHERE m.report = :record AND m.state = 'PROPOSED'
               AND NOT EXISTS (SELECT 1 FROM source_record i WHERE i.id = m.incident AND i.record_id = ANY(:incidents::text[]))
            """;

    private static final String MATCHED =
            """
            INSERT INTO report_match AS m (report, incident, score, reasons, state)
            SELECT :record, i.id, :score, :reasons, :state FROM source_record i
             WHERE i.system = 'incident-reporting' AND i.record_id = :incident
            ON CONFLICT (report, incident) DO UPDATE
               SET score = EXCLUDED.score, reasons = EXCLUDED.reasons, state = EXCLUDED.state, at = now()
             WHERE m.state <> 'REFUSED'
               AND (m.score, m.reasons, m.state) IS DISTINCT FROM (EXCLUDED.score, EXCLUDED.reasons, EXCLUDED.state)
            """;

    private static final String SAID =
            """
            UPDATE report_match m SET state = :state, said_by = :by, reason = :reason, at = now()
              FROM source_record i
             WHERE m.report = :record AND i.id = m.incident AND i.record_id = :incident AND m.state = ANY(string_to_array(:from, ','))
            """;

    /** The case it is taken out of, if that may go to the police: its next package is without this report. */
    private static final String OUT_OF_CASE =
            """
            WITH out AS (DELETE FROM case_record WHERE record = :record RETURNING case_id)
            SELECT c.reference FROM out JOIN referral_case c ON c.id = out.case_id WHERE c.approved_at IS NOT NULL
            """;

    /** The systems of such reports, and how many days around it an incident report of each may lie. */
    private static final String KINDS = kinds();

    /** Of the same prison and some days around, read already or not; the run looks closer. */
    private static final String WAITING_FOR =
            """
            SELECT DISTINCT s.system, s.record_id
              FROM unnest(:prisons::text[], :days::date[]) AS came(prison, day)
              CROSS JOIN %s
              JOIN source_record s ON s.system = kind.system AND s.prison = came.prison
               AND s.occurred_on BETWEEN came.day - kind.days AND came.day + kind.days
              LEFT JOIN matched_report r ON r.record = s.id
             WHERE coalesce(r.state, 'WAITING') IN ('WAITING', 'ASKED')
            """
                    .formatted(KINDS);

    /** Nobody may have been asked about an incident that was no case, so one that becomes one is looked at again. */
    private static final String OF_CASE =
            """
            SELECT s.system, s.record_id
              FROM unnest(:incidents::text[]) AS came(record_id)
              JOIN source_record i ON i.system = 'incident-reporting' AND i.record_id = came.record_id
              JOIN report_match m ON m.incident = i.id AND m.state = 'LINKED'
              JOIN source_record s ON s.id = m.report
            UNION
            SELECT s.system, s.record_id
              FROM unnest(:incidents::text[]) AS came(record_id)
              JOIN source_record i ON i.system = 'incident-reporting' AND i.record_id = came.record_id
              CROSS JOIN %s
              JOIN source_record s ON s.system = kind.system AND s.prison = i.prison
               AND s.occurred_on BETWEEN i.occurred_on - kind.days AND i.occurred_on + kind.days
              LEFT JOIN matched_report r ON r.record = s.id
             WHERE coalesce(r.state, 'WAITING') IN ('WAITING', 'ASKED')
            """
                    .formatted(KINDS);

    private static final String SAID_OF =
            """
            SELECT s.system, s.record_id FROM source_record s JOIN matched_report r ON r.record = s.id
             WHERE s.id = ANY(:records::bigint[])
            """;

    private static final RowMapper<SourceKey> KEY =
            (row, n) -> new SourceKey(row.getString("system"), row.getString("record_id"));

    private final Database database;

    ReportRows(Database database) {
        this.database = database;
    }

    private static String kinds() {
        List<String> rows = new ArrayList<>();
        for (ReportKind kind : ReportKind.values()) {
            rows.add("('%s', %d)".formatted(kind.system(), kind.daysAround()));
        }
        return "(VALUES " + String.join(", ", rows) + ") AS kind(system, days)";
    }

    /** In the order of the effects: a person's word may come with what the rules make of it then. Returns the work that follows. */
    List<RequestWork> write(EffectBatch batch) {
        var follows = new ArrayList<RequestWork>();
        if (!batch.has(ReportRead.class) && !batch.has(ReportMatched.class) && !batch.has(ReportSaid.class)) {
            return follows;
        }
        database.forEach(READ, batch.of(ReportRead.class), read -> keyed(read.key())
                .addValue("reportedAt", time(read.reportedAt())));
        for (Effect effect : batch.inOrder()) {
            if (effect instanceof ReportMatched matched) {
                database.sql()
                        .queryForList(OPEN, keyed(matched.key()), Long.class)
                        .forEach(record -> match(record, matched));
            } else if (effect instanceof ReportSaid said) {
                database.sql()
                        .queryForList(ANY, with("record", said.report()), Long.class)
                        .forEach(record -> say(record, said, follows));
            }
        }
        return follows;
    }

    private void match(long record, ReportMatched matched) {
        boolean linked = matched.state() == ReportState.LINKED;
        database.sql()
                .update(
                        NOT_PROPOSED,
                        with("record", record)
                                .addValue(
                                        "incidents",
                                        matched.matches().stream()
                                                .map(Match::incidentId)
                                                .toArray(String[]::new)));
        database.forEach(MATCHED, matched.matches(), match -> with("record", record)
                .addValue("incident", match.incidentId())
                .addValue("score", match.score())
                .addValue("reasons", match.reasons())
                .addValue("state", linked ? "LINKED" : "PROPOSED"));
        state(record, matched.state(), null, null);
    }

    private void say(long record, ReportSaid said, List<RequestWork> follows) {
        switch (said.said()) {
            case CONFIRMED -> {
                if (!isAny("LINKED", record) && changed(record, said, "LINKED", "PROPOSED")) {
                    nothingProposed(record);
                    state(record, ReportState.LINKED, said.actor(), said.reason());
                }
            }
            case REFUSED -> {
                if (changed(record, said, "REFUSED", "PROPOSED,LINKED") && !isAny("LINKED", record)) {
                    database.sql()
                            .queryForList(OUT_OF_CASE, with("record", record), String.class)
                            .forEach(reference -> follows.add(RequestWork.now(Step.ASSEMBLY, reference)));
                    state(record, isAny("PROPOSED", record) ? ReportState.ASKED : ReportState.WAITING, null, null);
                }
            }
            case ALONE -> {
                if (!isAny("LINKED", record)) {
                    nothingProposed(record);
                    state(record, ReportState.ALONE, said.actor(), said.reason());
                }
            }
        }
    }

    private void nothingProposed(long record) {
        database.sql().update(NOT_PROPOSED, with("record", record).addValue("incidents", new String[0]));
    }

    private boolean changed(long record, ReportSaid said, String to, String from) {
        return database.sql()
                        .update(
                                SAID,
                                with("record", record)
                                        .addValue("incident", said.incidentId(), Types.VARCHAR)
                                        .addValue("state", to)
                                        .addValue("from", from)
                                        .addValue("by", said.actor())
                                        .addValue("reason", said.reason()))
                > 0;
    }

    private boolean isAny(String state, long record) {
        return Boolean.TRUE.equals(database.sql()
                .queryForObject(
                        "SELECT EXISTS (SELECT 1 FROM report_match WHERE report = :record AND state = :state)",
                        with("record", record).addValue("state", state),
                        Boolean.class));
    }

    private void state(long record, ReportState state, @Nullable String by, @Nullable String reason) {
        database.sql()
                .update(
                        STATE,
                        with("record", record)
                                .addValue("state", state.name())
                                .addValue("by", by, Types.VARCHAR)
                                .addValue("reason", reason, Types.VARCHAR));
    }

    private static MapSqlParameterSource keyed(SourceKey key) {
        return with("system", key.system()).addValue("id", key.recordId());
    }

    /** Reports that may belong to the incident reports of this batch, or whose incident got a case, or of which a person said something. */
    List<RequestWork> concerned(EffectBatch batch) {
        var asked = new ArrayList<RequestWork>();
        var came = Unnested.of(batch.of(StoreSource.class).stream()
                        .filter(store -> store.key().system().equals(SourceKey.INCIDENTS))
                        .filter(store -> store.prison() != null && store.occurredOn() != null)
                        .toList())
                .texts("prisons", StoreSource::prison)
                .dates("days", StoreSource::occurredOn);
        if (!came.isEmpty()) {
            database.sql()
                    .query(WAITING_FOR, came.values(), KEY)
                    .forEach(key -> asked.add(Gathered.look(step(key), key.recordId())));
        }
        Set<SourceKey> found = new LinkedHashSet<>();
        var linked = Unnested.of(batch.of(LinkRecord.class).stream()
                        .filter(link -> link.key().system().equals(SourceKey.INCIDENTS))
                        .toList())
                .texts("incidents", link -> link.key().recordId());
        if (!linked.isEmpty()) {
            found.addAll(database.sql().query(OF_CASE, linked.values(), KEY));
        }
        var said = Unnested.of(batch.of(ReportSaid.class)).longs("records", ReportSaid::report);
        if (!said.isEmpty()) {
            found.addAll(database.sql().query(SAID_OF, said.values(), KEY));
        }
        found.forEach(key -> asked.add(RequestWork.now(step(key), key.recordId())));
        return asked;
    }

    private static Step step(SourceKey key) {
        for (ReportKind kind : ReportKind.values()) {
            if (kind.system().equals(key.system())) {
                return kind.step();
            }
        }
        throw new IllegalStateException("no report is of " + key.system());
    }
}
