package sallyport.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import sallyport.ledger.desk.Commands;
import sallyport.ledger.desk.Scope;
import sallyport.ledger.replay.Replay;
import sallyport.ledger.replay.ReplayFilter;

/**
 * How fast what was delivered is sent again: to a team's queue, to forces over HTTP, and under a rate that must hold in every second
 * at the partner's own door. The time runs from the word to start until the job says that it is done.
 */
final class ReplayBench {

    private static final int ITEMS = 10_000;
    private static final int CAPPED = 6_000;
    private static final int CAP = 600;
    private static final double UNCAPPED = 5000;
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final String DELIVERED =
            """
            WITH cases AS (
              INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family, incident_reference,
                                         approved_at, approved_by, approval_reason, package_version)
              SELECT n, 'SP-2099-' || lpad(n::text, 6, '0'), 'DELIVERED', 'MANDATORY', 'ROUTINE', 'MDI', f.force, 'ASSAULT',
                     n::text, now(), 'bench', 'bench', 1
                FROM (SELECT nextval('case_reference_seq') AS n, g FROM generate_series(1, ?::int) AS g) AS numbered
                JOIN unnest(?::text[]) WITH ORDINALITY AS f(force, i) ON f.i = 1 + numbered.g % cardinality(?::text[])
              RETURNING id, reference, force),
            queues AS (
              INSERT INTO lane_case (lane, case_id, next_seq)
              SELECT coalesce(?, 'force:' || force), id, 2 FROM cases RETURNING id, case_id),
            items AS (
              INSERT INTO lane_item (lane_case, seq, kind, message_id, package_version, class, state, channels, attempts,
                                     first_sent_at, done_at)
              SELECT q.id, 1, ?, c.reference || '-v1-' || c.force || ?, 1, 'ROUTINE', 'DONE', ARRAY[?], 1, ?, ?
                FROM queues q JOIN cases c ON c.id = q.case_id
              RETURNING id),
            tries AS (
              INSERT INTO attempt (lane_item, attempt_no, channel, node, finished_at, outcome)
              SELECT id, 1, ?, 'bench', now(), 'ACCEPTED' FROM items)
            INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
            SELECT id, ?, ?, ?, sha256(?), 'bench', ? FROM items
            """;

    private final Stage stage;
    private int day;

    ReplayBench(Stage stage) {
        this.stage = stage;
    }

    void run() throws Exception {
        String feed = "feed:" + Stage.TEAM;
        Instant queue = delivered(ITEMS, feed, "CASE_EVENT", "queue", "application/cloudevents+json", Stage.TEAM);
        say("%.0f items a second to the queue lane".formatted(perSecond(replay(queue, ITEMS, UNCAPPED))));

        Instant partner = delivered(ITEMS, null, "PACKAGE", "ihub", "application/vnd.api+json", "force");
        stage.quick().accepted();
        Replay uncapped = replay(partner, ITEMS, UNCAPPED);
        arrived(ITEMS, stage.quick().accepted());
        say("%.0f items a second to the lean partner".formatted(perSecond(uncapped)));

        Instant capped = delivered(CAPPED, null, "PACKAGE", "ihub", "application/vnd.api+json", "force");
        Replay held = replay(capped, CAPPED, CAP);
        List<Long> arrivals = stage.quick().accepted();
        arrived(CAPPED, arrivals);
        int most = mostInASecond(arrivals);
        say("%.0f items a second under a rate of %d, at most %d in any second at the partner"
                .formatted(perSecond(held), CAP, most));
        if (most > CAP * 1.05) {
            throw new IllegalStateException("the rate did not hold");
        }
    }

    private static void say(String said) {
        System.out.println("replay: " + said);
    }

    private static double perSecond(Replay done) {
        double seconds = Duration.between(done.startedAt(), done.endedAt()).toMillis() / 1e3;
        return done.count(Replay.ItemState.SENT) / seconds;
    }

    private static void arrived(int items, List<Long> arrivals) {
        if (arrivals.size() != items) {
            throw new IllegalStateException(arrivals.size() + " arrived of " + items);
        }
    }

    static int mostInASecond(List<Long> arrivals) {
        long[] times = arrivals.stream().mapToLong(Long::longValue).sorted().toArray();
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.length; to++) {
            while (times[to] - times[from] >= TimeUnit.SECONDS.toNanos(1)) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** Plans it, starts it, waits for its end. */
    private Replay replay(Instant delivered, int items, double rate) throws Exception {
        var filter = new ReplayFilter(
                null, null, null, delivered, delivered.plusSeconds(1), ReplayFilter.Standing.DELIVERED, false);
        long asked = System.nanoTime();
        long id = stage.replays().ask(filter, rate, "bench", "how fast is it", Scope.everything());
        Waiting.until(() -> job(id).state() != Replay.State.PLANNING, Duration.ofMillis(100), LONG);
        double planning = Duration.ofNanos(System.nanoTime() - asked).toMillis() / 1e3;
        if (job(id).count(Replay.ItemState.PLANNED) != items) {
            throw new IllegalStateException("planned: " + job(id).verdicts());
        }
        stage.rest();
        if (!(stage.replays().start(id, false, "second", "go", Scope.everything()) instanceof Commands.Asked)) {
            throw new IllegalStateException("it was not started");
        }
        Waiting.until(() -> job(id).state() == Replay.State.DONE, Duration.ofMillis(500), LONG);
        Replay done = job(id);
        if (done.count(Replay.ItemState.SENT) != items) {
            throw new IllegalStateException("results: " + done.standings());
        }
        say("%d items planned in %.1f s".formatted(items, planning));
        stage.rest();
        return done;
    }

    private Replay job(long id) {
        return stage.desk().replay(id, Scope.everything(), "bench").orElseThrow();
    }

    /** Rows as a delivery leaves them, on a day of their own by which a filter finds them. */
    private Instant delivered(int items, String lane, String kind, String channel, String contentType, String profile)
            throws Exception {
        Connection connection = stage.ledger().connection();
        Instant on = Instant.parse("2090-01-01T00:00:00Z").plus(Duration.ofDays(day++));
        Array forces = connection.createArrayOf("text", stage.forces().toArray());
        OffsetDateTime at = on.atOffset(ZoneOffset.UTC);
        byte[] bytes = stage.aRendering(kind);
        for (String force : stage.forces()) {
            lane(connection, lane == null ? "force:" + force : lane, lane == null ? "FORCE" : "FEED", channel);
        }
        try (PreparedStatement rows = connection.prepareStatement(DELIVERED)) {
            int n = 1;
            rows.setInt(n++, items);
            rows.setArray(n++, forces);
            rows.setArray(n++, forces);
            rows.setString(n++, lane);
            rows.setString(n++, kind);
            rows.setString(n++, lane == null ? "" : "-" + Stage.TEAM);
            rows.setString(n++, channel);
            rows.setObject(n++, at);
            rows.setObject(n++, at);
            rows.setString(n++, channel);
            rows.setString(n++, channel);
            rows.setString(n++, contentType);
            rows.setBytes(n++, bytes);
            rows.setBytes(n++, bytes);
            rows.setString(n, profile);
            rows.executeUpdate();
        }
        stage.ledger().execute("ANALYZE lane_case, lane_item, attempt, rendering, referral_case");
        return on;
    }

    private static void lane(Connection connection, String name, String family, String channel) throws SQLException {
        try (PreparedStatement lane = connection.prepareStatement(
                "INSERT INTO lane (name, family, channels) VALUES (?, ?, ARRAY[?]) ON CONFLICT (name) DO UPDATE"
                        + " SET suspended = false")) {
            lane.setString(1, name);
            lane.setString(2, family);
            lane.setString(3, channel);
            lane.executeUpdate();
        }
    }
}
