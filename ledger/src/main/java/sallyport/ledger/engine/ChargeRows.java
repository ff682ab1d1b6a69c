package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import sallyport.ledger.ChargeState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeMatched;
import sallyport.ledger.Effect.ChargeMatched.Match;
import sallyport.ledger.Effect.ChargeReferred;
import sallyport.ledger.Effect.ChargeSaid;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.MoveBooking;
import sallyport.ledger.Effect.ReferralsListed;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Effects;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.adjudication.AdjudicationStatus;

/** Charges that are referred to the police and the cases they are matched with, each under the lock of its own row. */
final class ChargeRows {

    private static final String LOCK =
            """
            SELECT s.record_id, c.version FROM referred_charge c JOIN source_record s ON s.id = c.record
             WHERE s.system = 'adjudication-charges' AND s.record_id = ANY(:ids::text[]) ORDER BY c.record FOR NO KEY UPDATE OF c
            """;

    /** One that was never referred is not there. What belongs to a case stays in it: its own work sees to that. */
    private static final String REFERRED =
            """
            INSERT INTO referred_charge AS c (record, prisoner_number, prison, occurred_at, known_at)
            SELECT s.id, current_number(:prisoner, :occurredAt, NULL), :prison, :occurredAt, :knownAt FROM source_record s
             WHERE s.system = 'adjudication-charges' AND s.record_id = :id
               AND (:stands OR EXISTS (SELECT 1 FROM referred_charge k WHERE k.record = s.id))
            ON CONFLICT (record) DO UPDATE
               SET prisoner_number = EXCLUDED.prisoner_number, prison = EXCLUDED.prison, occurred_at = EXCLUDED.occurred_at,
                   known_at = CASE WHEN c.state = 'DROPPED' AND :stands THEN EXCLUDED.known_at ELSE c.known_at END,
                   alone = c.alone AND c.state <> 'DROPPED',
                   state = CASE WHEN c.state = 'DROPPED' AND :stands THEN 'WAITING'
                                WHEN c.state IN ('WAITING', 'ASKED') AND NOT :stands THEN 'DROPPED'
                                ELSE c.state END,
                   version = c.version + 1, changed_at = now()
             WHERE (c.prisoner_number, c.prison, c.occurred_at, c.state = 'DROPPED')
                     IS DISTINCT FROM (EXCLUDED.prisoner_number, EXCLUDED.prison, EXCLUDED.occurred_at,
                                       NOT :stands AND c.state IN ('WAITING', 'ASKED', 'DROPPED'))
            """;

    private static final String STATE =
            """
            UPDATE referred_charge c SET state = :state, version = c.version + 1, changed_at = now()
              FROM source_record s
             WHERE s.id = c.record AND s.system = 'adjudication-charges' AND s.record_id = :id AND c.version = :version
            """;

    /** Those that are proposed again, and those that a person refused, stay as they are. */
    private static final String NOT_PROPOSED =
            """
            DELETE FROM referred_charge_match m USING source_record s
             WHERE s.id = m.charge AND s.system = 'adjudication-charges' AND s.record_id = :id
               AND m.state = 'PROPOSED' AND m.case_id <> ALL(:cases::bigint[])
            """;

    private static final String MATCHED =
            """
            INSERT INTO referred_charge_match AS m (charge, case_id, score, reasons, state)
            SELECT s.id, :case, :score, :reasons, :state FROM source_record s
             WHERE s.system = 'adjudication-charges' AND s.record_id = :id
            ON CONFLICT (charge, case_id) DO UPDATE
               SET score = EXCLUDED.score, reasons = EXCLUDED.reasons, state = EXCLUDED.state, at = now()
             WHERE m.state <> 'REFUSED'
               AND (m.score, m.reasons, m.state) IS DISTINCT FROM (EXCLUDED.score, EXCLUDED.reasons, EXCLUDED.state)
            """;

    private static final String SAID =
            """
            WITH charge AS (
              SELECT record FROM referred_charge WHERE record = :record AND state IN ('WAITING', 'ASKED', 'OWN') FOR NO KEY UPDATE),
            said AS (
              UPDATE referred_charge_match m SET state = :to, said_by = :by, reason = :reason, at = now()
                FROM charge, referral_case rc
               WHERE m.charge = charge.record AND m.case_id = rc.id AND rc.reference = :case AND m.state = 'PROPOSED'
              RETURNING m.charge)
            SELECT charge FROM said
            """;

    private static final String CONFIRMED =
            """
            UPDATE referred_charge SET state = CASE WHEN state = 'OWN' THEN state ELSE 'LINKED' END, settled_by = :by, reason = :reason, version = version + 1, changed_at = now()
             WHERE record = :record
            """;

    private static final String OTHERS_GO =
            "DELETE FROM referred_charge_match WHERE charge = :record AND state = 'PROPOSED'";

    private static final String REFUSED =
            """
            UPDATE referred_charge c
               SET state = CASE WHEN c.state = 'OWN' THEN c.state
                                WHEN EXISTS (SELECT 1 FROM referred_charge_match m WHERE m.charge = c.record AND m.state = 'PROPOSED')
                                THEN 'ASKED' ELSE 'WAITING' END,
                   version = version + 1, changed_at = now()
             WHERE c.record = :record
            """;

    private static final String ALONE =
            """
            UPDATE referred_charge SET alone = true, settled_by = :by, reason = :reason, version = version + 1, changed_at = now()
             WHERE record = :record AND state IN ('WAITING', 'ASKED')
            """;

    /** Of people who came into a case, or whose number changed: what waits for an incident, or never found one, may have found it. */
    private static final String WAITING_FOR =
            """
            SELECT DISTINCT s.record_id FROM referred_charge c JOIN source_record s ON s.id = c.record
             WHERE c.prisoner_number = ANY(:numbers::text[]) AND c.state IN ('WAITING', 'ASKED', 'OWN')
            """;

    private static final String UNHEARD =
            """
            SELECT DISTINCT l.prisoner FROM unnest(:charges::text[], :prisoners::text[]) AS l(charge, prisoner)
             WHERE NOT EXISTS (
                   SELECT 1 FROM source_record s
                     JOIN referred_charge c ON c.record = s.id AND c.state <> 'DROPPED'
                     JOIN source_version v ON v.id = s.latest_version AND v.status = :referred
                    WHERE s.system = 'adjudication-charges' AND s.record_id = l.charge)
             ORDER BY l.prisoner
            """;

    /** What was read after the list was asked for may have been referred since. */
    private static final String NOT_LISTED =
            """
            SELECT DISTINCT c.prisoner_number
              FROM referred_charge c
              JOIN source_record s ON s.id = c.record
              JOIN source_version v ON v.id = s.latest_version
             WHERE c.prison = :prison AND c.state <> 'DROPPED' AND v.status = :referred AND c.occurred_at >= :since
               AND v.fetched_at < :listedAt AND s.record_id <> ALL(:charges::text[])
             ORDER BY c.prisoner_number
            """;

    private static final String KEYS =
            """
            SELECT s.record_id FROM source_record s JOIN referred_charge c ON c.record = s.id WHERE s.id = ANY(:records::bigint[])
            """;

    private final Database database;

    ChargeRows(Database database) {
        this.database = database;
    }

    /** Locks the charges of which something was made; their versions as they stand. */
    Map<SourceKey, Long> lock(Collection<ChargeMatched> matched) {
        Map<SourceKey, Long> versions = new HashMap<>();
        if (!matched.isEmpty()) {
            var ids = new TreeSet<String>();
            matched.forEach(one -> ids.add(one.key().recordId()));
            database.sql().query(LOCK, with("ids", texts(ids)), row -> {
                versions.put(new SourceKey(SourceKey.CHARGES, row.getString("record_id")), row.getLong("version"));
            });
        }
        return versions;
    }

    /** Whether the charge has changed since the step read it, by what is committed or by what is written before it in this batch. */
    static boolean isStale(Effects effects, Map<SourceKey, Long> versions) {
        return effects.all().stream()
                .filter(ChargeMatched.class::isInstance)
                .map(ChargeMatched.class::cast)
                .anyMatch(matched -> !Long.valueOf(matched.version()).equals(versions.get(matched.key())));
    }

    /** What counts of a batch makes whatever comes later in it, and was read before, out of date. */
    static void progress(Effects effects, Map<SourceKey, Long> versions) {
        for (Effect effect : effects.all()) {
            if (effect instanceof ChargeMatched matched) {
                versions.remove(matched.key());
            } else if (effect instanceof ChargeReferred referred) {
                versions.remove(referred.key());
            } else if (effect instanceof ChargeSaid
                    || effect instanceof MergeIdentity
                    || effect instanceof MoveBooking) {
                versions.clear();
            }
        }
    }

    /** In the order of the effects, which is the order in which they were found not to be out of date. */
    void write(EffectBatch batch) {
        if (!batch.has(ChargeReferred.class) && !batch.has(ChargeMatched.class) && !batch.has(ChargeSaid.class)) {
            return;
        }
        for (Effect effect : batch.inOrder()) {
            if (effect instanceof ChargeReferred referred) {
                refer(referred);
            } else if (effect instanceof ChargeMatched matched) {
                match(matched);
            } else if (effect instanceof ChargeSaid said) {
                say(said);
            }
        }
    }

    private void refer(ChargeReferred referred) {
        database.sql()
                .update(
                        REFERRED,
                        with("id", referred.key().recordId())
                                .addValue("prisoner", referred.prisonerNumber())
                                .addValue("prison", referred.prison())
                                .addValue("occurredAt", time(referred.occurredAt()))
                                .addValue("knownAt", time(referred.knownAt()))
                                .addValue("stands", referred.stands()));
    }

    private void match(ChargeMatched matched) {
        String id = matched.key().recordId();
        int changed = database.sql()
                .update(
                        STATE,
                        with("id", id)
                                .addValue("state", matched.state().name())
                                .addValue("version", matched.version()));
        if (changed == 0) {
            throw new IllegalStateException("a charge changed under its lock");
        }
        boolean linked = matched.state() == ChargeState.LINKED;
        database.sql()
                .update(
                        NOT_PROPOSED,
                        with("id", id)
                                .addValue(
                                        "cases",
                                        longs(matched.matches().stream()
                                                .map(Match::caseId)
                                                .toList())));
        database.forEach(MATCHED, matched.matches(), match -> with("id", id)
                .addValue("case", match.caseId())
                .addValue("score", match.score())
                .addValue("reasons", match.reasons())
                .addValue("state", linked ? "LINKED" : "PROPOSED"));
    }

    private void say(ChargeSaid said) {
        var parameters = with("record", said.charge())
                .addValue("case", said.caseReference())
                .addValue("to", said.said() == ChargeSaid.Said.CONFIRMED ? "LINKED" : "REFUSED")
                .addValue("by", said.actor())
                .addValue("reason", said.reason());
        if (said.said() == ChargeSaid.Said.ALONE) {
            if (database.sql().update(ALONE, parameters) > 0) {
                database.sql().update(OTHERS_GO, parameters);
            }
        } else if (!database.sql().queryForList(SAID, parameters, Long.class).isEmpty()) {
            if (said.said() == ChargeSaid.Said.CONFIRMED) {
                database.sql().update(CONFIRMED, parameters);
                database.sql().update(OTHERS_GO, parameters);
            } else {
                database.sql().update(REFUSED, parameters);
            }
        }
    }

    /** Whose charges are to be read, because a prison's own list says otherwise than the ledger. */
    List<RequestWork> listed(List<ReferralsListed> lists) {
        Set<String> prisoners = new TreeSet<>();
        for (ReferralsListed list : lists) {
            var parameters = Unnested.of(list.charges())
                    .texts("charges", ReferralsListed.Listed::chargeNumber)
                    .texts("prisoners", ReferralsListed.Listed::prisonerNumber)
                    .all("referred", AdjudicationStatus.REFER_POLICE.name())
                    .all("prison", list.prison())
                    .all("since", time(list.since()))
                    .all("listedAt", time(list.listedAt()))
                    .values();
            prisoners.addAll(database.sql().queryForList(UNHEARD, parameters, String.class));
            prisoners.addAll(database.sql().queryForList(NOT_LISTED, parameters, String.class));
        }
        return prisoners.stream()
                .map(number -> RequestWork.now(Step.ADJUDICATION_FETCH, number))
                .toList();
    }

    /**
     * Charges that these effects may have found an incident for, or of which a person said something.
     *
     * @param renumbered numbers under which charges stand now that stood under others
     */
    List<RequestWork> concerned(EffectBatch batch, Set<String> renumbered) {
        Set<String> found = new LinkedHashSet<>();
        var numbers = new TreeSet<String>(renumbered);
        batch.of(SetPeople.class).forEach(set -> set.people().forEach(person -> numbers.add(person.prisonerNumber())));
        if (!numbers.isEmpty()) {
            found.addAll(database.sql().queryForList(WAITING_FOR, with("numbers", texts(numbers)), String.class));
        }
        var said = batch.of(ChargeSaid.class).stream().map(ChargeSaid::charge).toList();
        if (!said.isEmpty()) {
            found.addAll(database.sql().queryForList(KEYS, with("records", longs(said)), String.class));
        }
        var asked = new ArrayList<RequestWork>();
        found.forEach(id -> asked.add(RequestWork.now(Step.CHARGE_MATCH, id)));
        return asked;
    }
}
