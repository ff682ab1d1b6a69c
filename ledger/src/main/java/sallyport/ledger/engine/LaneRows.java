package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.Failure;
import sallyport.ledger.LaneClaim;

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
               SET outcome = :kind, code = :code, detail = :detail, finished_at = now(), may_have_reached = :mayHaveReached
             WHERE lane_item = :item AND attempt_no = :attempt
            """;

    private static final String AGAIN =
            """
            WITH item AS (
              UPDATE lane_item SET state = 'PROMISED', channel_index = channel_index + :turn WHERE id = :item)
            UPDATE lane_case SET fence = fence + 1, next_at = now() + make_interval(secs => :wait) WHERE id = :id
            """;

    private static final String PARK =
            """
            WITH item AS (
              UPDATE lane_item SET state = 'PARKED' WHERE id = :item)
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

    private static final String RENEW =
            """
            UPDATE lane_case c
               SET next_at = now() + make_interval(secs => :lease)
              FROM unnest(:ids::bigint[], :fences::bigint[]) AS held(id, fence)
             WHERE c.id = held.id AND c.fence = held.fence
            """;

    private static final String HISTORY =
            """
            SELECT i.id, cardinality(i.channels) - i.channel_index > 1 AS another_channel,
                   (SELECT count(*) FROM attempt a
                     WHERE a.lane_item = i.id AND a.channel = i.channels[i.channel_index + 1]) AS on_this_channel,
                   EXISTS (SELECT 1 FROM attempt a
                            WHERE a.lane_item = i.id AND a.attempt_no < i.attempts AND a.may_have_reached) AS may_have_reached
              FROM lane_item i WHERE i.id = ANY(:items::bigint[])
            """;

    private final Database database;

    LaneRows(Database database) {
        this.database = database;
    }

    /**
     * What was tried before.
     *
     * @param onThisChannel attempts on the channel whose turn it is, the latest one included
     * @param mayHaveReached whether any attempt before the latest one may have reached the partner
     */
    record History(boolean anotherChannel, int onThisChannel, boolean mayHaveReached) {}

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
        if (!claims.isEmpty()) {
            database.sql()
                    .update(
                            ACCEPTED,
                            with("ids", longs(claims.stream().map(LaneClaim::id).toList()))
                                    .addValue(
                                            "items",
                                            longs(claims.stream()
                                                    .map(LaneClaim::itemId)
                                                    .toList()))
                                    .addValue(
                                            "attempts",
                                            claims.stream()
                                                    .map(LaneClaim::attempt)
                                                    .toArray(Integer[]::new)));
        }
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
                                            row.getInt("on_this_channel"),
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
    void again(Map<LaneClaim, Duration> waits) {
        database.forEach(AGAIN, List.copyOf(waits.entrySet()), entry -> row(entry.getKey())
                .addValue("turn", 0)
                .addValue("wait", seconds(entry.getValue())));
    }

    /** The next channel, now. */
    void nextChannel(List<LaneClaim> claims) {
        database.forEach(AGAIN, claims, claim -> row(claim).addValue("turn", 1).addValue("wait", 0.0));
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

    /** Pushes the leases of those still held. */
    void renew(Collection<LaneClaim> claims, Duration lease) {
        if (!claims.isEmpty()) {
            database.sql().update(RENEW, held(claims).addValue("lease", seconds(lease)));
        }
    }

    /** Lets parked cases of a lane go on with the same item, now. */
    void release(Set<Long> ids) {
        if (!ids.isEmpty()) {
            database.sql()
                    .update(
                            """
                            WITH released AS (
                              UPDATE lane_case
                                 SET parked_reason = NULL, parked_code = NULL, parked_where = NULL, parked_detail = NULL,
                                     parked_at = NULL, next_at = now()
                               WHERE id = ANY(:ids::bigint[]) AND parked_reason IS NOT NULL
                              RETURNING head_item)
                            UPDATE lane_item SET state = 'PROMISED' WHERE id IN (SELECT head_item FROM released)
                            """,
                            with("ids", longs(ids)));
        }
    }

    private static MapSqlParameterSource row(LaneClaim claim) {
        return with("id", claim.id()).addValue("item", claim.itemId());
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
