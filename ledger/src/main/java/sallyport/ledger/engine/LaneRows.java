package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect.CancelUnsent;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.Effect.SettleItem;
import sallyport.ledger.Failure;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;

/**
 * Lanes from claim to end. Everything that ends an attempt also counts the fence up. Callers hold the rows' locks ({@link #lock})
 * and have compared the fences.
 */
final class LaneRows {

    private static final String LOCK =
            """
            SELECT id, fence FROM lane_case
             WHERE id = ANY(ARRAY(
                   SELECT unnest(:ids::bigint[])
                    UNION
                   SELECT c.id FROM unnest(:lanes::text[], :cases::bigint[]) AS promised(lane, case_id)
                     JOIN lane_case c ON c.lane = promised.lane AND c.case_id = promised.case_id))
             ORDER BY lane, case_id
               FOR NO KEY UPDATE
            """;

    private static final String ACCEPTED =
            """
            WITH ended AS (
              SELECT * FROM unnest(:ids::bigint[], :items::bigint[], :attempts::int[]) AS e(id, item, attempt)),
            done AS (
              UPDATE lane_item i SET state = 'DONE', done_at = now() FROM ended WHERE i.id = ended.item),
            known AS (
              UPDATE attempt a SET outcome = 'ACCEPTED', finished_at = now() FROM ended
               WHERE a.lane_item = ended.item AND a.attempt_no = ended.attempt)
            UPDATE lane_case c
               SET fence = c.fence + 1, next_at = now(),
                   head_item = (SELECT n.id FROM lane_item n
                                 WHERE n.lane_case = c.id AND n.state = 'PROMISED' AND n.id <> ended.item
                                 ORDER BY n.seq LIMIT 1)
              FROM ended WHERE c.id = ended.id
            """;

    private static final String ATTEMPT_FAILED =
            """
            UPDATE attempt
               SET outcome = :kind, code = :code, detail = :detail, finished_at = now(),
                   may_have_reached = NOT asked AND :mayHaveReached
             WHERE lane_item = :item AND attempt_no = :attempt
            """;

    private static final String AGAIN =
            """
            WITH item AS (
              UPDATE lane_item SET state = 'PROMISED', asks = :asks WHERE id = :item)
            UPDATE lane_case
               SET fence = fence + 1, next_at = now() + make_interval(secs => :wait), failing_kind = :kind,
                   failing_code = :code, failing_detail = :detail, failing_since = coalesce(failing_since, now())
             WHERE id = :id
            """;

    private static final String NEXT_CHANNEL =
            """
            WITH item AS (
              UPDATE lane_item SET state = 'PROMISED', channel_index = channel_index + 1 WHERE id = ANY(:items::bigint[])
              RETURNING lane_case, channels[channel_index + 1] AS channel, patience[channel_index + 1] AS patience)
            UPDATE lane_case c
               SET fence = c.fence + 1, next_at = now(), channel = item.channel,
                   patience_until = now() + make_interval(secs => item.patience)
              FROM item WHERE c.id = item.lane_case
            """;

    private static final String NOT_ARRIVED =
            """
            WITH ended AS (
              SELECT * FROM unnest(:ids::bigint[], :items::bigint[], :attempts::int[]) AS e(id, item, attempt)),
            never_reached AS (
              UPDATE attempt a
                 SET may_have_reached = false,
                     outcome = CASE WHEN a.attempt_no = ended.attempt THEN 'NOT_ARRIVED' ELSE a.outcome END,
                     finished_at = coalesce(a.finished_at, now())
                FROM ended WHERE a.lane_item = ended.item),
            item AS (
              UPDATE lane_item i SET state = 'PROMISED', asks = false FROM ended WHERE i.id = ended.item)
            UPDATE lane_case c SET fence = c.fence + 1, next_at = now() FROM ended WHERE c.id = ended.id
            """;

    /** The attempt in the middle of which a node fell silent, unless a person has had a say since. */
    private static final String MAY_STILL_BE_SENT =
            """
            SELECT DISTINCT i.id FROM lane_item i JOIN attempt a ON a.lane_item = i.id
             WHERE i.id = ANY(:items::bigint[]) AND a.attempt_no > i.ladder_from
               AND NOT a.asked AND a.outcome = 'UNKNOWN' AND a.code = 'crashed-while-sending'
            """;

    private static final String TOLD_NOTHING =
            """
            UPDATE attempt a SET outcome = 'NOT_ARRIVED', finished_at = now()
              FROM unnest(:ids::bigint[], :items::bigint[], :attempts::int[]) AS e(id, item, attempt)
             WHERE a.lane_item = e.item AND a.attempt_no = e.attempt
            """;

    private static final String PARK =
            """
            WITH item AS (
              UPDATE lane_item SET state = 'PARKED', asks = false WHERE id = :item)
            UPDATE lane_case
               SET fence = fence + 1, next_at = now(), parked_reason = :kind, parked_code = :code, parked_where = :where,
                   parked_detail = :detail, parked_at = now()
             WHERE id = :id
            """;

    private static final String GIVE_BACK =
            """
            WITH held AS (
              UPDATE lane_case c SET fence = c.fence + 1, next_at = now()
                FROM unnest(:ids::bigint[], :fences::bigint[]) AS h(id, fence)
               WHERE c.id = h.id AND c.fence = h.fence
              RETURNING c.head_item),
            item AS (
              UPDATE lane_item SET state = 'PROMISED', attempts = attempts - 1 WHERE id IN (SELECT head_item FROM held))
            DELETE FROM attempt WHERE outcome = 'SENDING' AND lane_item IN (SELECT head_item FROM held)
            """;

    /** Not waiting for a row that somebody has locked: behind one transaction that stands still all other leases would run out. */
    private static final String RENEW =
            """
            WITH free AS (
              SELECT r.id FROM lane_case r
                JOIN unnest(:ids::bigint[], :fences::bigint[]) AS held(id, fence) ON r.id = held.id AND r.fence = held.fence
                 FOR NO KEY UPDATE OF r SKIP LOCKED)
            UPDATE lane_case r SET next_at = now() + make_interval(secs => :lease) FROM free WHERE r.id = free.id
            RETURNING r.id
            """;

    private static final String HISTORY =
            """
            SELECT i.id, cardinality(i.channels) - i.channel_index > 1 AS another_channel,
                   count(a.id) FILTER (WHERE a.channel = i.channels[i.channel_index + 1] AND NOT a.asked
                                         AND a.attempt_no > i.ladder_from) AS sends,
                   count(a.id) FILTER (WHERE a.asked AND a.attempt_no > i.ladder_from) AS asks,
                   coalesce(bool_or(a.may_have_reached AND a.attempt_no < i.attempts), false) AS may_have_reached
              FROM lane_item i LEFT JOIN attempt a ON a.lane_item = i.id
             WHERE i.id = ANY(:items::bigint[])
             GROUP BY i.id
            """;

    private static final String RELEASE =
            """
            WITH released AS (
              UPDATE lane_case
                 SET parked_reason = NULL, parked_code = NULL, parked_where = NULL, parked_detail = NULL, parked_at = NULL,
                     next_at = now(), failing_kind = NULL, failing_code = NULL, failing_detail = NULL, failing_since = NULL,
                     class = (SELECT i.class FROM lane_item i WHERE i.id = head_item), replay = NULL,
                     patience_until = (SELECT now() + make_interval(secs => i.patience[i.channel_index + 1])
                                         FROM lane_item i WHERE i.id = head_item)
               WHERE id = ANY(:ids::bigint[]) AND parked_reason IS NOT NULL
              RETURNING head_item)
            UPDATE lane_item SET state = 'PROMISED', ladder_from = attempts, replay = NULL
             WHERE id IN (SELECT head_item FROM released)
            """;

    private static final String SETTLE =
            """
            WITH word AS (
              SELECT * FROM unnest(:ids::bigint[], :items::bigint[], :states::text[]) AS w(id, item, state)),
            settled AS (
              SELECT c.id, w.item, w.state
                FROM word w JOIN lane_case c ON c.id = w.id
               WHERE c.head_item = w.item AND c.parked_reason IS NOT NULL
                 AND (w.state = 'DONE'
                      OR NOT EXISTS (SELECT 1 FROM attempt a
                                      WHERE a.lane_item = w.item AND a.may_have_reached AND a.outcome <> 'REJECTED'))),
            item AS (
              UPDATE lane_item i SET state = s.state, done_at = now() FROM settled s WHERE i.id = s.item)
            UPDATE lane_case c
               SET fence = c.fence + 1, next_at = now(), parked_reason = NULL, parked_code = NULL, parked_where = NULL,
                   parked_detail = NULL, parked_at = NULL,
                   head_item = (SELECT n.id FROM lane_item n
                                 WHERE n.lane_case = c.id AND n.state = 'PROMISED' AND n.id <> s.item
                                 ORDER BY n.seq LIMIT 1)
              FROM settled s WHERE c.id = s.id
            """;

    private static final String CANCEL =
            """
            UPDATE lane_item i SET state = 'CANCELLED', done_at = now()
              FROM unnest(:cases::bigint[], :families::text[]) AS w(case_id, family)
              JOIN lane_case c ON c.case_id = w.case_id
              JOIN lane l ON l.name = c.lane AND l.family = w.family
             WHERE i.lane_case = c.id AND i.state IN ('PROMISED', 'PARKED')
               AND NOT EXISTS (SELECT 1 FROM attempt a
                                WHERE a.lane_item = i.id AND a.may_have_reached AND a.outcome <> 'REJECTED')
            """;

    /** A head that was cancelled gives way to the next that is promised. */
    private static final String GIVE_WAY =
            """
            UPDATE lane_case c
               SET fence = c.fence + 1, next_at = now(), parked_reason = NULL, parked_code = NULL, parked_where = NULL,
                   parked_detail = NULL, parked_at = NULL,
                   head_item = (SELECT n.id FROM lane_item n WHERE n.lane_case = c.id AND n.state = 'PROMISED'
                                 ORDER BY n.seq LIMIT 1)
              FROM unnest(:cases::bigint[]) AS w(case_id), lane_item h
             WHERE c.case_id = w.case_id AND h.id = c.head_item AND h.state = 'CANCELLED'
            """;

    private static final String LOCK_CASES =
            """
            SELECT id FROM lane_case WHERE case_id = ANY(:cases::bigint[]) ORDER BY lane, case_id FOR NO KEY UPDATE
            """;

    private static final String OUT_OF_PATIENCE =
            """
            SELECT c.id, c.head_item, cardinality(i.channels) - i.channel_index > 1 AS another_channel, i.asks,
                   EXISTS (SELECT 1 FROM attempt a WHERE a.lane_item = i.id AND a.may_have_reached) AS may_have_reached
              FROM lane_case c JOIN lane_item i ON i.id = c.head_item JOIN lane l ON l.name = c.lane
             WHERE c.patience_until <= now() AND c.head_item IS NOT NULL AND c.parked_reason IS NULL
               AND i.state = 'PROMISED' AND l.family = ANY(:families::text[]) AND NOT l.suspended
             ORDER BY c.lane, c.case_id LIMIT :most
               FOR NO KEY UPDATE OF c SKIP LOCKED
            """;

    private static final Failure SILENT = new Failure(
            Failure.Kind.UNKNOWN,
            "sender-fell-silent",
            null,
            "the node that was sending it fell silent; the partner does not have it yet, but a node that only stands still may yet"
                    + " send it: make sure that its process has ended, then send it again",
            null);

    private final Database database;

    LaneRows(Database database) {
        this.database = database;
    }

    /**
     * What was tried before.
     *
     * @param sends on the channel whose turn it is, since the last release, the latest one included
     * @param asks how often the partner was asked
     * @param mayHaveReached whether any attempt before the latest one may have reached the partner
     */
    record History(boolean anotherChannel, int sends, int asks, boolean mayHaveReached) {}

    /** A head that has waited longer than its channel may take. */
    record Overdue(long id, long item, boolean anotherChannel, boolean mayHaveReached) {}

    /**
     * Another try.
     *
     * @param asks the partner is asked instead of being sent the bytes
     * @param because why, for whoever looks meanwhile
     */
    record Again(Duration after, boolean asks, Failure because) {}

    /** Locks, in (lane, case) order, the rows held by these claims and those these promises are for; returns each row's fence. */
    Map<Long, Long> lock(Collection<LaneClaim> claims, Collection<Promise> promises) {
        Map<Long, Long> fences = new HashMap<>();
        database.sql()
                .query(
                        LOCK,
                        with("ids", longs(claims.stream().map(LaneClaim::id).toList()))
                                .addValue(
                                        "lanes",
                                        texts(promises.stream()
                                                .map(Promise::lane)
                                                .toList()))
                                .addValue(
                                        "cases",
                                        longs(promises.stream()
                                                .map(Promise::caseId)
                                                .toList())),
                        row -> {
                            fences.put(row.getLong("id"), row.getLong("fence"));
                        });
        return fences;
    }

    /** The partner has them: the next of each case comes to the head. */
    void accepted(List<LaneClaim> claims) {
        database.forAll(ACCEPTED, columns(claims));
    }

    /** By item id. */
    Map<Long, History> history(Collection<LaneClaim> claims) {
        Map<Long, History> histories = new HashMap<>();
        database.sql()
                .query(
                        HISTORY,
                        with(
                                "items",
                                longs(claims.stream().map(LaneClaim::itemId).toList())),
                        row -> {
                            histories.put(
                                    row.getLong("id"),
                                    new History(
                                            row.getBoolean("another_channel"),
                                            row.getInt("sends"),
                                            row.getInt("asks"),
                                            row.getBoolean("may_have_reached")));
                        });
        return histories;
    }

    void attemptsFailed(Map<LaneClaim, Failure> failures) {
        database.forEach(ATTEMPT_FAILED, List.copyOf(failures.entrySet()), entry -> Parked.parameters(entry.getValue())
                .addValue("item", entry.getKey().itemId())
                .addValue("attempt", entry.getKey().attempt())
                .addValue("mayHaveReached", entry.getValue().kind() != Failure.Kind.UNAVAILABLE));
    }

    /** The same channel again, each after its wait. */
    void again(Map<LaneClaim, Again> waits) {
        database.forEach(AGAIN, List.copyOf(waits.entrySet()), entry -> Parked.parameters(
                        entry.getValue().because())
                .addValue("id", entry.getKey().id())
                .addValue("item", entry.getKey().itemId())
                .addValue("asks", entry.getValue().asks())
                .addValue("wait", seconds(entry.getValue().after())));
    }

    /** The next channel, now. */
    void nextChannel(Collection<Long> items) {
        if (!items.isEmpty()) {
            database.sql().update(NEXT_CHANNEL, with("items", longs(items)));
        }
    }

    /**
     * The partner was asked and has nothing: no attempt reached it, and the same bytes go out again, now. Not so where a node fell
     * silent while it was sending: it may only stand still, with its look at the lease behind it and the first byte before it, and
     * send what the partner has not got yet. Then a person must make sure that it has ended.
     *
     * @return what was parked for that
     */
    Map<LaneClaim, Failure> notArrived(List<LaneClaim> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        var items = with("items", longs(claims.stream().map(LaneClaim::itemId).toList()));
        Set<Long> silent = Set.copyOf(database.sql().queryForList(MAY_STILL_BE_SENT, items, Long.class));
        Map<LaneClaim, Failure> parks = new LinkedHashMap<>();
        claims.stream().filter(claim -> silent.contains(claim.itemId())).forEach(claim -> parks.put(claim, SILENT));
        database.forAll(TOLD_NOTHING, columns(parks.keySet()));
        park(parks);
        database.forAll(
                NOT_ARRIVED,
                columns(claims.stream()
                        .filter(claim -> !silent.contains(claim.itemId()))
                        .toList()));
        return parks;
    }

    void park(Map<LaneClaim, Failure> failures) {
        database.forEach(PARK, List.copyOf(failures.entrySet()), entry -> Parked.parameters(entry.getValue())
                .addValue("id", entry.getKey().id())
                .addValue("item", entry.getKey().itemId()));
    }

    /** As if never claimed; only for what was never started. A claim that lost its fence is left alone. */
    void giveBack(Collection<LaneClaim> claims) {
        if (!claims.isEmpty()) {
            database.sql().update(GIVE_BACK, held(claims));
        }
    }

    /** Pushes the leases of those still held; returns which were. */
    Set<Long> renew(Collection<LaneClaim> claims, Duration lease) {
        return claims.isEmpty()
                ? Set.of()
                : Set.copyOf(
                        database.sql().queryForList(RENEW, held(claims).addValue("lease", seconds(lease)), Long.class));
    }

    /** Lets parked cases of a lane go on with the same item, now, at the foot of the ladder. */
    void release(Set<Long> ids) {
        if (!ids.isEmpty()) {
            database.sql().update(RELEASE, with("ids", longs(ids)));
        }
    }

    /** Takes a word about parked heads for what it is worth: see {@link SettleItem}. */
    void settle(List<SettleItem> words) {
        database.forAll(
                SETTLE,
                Unnested.of(words)
                        .longs("ids", SettleItem::laneCase)
                        .longs("items", SettleItem::item)
                        .texts("states", word -> word.hasIt() ? "DONE" : "CANCELLED"));
    }

    /** Cancels what has provably not left; what is under way, or may have arrived, stays. */
    void cancelUnsent(List<CancelUnsent> wishes) {
        if (!wishes.isEmpty()) {
            var cases = with(
                    "cases", longs(wishes.stream().map(CancelUnsent::caseId).toList()));
            database.sql().queryForList(LOCK_CASES, cases, Long.class);
            database.sql()
                    .update(
                            CANCEL,
                            cases.addValue(
                                    "families",
                                    texts(wishes.stream()
                                            .map(wish -> wish.family().name())
                                            .toList())));
            database.sql().update(GIVE_WAY, cases);
        }
    }

    /** Locks heads of these families that have waited longer than their channel may take, so many at most. */
    List<Overdue> outOfPatience(Collection<LaneFamily> families, int most) {
        return database.sql()
                .query(
                        OUT_OF_PATIENCE,
                        with("families", texts(families.stream().map(Enum::name).toList()))
                                .addValue("most", most),
                        (row, n) -> new Overdue(
                                row.getLong("id"),
                                row.getLong("head_item"),
                                row.getBoolean("another_channel"),
                                row.getBoolean("may_have_reached")));
    }

    void parkOverdue(Collection<Overdue> overdue) {
        database.forEach(PARK, List.copyOf(overdue), head -> Parked.parameters(new Failure(
                        head.mayHaveReached() ? Failure.Kind.UNKNOWN : Failure.Kind.UNAVAILABLE,
                        "deadline-passed",
                        null,
                        "not accepted in the time there is for it, and no other channel is left",
                        null))
                .addValue("id", head.id())
                .addValue("item", head.item()));
    }

    private static Unnested<LaneClaim> columns(Collection<LaneClaim> claims) {
        return Unnested.of(claims)
                .longs("ids", LaneClaim::id)
                .longs("items", LaneClaim::itemId)
                .ints("attempts", LaneClaim::attempt);
    }

    private static MapSqlParameterSource held(Collection<LaneClaim> claims) {
        var inOrder = claims.stream()
                .sorted(Comparator.comparing(LaneClaim::lane)
                        .thenComparing(claim -> claim.referralCase().id()))
                .toList();
        return with("ids", longs(inOrder.stream().map(LaneClaim::id).toList()))
                .addValue("fences", longs(inOrder.stream().map(LaneClaim::fence).toList()));
    }
}
