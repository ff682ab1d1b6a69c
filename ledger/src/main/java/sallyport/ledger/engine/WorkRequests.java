package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.seconds;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;
import sallyport.ledger.Effect.RequestWork;

/**
 * Asks for work: one row per (step, key), whatever number of requests. A request during a run is kept for a run of its own; one for
 * a parked row releases it; one for a row that climbs the ladder shortens the wait to a minute at most, so that a burst of events
 * does not hammer a partner that is down.
 */
final class WorkRequests {

    /*
     * EXCLUDED carries the request: next_at = now + quiet, latest_at = now + atMost. While a node holds the row (claimed, and the
     * lease not over) next_at is its lease, so the wish goes to due_at.
     */
    private static final String REQUEST =
            """
            INSERT INTO work AS w (step, key, next_at, latest_at)
            SELECT asked.step, asked.key, now() + make_interval(secs => asked.quiet),
                   now() + make_interval(secs => asked.at_most)
              FROM unnest(:steps::text[], :keys::text[], :quiet::float8[], :atMost::float8[])
                   AS asked(step, key, quiet, at_most)
             ORDER BY asked.step, asked.key
            ON CONFLICT (step, key) DO UPDATE SET
              requested = w.requested + 1,
              first_asked_at = CASE
                WHEN w.parked_kind IS NOT NULL OR w.requested = coalesce(w.claimed, w.done) THEN EXCLUDED.first_asked_at
                ELSE w.first_asked_at END,
              latest_at = CASE
                WHEN w.parked_kind IS NOT NULL OR w.requested = coalesce(w.claimed, w.done) THEN EXCLUDED.latest_at
                ELSE w.latest_at END,
              due_at = CASE
                WHEN w.claimed IS NULL OR w.next_at <= now() THEN NULL
                WHEN w.due_at IS NULL OR EXCLUDED.next_at <= now() THEN EXCLUDED.next_at
                WHEN w.due_at <= now() THEN w.due_at
                ELSE least(EXCLUDED.next_at, greatest(w.latest_at, now())) END,
              next_at = CASE
                WHEN w.claimed IS NOT NULL THEN w.next_at
                WHEN w.parked_kind IS NOT NULL OR w.requested = w.done THEN EXCLUDED.next_at
                WHEN w.next_at <= now() THEN w.next_at
                WHEN w.attempt > 0 THEN least(w.next_at, EXCLUDED.next_at + interval '1 minute')
                ELSE least(EXCLUDED.next_at, greatest(w.latest_at, now())) END,
              attempt = CASE WHEN w.parked_kind IS NOT NULL THEN 0 ELSE w.attempt END,
              parked_kind = NULL, parked_code = NULL, parked_where = NULL, parked_detail = NULL, parked_at = NULL
            """;

    private final Database database;

    WorkRequests(Database database) {
        this.database = database;
    }

    /** In the caller's transaction. */
    void ask(Collection<RequestWork> requests) {
        if (requests.isEmpty()) {
            return;
        }
        // One statement cannot touch a row twice, and sorted rows keep two writers from waiting for each other in a
        // ring.
        var each = new TreeMap<Row, RequestWork>(Comparator.comparing(Row::step).thenComparing(Row::key));
        requests.forEach(request ->
                each.merge(new Row(request.step().path(), request.key()), request, WorkRequests::theMoreUrgent));
        database.forAll(
                REQUEST,
                Unnested.of(each.entrySet())
                        .texts("steps", asked -> asked.getKey().step())
                        .texts("keys", asked -> asked.getKey().key())
                        .doubles("quiet", asked -> seconds(asked.getValue().quiet()))
                        .doubles("atMost", asked -> seconds(longest(asked.getValue()))));
    }

    private static RequestWork theMoreUrgent(RequestWork one, RequestWork other) {
        return one.quiet().compareTo(other.quiet()) <= 0 ? one : other;
    }

    private static Duration longest(RequestWork request) {
        return request.atMost().compareTo(request.quiet()) < 0 ? request.quiet() : request.atMost();
    }

    private record Row(String step, String key) {}
}
