package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeReferred;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.MoveBooking;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Step;
import sallyport.ledger.engine.MergedNumbers.Merge;

/**
 * People whose numbers change. Merges and moved bookings are kept as they were announced, in whatever order; what follows from all of
 * them is written to every open case, charge and request in the same transaction.
 */
final class IdentityRows {

    /** Whoever changes numbers is alone; whoever writes people down shares, so that neither overlooks the other. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(727304016)::text";

    private static final String SHARED = "SELECT pg_advisory_xact_lock_shared(727304016)::text";

    /** A link between numbers of which no record is held waits this long for one that leads to somebody: longer than a queue holds one back. */
    private static final Duration WAITS = Duration.ofDays(30);

    private static final String HEARD =
            "INSERT INTO prisoner_merge (removed, kept, at) VALUES (:removed, :kept, :at) ON CONFLICT DO NOTHING";

    private static final String FORGET =
            """
            DELETE FROM prisoner_merge p
             WHERE p.heard_at < now() - make_interval(secs => :waits)
               AND NOT EXISTS (
                   SELECT 1 FROM unnest(ARRAY[p.removed, p.kept,
                                              (SELECT m.kept FROM merged_number m WHERE m.removed = p.removed)]) AS n(number)
                    WHERE EXISTS (SELECT 1 FROM case_person c WHERE c.prisoner_number = n.number)
                       OR EXISTS (SELECT 1 FROM referred_charge c WHERE c.prisoner_number = n.number AND c.state <> 'DROPPED'))
            """;

    private static final String TOGETHER =
            """
            WITH RECURSIVE reached(number) AS (
              SELECT unnest(:numbers::text[])
              UNION
              SELECT next.number
                FROM reached r
               CROSS JOIN LATERAL (
                     SELECT kept AS number FROM prisoner_merge WHERE removed = r.number
                     UNION
                     SELECT removed FROM prisoner_merge WHERE kept = r.number) next)
            SELECT m.removed, m.kept, m.at FROM prisoner_merge m JOIN reached r ON r.number = m.removed
            """;

    private static final String LIVES =
            "DELETE FROM merged_number WHERE removed = ANY(:all::text[]) AND removed <> ALL(:removed::text[])";

    private static final String MERGED =
            """
            INSERT INTO merged_number AS m (removed, kept)
            SELECT * FROM unnest(:removed::text[], :kept::text[])
            ON CONFLICT (removed) DO UPDATE SET kept = EXCLUDED.kept WHERE m.kept <> EXCLUDED.kept
            """;

    private static final String REKEY =
            """
            WITH affected AS (%s),
            renamed AS (
              INSERT INTO case_person (case_id, prisoner_number, role) SELECT DISTINCT case_id, kept, role FROM affected
              ON CONFLICT (case_id, prisoner_number, role) DO UPDATE SET former = false),
            left_behind AS (
              UPDATE case_person p SET former = true FROM affected a
               WHERE p.case_id = a.case_id AND p.role = a.role AND p.prisoner_number = a.removed)
            SELECT DISTINCT case_id, reference, approved, removed, kept FROM affected ORDER BY case_id, removed
            """;

    private static final String MERGED_PEOPLE = REKEY.formatted(
            """
            SELECT p.case_id, p.role, c.reference, c.approved_at IS NOT NULL AS approved, g.removed, g.kept
              FROM unnest(:removed::text[], :kept::text[]) AS g(removed, kept)
              JOIN case_person p ON p.prisoner_number = g.removed AND NOT p.former
              JOIN referral_case c ON c.id = p.case_id
             WHERE c.state = ANY(:open::text[])""");

    private static final String MERGED_CHARGES =
            """
            UPDATE referred_charge c SET prisoner_number = g.kept, version = c.version + 1, changed_at = now()
              FROM unnest(:removed::text[], :kept::text[]) AS g(removed, kept)
             WHERE c.prisoner_number = g.removed
            """;

    private static final String MERGED_REQUESTS =
            """
            UPDATE case_note_request r SET prisoner_number = g.kept
              FROM unnest(:removed::text[], :kept::text[]) AS g(removed, kept), referral_case c
             WHERE r.prisoner_number = g.removed AND c.id = r.case_id AND c.state = ANY(:open::text[])
            """;

    private static final String MOVED =
            """
            INSERT INTO moved_booking AS b (booking, from_number, to_number, started_at, ended_before, at)
            VALUES (:booking, :from, :to, :started, :before, :at)
            ON CONFLICT (booking, from_number, at) DO UPDATE SET ended_before = EXCLUDED.ended_before
            """;

    private static final String NOW =
            "SELECT coalesce((SELECT kept FROM merged_number WHERE removed = :number), :number::text)";

    /** A merge that came first, though it happened later, has made the earlier number a former one already. */
    private static final String MOVED_PEOPLE = REKEY.formatted(
            """
            SELECT p.case_id, p.role, c.reference, c.approved_at IS NOT NULL AS approved, p.prisoner_number AS removed, :kept::text AS kept
              FROM case_person p JOIN referral_case c ON c.id = p.case_id
             WHERE p.prisoner_number = :removed AND NOT p.former AND p.prisoner_number <> :kept AND c.state = ANY(:open::text[])
               AND c.occurred_at >= :started AND (:before::timestamptz IS NULL OR c.occurred_at < :before)
               AND (:removed = :from OR EXISTS (
                    SELECT 1 FROM case_person f
                     WHERE f.case_id = p.case_id AND f.prisoner_number = :from AND f.role = p.role AND f.former))""");

    private static final String MOVED_CHARGES =
            """
            UPDATE referred_charge c SET prisoner_number = :kept, version = c.version + 1, changed_at = now()
             WHERE c.prisoner_number = :from AND c.occurred_at >= :started
               AND (:before::timestamptz IS NULL OR c.occurred_at < :before)
            """;

    private static final String MOVED_REQUESTS =
            """
            UPDATE case_note_request r SET prisoner_number = :kept
              FROM referral_case c
             WHERE r.prisoner_number IN (:from, :removed) AND c.id = r.case_id AND c.id = ANY(:cases::bigint[])
            """;

    private static final String REPORTS =
            """
            SELECT DISTINCT s.record_id FROM case_record r JOIN source_record s ON s.id = r.record
             WHERE r.case_id = ANY(:cases::bigint[]) AND s.system = 'incident-reporting' AND s.gone_at IS NULL
             ORDER BY s.record_id
            """;

    /** Of nobody of whom none was read before: a victim's charges are nobody's business. */
    private static final String CHARGED =
            """
            SELECT DISTINCT n.kept FROM unnest(:removed::text[], :kept::text[]) AS n(removed, kept)
             WHERE EXISTS (SELECT 1 FROM source_record s WHERE s.system = 'adjudications' AND s.record_id = n.removed)
                OR EXISTS (SELECT 1 FROM referred_charge c WHERE c.prisoner_number = n.kept AND c.state <> 'DROPPED')
             ORDER BY n.kept
            """;

    private static final String ASKED =
            """
            SELECT DISTINCT c.id, c.reference, c.prison, c.force
              FROM case_person p JOIN referral_case c ON c.id = p.case_id
             WHERE p.prisoner_number = :from AND NOT p.former AND c.state = ANY(:open::text[]) ORDER BY c.id
            """;

    private static final String STALE =
            """
            SELECT DISTINCT n.case_id, n.number, n.now
              FROM (SELECT k.case_id, k.number,
                           current_number(k.number, c.occurred_at,
                                          (SELECT max(v.modified_at)
                                             FROM case_record r JOIN source_record s ON s.id = r.record
                                             JOIN source_version v ON v.id = s.latest_version
                                            WHERE r.case_id = k.case_id AND s.system = 'incident-reporting')) AS now
                      FROM unnest(:cases::bigint[], :numbers::text[]) AS k(case_id, number)
                      JOIN referral_case c ON c.id = k.case_id
                     WHERE EXISTS (SELECT 1 FROM merged_number m WHERE m.removed = k.number)
                        OR EXISTS (SELECT 1 FROM moved_booking b WHERE b.from_number = k.number)) n
             WHERE n.now <> n.number
            """;

    private final Database database;

    IdentityRows(Database database) {
        this.database = database;
    }

    /** Somebody in an open case who goes by another number from now on. */
    record Rekeyed(long caseId, String reference, boolean approved, String removed, String kept) {}

    /**
     * What a batch changed.
     *
     * @param merged those that a merge re-keyed; {@code moved} those that a moved booking did
     * @param numbers under which people, charges or requests stand from now on that stood under others
     */
    record Changed(
            List<Rekeyed> merged,
            List<Rekeyed> moved,
            Set<String> numbers,
            List<RequestWork> work,
            List<OpenTask> tasks) {}

    /** Before any row is locked: a lock of its own that comes first cannot close a ring. */
    void lock(Collection<? extends Effect> effects) {
        boolean alone = false;
        boolean shared = false;
        for (Effect effect : effects) {
            alone |= effect instanceof MergeIdentity || effect instanceof MoveBooking;
            shared |= effect instanceof SetPeople || effect instanceof ChargeReferred;
        }
        if (alone || shared) {
            database.sql().queryForObject(alone ? ALONE : SHARED, Map.of(), String.class);
        }
    }

    /** After the people and charges of the batch are written. */
    Changed write(EffectBatch batch) {
        var changed = new Changed(
                new ArrayList<>(), new ArrayList<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
        if (batch.has(MergeIdentity.class) || batch.has(MoveBooking.class)) {
            for (Effect effect : batch.inOrder()) {
                if (effect instanceof MergeIdentity merge) {
                    merge(merge, changed);
                } else if (effect instanceof MoveBooking move) {
                    move(move, changed);
                }
            }
            follow(changed);
        }
        return changed;
    }

    private void merge(MergeIdentity merge, Changed changed) {
        if (merge.kept().equals(merge.removed())) {
            return;
        }
        database.sql()
                .update(
                        HEARD,
                        with("removed", merge.removed())
                                .addValue("kept", merge.kept())
                                .addValue("at", time(merge.at())));
        var known = database.sql()
                .query(
                        TOGETHER,
                        with("numbers", texts(List.of(merge.kept(), merge.removed()))),
                        (row, n) ->
                                new Merge(row.getString("removed"), row.getString("kept"), CaseRows.known(row, "at")));
        Map<String, String> now = MergedNumbers.of(known);
        var links = with("removed", texts(now.keySet()))
                .addValue("kept", texts(now.values()))
                .addValue(
                        "all",
                        texts(known.stream().map(Merge::removed).distinct().toList()))
                .addValue("open", CaseWriter.OPEN);
        database.sql().update(LIVES, links);
        database.sql().update(MERGED, links);
        changed.merged().addAll(rekey(MERGED_PEOPLE, links));
        database.sql().update(MERGED_CHARGES, links);
        database.sql().update(MERGED_REQUESTS, links);
        changed.numbers().addAll(now.values());
        database.sql().update(FORGET, with("waits", Database.seconds(WAITS)));
    }

    private void move(MoveBooking move, Changed changed) {
        if (move.from().equals(move.to())) {
            return;
        }
        MoveBooking.Times times = move.times();
        if (times == null) {
            ask(move, changed);
            return;
        }
        String to = now(move.to());
        var booking = with("booking", move.booking())
                .addValue("from", move.from())
                .addValue("to", move.to())
                .addValue("removed", now(move.from()))
                .addValue("kept", to)
                .addValue("started", time(times.started()))
                .addValue("before", time(times.before()))
                .addValue("at", time(move.at()))
                .addValue("open", CaseWriter.OPEN);
        database.sql().update(MOVED, booking);
        var rekeyed = rekey(MOVED_PEOPLE, booking);
        changed.moved().addAll(rekeyed);
        database.sql().update(MOVED_CHARGES, booking);
        database.sql()
                .update(
                        MOVED_REQUESTS,
                        booking.addValue(
                                "cases",
                                longs(rekeyed.stream().map(Rekeyed::caseId).toList())));
        changed.numbers().add(to);
    }

    private String now(String number) {
        return database.sql().queryForObject(NOW, with("number", number), String.class);
    }

    private List<Rekeyed> rekey(String sql, MapSqlParameterSource parameters) {
        return database.sql()
                .query(
                        sql,
                        parameters,
                        (row, n) -> new Rekeyed(
                                row.getLong("case_id"),
                                row.getString("reference"),
                                row.getBoolean("approved"),
                                row.getString("removed"),
                                row.getString("kept")));
    }

    /** Nothing is guessed: somebody who can look the booking up says whose case it is, by the report. */
    private void ask(MoveBooking move, Changed changed) {
        database.sql().query(ASKED, with("from", move.from()).addValue("open", CaseWriter.OPEN), row -> {
            changed.tasks()
                    .add(new OpenTask(
                            "IDENTITY",
                            "booking/" + move.booking() + "/" + row.getString("reference"),
                            row.getLong("id"),
                            row.getString("prison"),
                            row.getString("force"),
                            "booking " + move.booking()
                                    + " of somebody in this case was moved to another prisoner, and the hub could not read"
                                    + " from when to when it was. If the incident happened in that booking, have the prison correct the number"
                                    + " in the report",
                            null));
        });
    }

    private void follow(Changed changed) {
        var cases = new LinkedHashMap<Long, Rekeyed>();
        changed.merged().forEach(each -> cases.put(each.caseId(), each));
        changed.moved().forEach(each -> cases.put(each.caseId(), each));
        if (cases.isEmpty()) {
            return;
        }
        // The source rewrites its own records and tells nobody when.
        database.sql()
                .queryForList(REPORTS, with("cases", longs(cases.keySet())), String.class)
                .forEach(report -> changed.work().add(RequestWork.now(Step.INCIDENT_FETCH, report)));
        for (Rekeyed each : cases.values()) {
            if (each.approved()) {
                changed.work().add(RequestWork.now(Step.ASSEMBLY, each.reference()));
            }
        }
        var people = new LinkedHashSet<Rekeyed>(changed.merged());
        people.addAll(changed.moved());
        people.forEach(each -> changed.work().add(RequestWork.now(Step.PRISONER_ALERT_FETCH, each.kept())));
        database.sql()
                .queryForList(
                        CHARGED,
                        Unnested.of(people)
                                .texts("removed", Rekeyed::removed)
                                .texts("kept", Rekeyed::kept)
                                .values(),
                        String.class)
                .forEach(number -> changed.work().add(RequestWork.now(Step.ADJUDICATION_FETCH, number)));
    }

    /** A number in a case's record. */
    record Named(long caseId, String number) {}

    /** Of these, those who go by another number by now. */
    Map<Named, String> now(Collection<Named> named) {
        Map<Named, String> now = new LinkedHashMap<>();
        var rows = Unnested.of(named).longs("cases", Named::caseId).texts("numbers", Named::number);
        if (!rows.isEmpty()) {
            database.sql().query(STALE, rows.values(), row -> {
                now.put(new Named(row.getLong("case_id"), row.getString("number")), row.getString("now"));
            });
        }
        return now;
    }
}
