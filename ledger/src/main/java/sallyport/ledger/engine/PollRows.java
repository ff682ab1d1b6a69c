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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Failure;
import sallyport.ledger.PollClaim;

/** The {@code poll_source} table from claim to end; the cursor moves in the transaction that writes what was found. */
final class PollRows {

    private static final String CLAIM =
            """
            UPDATE poll_source
               SET fence = fence + 1, attempt = attempt + 1, next_at = now() + make_interval(secs => :lease)
             WHERE id = ANY(ARRAY(
                   SELECT due.id
                     FROM unnest(:systems::text[], :permits::int[]) AS wanted(system, permits)
                    CROSS JOIN LATERAL (
                          SELECT p.id FROM poll_source p
                           WHERE p.system = wanted.system AND p.next_at <= now()
                           ORDER BY p.next_at
                           LIMIT wanted.permits
                             FOR NO KEY UPDATE SKIP LOCKED) AS due))
            RETURNING id, fence, attempt, system, stream, cursor
            """;

    private static final String ADVANCE =
            """
            UPDATE poll_source
               SET fence = fence + 1, attempt = 0, cursor = coalesce(:cursor, cursor), last_done_at = now(), last_error = NULL,
                   next_at = now() + make_interval(secs => :wait)
             WHERE id = :id
            """;

    private static final String FAILED =
            """
            UPDATE poll_source
               SET fence = fence + 1, last_error = :error, next_at = now() + make_interval(secs => :wait)
             WHERE id = :id
            """;

    private final Database database;

    PollRows(Database database) {
        this.database = database;
    }

    /** Where a source goes on; a null cursor keeps the one there is. */
    record Advance(PollClaim claim, @Nullable String cursor, Duration nextIn) {}

    /** A source that failed and when it is asked again: sources are never parked. */
    record Failed(PollClaim claim, Failure failure, Duration nextIn) {}

    List<PollClaim> claim(Map<String, Integer> permits, Duration lease) {
        return database.sql()
                .query(
                        CLAIM,
                        with("systems", texts(permits.keySet()))
                                .addValue("permits", permits.values().toArray(Integer[]::new))
                                .addValue("lease", seconds(lease)),
                        (row, n) -> new PollClaim(
                                row.getLong("id"),
                                row.getLong("fence"),
                                row.getInt("attempt"),
                                row.getString("system"),
                                row.getString("stream"),
                                row.getString("cursor")));
    }

    Map<Long, Long> lock(Collection<PollClaim> claims) {
        Map<Long, Long> fences = new HashMap<>();
        if (!claims.isEmpty()) {
            database.sql()
                    .query(
                            "SELECT id, fence FROM poll_source WHERE id = ANY(:ids::bigint[]) ORDER BY id FOR NO KEY UPDATE",
                            with("ids", longs(claims.stream().map(PollClaim::id).toList())),
                            row -> {
                                fences.put(row.getLong("id"), row.getLong("fence"));
                            });
        }
        return fences;
    }

    void advance(List<Advance> advances) {
        database.forEach(
                ADVANCE, advances, advance -> with("id", advance.claim().id())
                        .addValue("cursor", advance.cursor())
                        .addValue("wait", seconds(advance.nextIn())));
    }

    void failed(List<Failed> failures) {
        database.forEach(FAILED, failures, failed -> with("id", failed.claim().id())
                .addValue(
                        "error",
                        Parked.writable(failed.failure().code() + ": "
                                + failed.failure().detail()))
                .addValue("wait", seconds(failed.nextIn())));
    }

    void giveBack(Collection<PollClaim> claims) {
        if (!claims.isEmpty()) {
            database.sql()
                    .update(
                            """
                            UPDATE poll_source p
                               SET fence = p.fence + 1, attempt = greatest(p.attempt - 1, 0), next_at = now()
                              FROM unnest(:ids::bigint[], :fences::bigint[]) AS held(id, fence)
                             WHERE p.id = held.id AND p.fence = held.fence
                            """,
                            held(claims));
        }
    }

    /** As {@link WorkRows#renew}. */
    Set<Long> renew(Collection<PollClaim> claims, Duration lease) {
        return claims.isEmpty()
                ? Set.of()
                : Set.copyOf(database.sql()
                        .queryForList(
                                """
                                WITH free AS (
                                  SELECT p.id FROM poll_source p
                                    JOIN unnest(:ids::bigint[], :fences::bigint[]) AS held(id, fence)
                                      ON p.id = held.id AND p.fence = held.fence
                                     FOR NO KEY UPDATE OF p SKIP LOCKED)
                                UPDATE poll_source p SET next_at = now() + make_interval(secs => :lease)
                                  FROM free WHERE p.id = free.id
                                RETURNING p.id
                                """,
                                held(claims).addValue("lease", seconds(lease)),
                                Long.class));
    }

    private static MapSqlParameterSource held(Collection<PollClaim> claims) {
        return with("ids", longs(claims.stream().map(PollClaim::id).toList()))
                .addValue("fences", longs(claims.stream().map(PollClaim::fence).toList()));
    }
}
