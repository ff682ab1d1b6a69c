package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Effect.TelephoneMatched;
import sallyport.ledger.Effect.TelephoneMatched.Match;
import sallyport.ledger.Effect.TelephoneSaid;
import sallyport.ledger.Effect.TelephoneTold;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.TelephoneState;

/** Telephone reports and what they are matched with, each under the lock of its own row. */
final class TelephoneRows {

    private static final String TOLD =
            """
            INSERT INTO telephone_report AS t (record, prison, occurred_at, told_at)
            SELECT s.id, :prison, :occurredAt, :toldAt FROM source_record s WHERE s.system = :system AND s.record_id = :id
            ON CONFLICT (record) DO UPDATE
               SET prison = EXCLUDED.prison, occurred_at = EXCLUDED.occurred_at, told_at = EXCLUDED.told_at
             WHERE (t.prison, t.occurred_at, t.told_at)
                     IS DISTINCT FROM (EXCLUDED.prison, EXCLUDED.occurred_at, EXCLUDED.told_at)
            """;

    /** The record of one that rules may still decide. */
    private static final String OPEN =
            """
            SELECT t.record FROM telephone_report t JOIN source_record s ON s.id = t.record
             WHERE s.system = :system AND s.record_id = :id AND t.state IN ('WAITING', 'ASKED') FOR NO KEY UPDATE OF t
            """;

    private static final String ANY = "SELECT record FROM telephone_report WHERE record = :record FOR NO KEY UPDATE";

    private static final String SAID_OF =
            """
            SELECT s.record_id FROM source_record s JOIN telephone_report t ON t.record = s.id WHERE s.id = ANY(:records::bigint[])
            """;

    private static final String STATE =
            """
            UPDATE telephone_report SET state = :state, changed_at = now(), settled_by = :by, reason = :reason
             WHERE record = :record AND (state, settled_by, reason) IS DISTINCT FROM (:state, :by, :reason)
            """;

    /** Those that are proposed again, and those that a person refused, stay as they are. */
    private static final String NOT_PROPOSED =
            """
            DELETE FROM telephone_match m
             WHERE m.telephone = :record AND m.state = 'PROPOSED'
               AND NOT EXISTS (SELECT 1 FROM source_record i WHERE i.id = m.incident AND i.record_id = ANY(:incidents::text[]))
            """;

    private static final String MATCHED =
            """
            INSERT INTO telephone_match AS m (telephone, incident, score, reasons, state)
            SELECT :record, i.id, :score, :reasons, :state FROM source_record i
             WHERE i.system = 'incident-reporting' AND i.record_id = :incident
            ON CONFLICT (telephone, incident) DO UPDATE
               SET score = EXCLUDED.score, reasons = EXCLUDED.reasons, state = EXCLUDED.state, at = now()
             WHERE m.state <> 'REFUSED'
               AND (m.score, m.reasons, m.state) IS DISTINCT FROM (EXCLUDED.score, EXCLUDED.reasons, EXCLUDED.state)
            """;

    private static final String SAID =
            """
            UPDATE telephone_match m SET state = :state, said_by = :by, reason = :reason, at = now()
              FROM source_record i
             WHERE m.telephone = :record AND i.id = m.incident AND i.record_id = :incident AND m.state = ANY(string_to_array(:from, ','))
            """;

    private static final String NOT_IN_CASE = "DELETE FROM case_record WHERE record = :record";

    /** Of the same prison and some days around; the run looks closer. */
    private static final String WAITING_FOR =
            """
            SELECT DISTINCT s.record_id
              FROM unnest(:prisons::text[], :days::date[]) AS came(prison, day)
              JOIN telephone_report t ON t.prison = came.prison AND t.state IN ('WAITING', 'ASKED')
               AND t.occurred_at BETWEEN came.day - interval '5 days' AND came.day + interval '6 days'
              JOIN source_record s ON s.id = t.record
            """;

    private static final String LINKED_WITH =
            """
            SELECT DISTINCT s.record_id
              FROM unnest(:incidents::text[]) AS came(record_id)
              JOIN source_record i ON i.system = 'incident-reporting' AND i.record_id = came.record_id
              JOIN telephone_match m ON m.incident = i.id AND m.state = 'LINKED'
              JOIN source_record s ON s.id = m.telephone
            """;

    private final Database database;

    TelephoneRows(Database database) {
        this.database = database;
    }

    /** In the order of the effects: a person's word may come with what the rules make of it then. */
    void write(EffectBatch batch) {
        if (!batch.has(TelephoneTold.class) && !batch.has(TelephoneMatched.class) && !batch.has(TelephoneSaid.class)) {
            return;
        }
        database.forEach(TOLD, batch.of(TelephoneTold.class), told -> keyed(told.key())
                .addValue("prison", told.prison())
                .addValue("occurredAt", time(told.occurredAt()))
                .addValue("toldAt", time(told.toldAt())));
        for (Effect effect : batch.inOrder()) {
            if (effect instanceof TelephoneMatched matched) {
                open(matched.key()).forEach(record -> match(record, matched));
            } else if (effect instanceof TelephoneSaid said) {
                database.sql()
                        .queryForList(ANY, with("record", said.report()), Long.class)
                        .forEach(record -> say(record, said));
            }
        }
    }

    private void match(long record, TelephoneMatched matched) {
        boolean linked = matched.state() == TelephoneState.LINKED;
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

    private void say(long record, TelephoneSaid said) {
        switch (said.said()) {
            case CONFIRMED -> {
                if (!isAny("LINKED", record) && changed(record, said, "LINKED", "PROPOSED")) {
                    database.sql().update(NOT_PROPOSED, with("record", record).addValue("incidents", new String[0]));
                    state(record, TelephoneState.LINKED, said.actor(), said.reason());
                }
            }
            case REFUSED -> {
                boolean linked = isAny("LINKED", record);
                if (changed(record, said, "REFUSED", "PROPOSED,LINKED")) {
                    if (linked && !isAny("LINKED", record)) {
                        database.sql().update(NOT_IN_CASE, with("record", record));
                    }
                    if (!isAny("LINKED", record)) {
                        state(
                                record,
                                isAny("PROPOSED", record) ? TelephoneState.ASKED : TelephoneState.WAITING,
                                null,
                                null);
                    }
                }
            }
            case ALONE -> {
                if (!isAny("LINKED", record)) {
                    database.sql().update(NOT_PROPOSED, with("record", record).addValue("incidents", new String[0]));
                    state(record, TelephoneState.ALONE, said.actor(), said.reason());
                }
            }
        }
    }

    private boolean changed(long record, TelephoneSaid said, String to, String from) {
        return database.sql()
                        .update(
                                SAID,
                                with("record", record)
                                        .addValue("incident", said.incidentId())
                                        .addValue("state", to)
                                        .addValue("from", from)
                                        .addValue("by", said.actor())
                                        .addValue("reason", said.reason()))
                > 0;
    }

    private boolean isAny(String state, long record) {
        return Boolean.TRUE.equals(database.sql()
                .queryForObject(
                        "SELECT EXISTS (SELECT 1 FROM telephone_match WHERE telephone = :record AND state = :state)",
                        with("record", record).addValue("state", state),
                        Boolean.class));
    }

    private void state(long record, TelephoneState state, @Nullable String by, @Nullable String reason) {
        database.sql()
                .update(
                        STATE,
                        with("record", record)
                                .addValue("state", state.name())
                                .addValue("by", by, Types.VARCHAR)
                                .addValue("reason", reason, Types.VARCHAR));
    }

    private List<Long> open(SourceKey key) {
        return database.sql().queryForList(OPEN, keyed(key), Long.class);
    }

    private static MapSqlParameterSource keyed(SourceKey key) {
        return with("system", key.system()).addValue("id", key.recordId());
    }

    /** Telephone reports that the incident reports of this batch may have been announced by, or whose incident got a case, or of which
     * a person said something. */
    List<RequestWork> announced(EffectBatch batch) {
        var asked = new ArrayList<RequestWork>();
        var came = Unnested.of(batch.of(StoreSource.class).stream()
                        .filter(store -> store.key().system().equals(SourceKey.INCIDENTS))
                        .filter(store -> store.prison() != null && store.occurredOn() != null)
                        .toList())
                .texts("prisons", StoreSource::prison)
                .dates("days", StoreSource::occurredOn);
        if (!came.isEmpty()) {
            database.sql()
                    .queryForList(WAITING_FOR, came.values(), String.class)
                    .forEach(id -> asked.add(Gathered.look(Step.TELEPHONE_MATCH, id)));
        }
        Set<String> found = new LinkedHashSet<>();
        var linked = Unnested.of(batch.of(LinkRecord.class).stream()
                        .filter(link -> link.key().system().equals(SourceKey.INCIDENTS))
                        .toList())
                .texts("incidents", link -> link.key().recordId());
        if (!linked.isEmpty()) {
            found.addAll(database.sql().queryForList(LINKED_WITH, linked.values(), String.class));
        }
        var said = Unnested.of(batch.of(TelephoneSaid.class)).longs("records", TelephoneSaid::report);
        if (!said.isEmpty()) {
            found.addAll(database.sql().queryForList(SAID_OF, said.values(), String.class));
        }
        found.forEach(id -> asked.add(RequestWork.now(Step.TELEPHONE_MATCH, id)));
        return asked;
    }
}
