package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import sallyport.ledger.LanePolicy.Rate;

/**
 * What may begin now where there is a rate: a bucket of tokens in the row of each lane and of each replay. Drawn from and spent in the
 * transaction of a claim, so that the rate holds over all nodes.
 */
final class Buckets {

    /** What another node's claim holds is left to it: a lane is drawn from by one node at a time. */
    private static final String OF_LANES =
            """
            UPDATE lane l
               SET tokens = least(free.burst, coalesce(l.tokens, free.burst)
                     + greatest(0, coalesce(extract(epoch FROM clock_timestamp() - l.tokens_at), 0)) * free.rate),
                   tokens_at = clock_timestamp()
              FROM (SELECT x.name, w.rate, w.burst
                      FROM unnest(:lanes::text[], :rates::float8[], :bursts::float8[]) AS w(lane, rate, burst)
                      JOIN lane x ON x.name = w.lane
                     ORDER BY x.name
                       FOR NO KEY UPDATE OF x SKIP LOCKED) AS free
             WHERE l.name = free.name
            RETURNING l.name, floor(l.tokens)::int AS tokens
            """;

    private static final String SPENT_BY_LANES =
            """
            UPDATE lane l SET tokens = l.tokens - spent.n
              FROM unnest(:lanes::text[], :counts::int[]) AS spent(lane, n) WHERE l.name = spent.lane
            """;

    /**
     * Not more than the rate begins in any second: the bucket fills at a little less than the rate and holds as much as is missing.
     * What another node's claim holds is left to it.
     */
    private static final String OF_REPLAYS =
            """
            UPDATE replay r
               SET tokens = least(free.burst, coalesce(r.tokens, free.burst)
                     + greatest(0, coalesce(extract(epoch FROM clock_timestamp() - r.tokens_at), 0)) * 0.97 * free.rate),
                   tokens_at = clock_timestamp()
              FROM (SELECT id, rate, greatest(1, 0.03 * rate) AS burst FROM replay
                     WHERE at_work ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) AS free
             WHERE r.id = free.id
            RETURNING r.id, floor(r.tokens)::int AS tokens
            """;

    private static final String SPENT_BY_REPLAY = "UPDATE replay SET tokens = tokens - :n WHERE id = :replay";

    private final Database database;

    Buckets(Database database) {
        this.database = database;
    }

    /** By lane: what may begin now, 0 where another node is claiming. Held until the transaction ends. */
    Map<String, Integer> ofLanes(Map<String, Rate> rates) {
        if (rates.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> tokens = new HashMap<>();
        rates.keySet().forEach(lane -> tokens.put(lane, 0));
        database.sql()
                .query(
                        OF_LANES,
                        Unnested.of(rates.entrySet())
                                .texts("lanes", Map.Entry::getKey)
                                .doubles("rates", each -> each.getValue().perSecond())
                                .doubles("bursts", each -> each.getValue().burst())
                                .values(),
                        row -> {
                            tokens.put(row.getString("name"), Math.max(0, row.getInt("tokens")));
                        });
        return tokens;
    }

    /** By lane: so many begin. */
    void spend(Map<String, Integer> byLane) {
        if (!byLane.isEmpty()) {
            database.sql()
                    .update(
                            SPENT_BY_LANES,
                            with("lanes", texts(byLane.keySet()))
                                    .addValue("counts", byLane.values().toArray(Integer[]::new)));
        }
    }

    /** By job: what may begin now. Held until the transaction ends. */
    Map<Long, Integer> ofReplays() {
        Map<Long, Integer> tokens = new TreeMap<>();
        database.sql().query(OF_REPLAYS, EmptySqlParameterSource.INSTANCE, row -> {
            tokens.put(row.getLong("id"), row.getInt("tokens"));
        });
        return tokens;
    }

    void spend(long replay, int begin) {
        database.sql().update(SPENT_BY_REPLAY, with("replay", replay).addValue("n", begin));
    }
}
