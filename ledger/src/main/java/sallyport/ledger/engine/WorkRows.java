package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Failure;
import sallyport.ledger.Step;
import sallyport.ledger.WorkClaim;

/**
 * The {@code work} table from claim to end. Everything that ends a run also counts the fence up, so that whoever held it, and
 * renews or completes late, no longer matches. Callers hold the row's lock ({@link #lock}) and have compared the fence.
 */
final class WorkRows {

    private static final String CLAIM =
            """
            UPDATE work
               SET fence = fence + 1, attempt = attempt + 1, claimed = requested, due_at = NULL,
                   next_at = now() + make_interval(secs => :lease)
             WHERE id = ANY(ARRAY(
                   SELECT due.id
                     FROM unnest(:steps::text[], :permits::int[]) AS wanted(step, permits)
                    CROSS JOIN LATERAL (
                          SELECT w.id FROM work w
                           WHERE w.step = wanted.step
                             AND w.requested > w.done AND w.parked_kind IS NULL AND w.next_at <= now()
                           ORDER BY w.next_at
                           LIMIT wanted.permits
                             FOR NO KEY UPDATE SKIP LOCKED) AS due))
            RETURNING id, fence, attempt, step, key, requested
            """;

    private static final String LOCK =
            """
            SELECT id, fence FROM work
             WHERE id = ANY(ARRAY(
                   SELECT unnest(:ids::bigint[])
                    UNION
                   SELECT w.id FROM unnest(:steps::text[], :keys::text[]) AS asked(step, key)
                     JOIN work w ON w.step = asked.step AND w.key = asked.key))
             ORDER BY id
               FOR NO KEY UPDATE
            """;

    private static final String DONE =
            """
            UPDATE work w
               SET done = ended.claimed, claimed = NULL, attempt = 0, fence = w.fence + 1,
                   next_at = coalesce(w.due_at, now()), due_at = NULL
              FROM unnest(:ids::bigint[], :claimed::bigint[]) AS ended(id, claimed)
             WHERE w.id = ended.id
            """;

    private static final String RETRY =
            """
            UPDATE work
               SET claimed = NULL, fence = fence + 1, next_at = now() + make_interval(secs => :wait), due_at = NULL
             WHERE id = :id
            """;

    /** A request that came during the run brought new facts: then there is another run instead of a parked row. */
    private static final String PARK =
            """
            UPDATE work
               SET claimed = NULL, fence = fence + 1, due_at = NULL,
                   attempt = CASE WHEN requested > :claimed THEN 0 ELSE attempt END,
                   next_at = CASE WHEN requested > :claimed THEN coalesce(due_at, now()) ELSE now() END,
                   parked_kind = CASE WHEN requested > :claimed THEN NULL ELSE :kind END,
                   parked_code = CASE WHEN requested > :claimed THEN NULL ELSE :code END,
                   parked_where = CASE WHEN requested > :claimed THEN NULL ELSE :where END,
                   parked_detail = CASE WHEN requested > :claimed THEN NULL ELSE :detail END,
                   parked_at = CASE WHEN requested > :claimed THEN NULL ELSE now() END
             WHERE id = :id
            """;

    private static final String GIVE_BACK =
            """
            UPDATE work w
               SET claimed = NULL, fence = w.fence + 1, attempt = greatest(w.attempt - 1, 0), next_at = now(), due_at = NULL
              FROM unnest(:ids::bigint[], :fences::bigint[]) AS held(id, fence)
             WHERE w.id = held.id AND w.fence = held.fence
            """;

    /** Not waiting for a row that somebody has locked: behind one transaction that stands still all other leases would run out. */
    private static final String RENEW =
            """
            WITH free AS (
              SELECT r.id FROM work r
                JOIN unnest(:ids::bigint[], :fences::bigint[]) AS held(id, fence) ON r.id = held.id AND r.fence = held.fence
                 FOR NO KEY UPDATE OF r SKIP LOCKED)
            UPDATE work r SET next_at = now() + make_interval(secs => :lease) FROM free WHERE r.id = free.id
            RETURNING r.id
            """;

    private final Database database;

    WorkRows(Database database) {
        this.database = database;
    }

    /** Claims up to so many due rows of each step, oldest first. */
    List<WorkClaim> claim(Map<Step, Integer> permits, Duration lease) {
        var steps = permits.keySet().stream().map(Step::path).toList();
        return database.sql()
                .query(
                        CLAIM,
                        with("steps", texts(steps))
                                .addValue("permits", permits.values().toArray(Integer[]::new))
                                .addValue("lease", seconds(lease)),
                        (row, n) -> new WorkClaim(
                                row.getLong("id"),
                                row.getLong("fence"),
                                row.getInt("attempt"),
                                Step.of(row.getString("step")),
                                row.getString("key"),
                                row.getLong("requested")));
    }

    /** Locks, in id order, the rows held by these claims and the rows these requests are for; returns each row's fence. */
    Map<Long, Long> lock(Collection<WorkClaim> claims, Collection<RequestWork> requests) {
        Map<Long, Long> fences = new HashMap<>();
        database.sql()
                .query(
                        LOCK,
                        with("ids", longs(claims.stream().map(WorkClaim::id).toList()))
                                .addValue(
                                        "steps",
                                        texts(requests.stream()
                                                .map(request -> request.step().path())
                                                .toList()))
                                .addValue(
                                        "keys",
                                        texts(requests.stream()
                                                .map(RequestWork::key)
                                                .toList())),
                        row -> {
                            fences.put(row.getLong("id"), row.getLong("fence"));
                        });
        return fences;
    }

    void done(List<WorkClaim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        database.sql()
                .update(
                        DONE,
                        with("ids", longs(claims.stream().map(WorkClaim::id).toList()))
                                .addValue(
                                        "claimed",
                                        longs(claims.stream()
                                                .map(WorkClaim::requested)
                                                .toList())));
    }

    /** The claims that are to be tried again, and when. */
    void retry(Map<WorkClaim, Duration> waits) {
        database.forEach(RETRY, List.copyOf(waits.entrySet()), entry -> with(
                        "id", entry.getKey().id())
                .addValue("wait", seconds(entry.getValue())));
    }

    void park(Map<WorkClaim, Failure> failures) {
        database.forEach(PARK, List.copyOf(failures.entrySet()), entry -> Parked.parameters(entry.getValue())
                .addValue("id", entry.getKey().id())
                .addValue("claimed", entry.getKey().requested()));
    }

    /** As if never claimed; due at once. A claim that lost its fence is left alone. */
    void giveBack(Collection<WorkClaim> claims) {
        if (!claims.isEmpty()) {
            database.sql().update(GIVE_BACK, held(claims));
        }
    }

    /** Pushes the leases of those still held; returns which were. */
    Set<Long> renew(Collection<WorkClaim> claims, Duration lease) {
        return claims.isEmpty()
                ? Set.of()
                : Set.copyOf(
                        database.sql().queryForList(RENEW, held(claims).addValue("lease", seconds(lease)), Long.class));
    }

    /** Lets parked rows run again, now. */
    void release(Set<Long> ids) {
        if (!ids.isEmpty()) {
            database.sql()
                    .update(
                            """
                            UPDATE work
                               SET parked_kind = NULL, parked_code = NULL, parked_where = NULL, parked_detail = NULL,
                                   parked_at = NULL, next_at = now()
                             WHERE id = ANY(:ids::bigint[]) AND parked_kind IS NOT NULL
                            """,
                            with("ids", longs(ids)));
        }
    }

    private static org.springframework.jdbc.core.namedparam.MapSqlParameterSource held(Collection<WorkClaim> claims) {
        var inOrder = claims.stream()
                .sorted(java.util.Comparator.comparing(WorkClaim::id))
                .toList();
        return with("ids", longs(inOrder.stream().map(WorkClaim::id).toList()))
                .addValue("fences", longs(inOrder.stream().map(WorkClaim::fence).toList()));
    }
}
