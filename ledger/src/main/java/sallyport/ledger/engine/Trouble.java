package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.desk.CauseWords;
import sallyport.ledger.desk.Causes;
import sallyport.ledger.desk.Scope;

/**
 * One thing that is wrong now and that somebody should know of. A lane that cannot be reached is one trouble, however many of its
 * items fail, wait or are parked for it; what a partner refuses, or may have received, is one for each cause.
 *
 * @param kind LANE, CAUSE, EVIDENCE, RECEIPTS, DECISIONS, DECISIONS_SOON
 * @param subject what it is about
 * @param force whose scope it falls into; null when it is about none
 * @param what in words, without personal data
 * @param todo what to do
 * @param count how many things it is about
 */
record Trouble(String kind, String subject, @Nullable String force, String what, String todo, long count) {

    private static final String LANES =
            """
            SELECT c.lane, count(*) AS queued, min(i.promised_at) AS oldest,
                   min(i.promised_at) FILTER (WHERE c.class = 'IMMEDIATE') AS oldest_immediate,
                   count(*) FILTER (WHERE c.failing_since IS NOT NULL) AS failing,
                   array_agg(DISTINCT c.channel) FILTER (WHERE c.channel IS NOT NULL) AS channels
              FROM lane_case c JOIN lane l ON l.name = c.lane JOIN lane_item i ON i.id = c.head_item
             WHERE c.head_item IS NOT NULL AND c.parked_reason IS NULL AND NOT l.suspended
             GROUP BY c.lane
            """;

    private static final String OVERDUE_RECEIPTS =
            "SELECT lane, count(*) AS n FROM receipt_clock WHERE ended_at IS NULL AND state = 'OVERDUE' GROUP BY lane";

    private static final String OVERDUE_DECISIONS =
            "SELECT count(*) FROM referral_case WHERE state = 'AWAITING_DECISION' AND decide_by < :now";

    private static final String DECISIONS_SOON =
            """
            SELECT prison, count(*) AS n, min(decide_by) AS first, CASE WHEN count(DISTINCT force) = 1 THEN min(force) END AS force
              FROM referral_case
             WHERE state = 'AWAITING_DECISION' AND class = 'IMMEDIATE' AND decide_by >= :now AND decide_by < :soon
             GROUP BY prison
            """;

    private static final String EVIDENCE_LAG = "SELECT coalesce(" + ChainWriter.LAG + ", 0)::bigint";

    private static final DateTimeFormatter LONDON =
            DateTimeFormatter.ofPattern("HH:mm 'on' d MMM yyyy", Locale.UK).withZone(ZoneId.of("Europe/London"));

    /** Everything that is wrong now. */
    static List<Trouble> now(
            Database database, Causes causes, LanePolicy policy, AlertProperties properties, Instant now) {
        List<Causes.Cause> failures = causes.all(Scope.everything());
        List<Trouble> all = new ArrayList<>();
        Map<String, Queue> queues =
                database.sql().query(LANES, new EmptySqlParameterSource(), (row, n) -> Queue.of(row)).stream()
                        .collect(Collectors.toMap(Queue::lane, Function.identity()));
        Map<String, List<Causes.Cause>> unreachable =
                failures.stream().filter(Trouble::isOfTheLane).collect(Collectors.groupingBy(Causes.Cause::of));
        lanes(queues, unreachable, policy, properties, now, all);
        failures.stream()
                .filter(cause -> !isOfTheLane(cause))
                .filter(cause -> cause.count() >= (cause.kind().equals("DEFECT") ? 1 : properties.causeSize()))
                .map(Trouble::of)
                .forEach(all::add);
        database.sql().query(OVERDUE_RECEIPTS, row -> {
            all.add(receipts(row.getString("lane"), row.getLong("n")));
        });
        long undecided = number(database, OVERDUE_DECISIONS, now);
        if (undecided > 0) {
            all.add(new Trouble(
                    "DECISIONS",
                    "decisions",
                    null,
                    counted(undecided, "case waits", "cases wait") + " for a decision past the time for it.",
                    "A coordinator approves them or keeps them internal: see the console's first page. CiPRA gives 24 hours.",
                    undecided));
        }
        Instant soon = now.plus(properties.decisionsSoon());
        database.sql().query(DECISIONS_SOON, with("now", time(now)).addValue("soon", time(soon)), row -> {
            all.add(soon(row));
        });
        long lag = number(database, EVIDENCE_LAG, now);
        if (lag > properties.evidenceLag().toSeconds()) {
            all.add(new Trouble(
                    "EVIDENCE",
                    "chain",
                    null,
                    "Entries of the evidence log wait to be chained, the oldest for " + lag + " seconds.",
                    "Look for \"chain\" in the logs of the nodes: a database that is slow or full, or no node that runs. "
                            + "Nothing is lost; they are chained when that is mended.",
                    lag));
        }
        return all;
    }

    private static long number(Database database, String sql, Instant now) {
        Long n = database.sql().queryForObject(sql, with("now", time(now)), Long.class);
        return n == null ? 0 : n;
    }

    /** Whether it keeps the lane as such from sending. */
    private static boolean isOfTheLane(Causes.Cause cause) {
        return cause.key().sends() && cause.kind().equals("UNAVAILABLE");
    }

    private static void lanes(
            Map<String, Queue> queues,
            Map<String, List<Causes.Cause>> unreachable,
            LanePolicy policy,
            AlertProperties properties,
            Instant now,
            List<Trouble> all) {
        var names = new TreeSet<>(queues.keySet());
        names.addAll(unreachable.keySet());
        for (String lane : names) {
            Queue queue = queues.getOrDefault(lane, Queue.empty(lane));
            List<Causes.Cause> causes = unreachable.getOrDefault(lane, List.of());
            long failures = causes.stream().mapToLong(Causes.Cause::count).sum();
            boolean held = before(queue.oldest(), now.minus(properties.queueAfter()))
                    || before(queue.oldestImmediate(), now.minus(properties.queueAfterImmediate()))
                    || queue.failing() >= properties.failingCases()
                    || failures >= properties.causeSize()
                    || queue.channels().stream().anyMatch(channel -> policy.permits(lane, channel) == 0);
            if (held) {
                all.add(lane(queue, causes));
            }
        }
    }

    private static boolean before(@Nullable Instant at, Instant limit) {
        return at != null && at.isBefore(limit);
    }

    private static Trouble lane(Queue queue, List<Causes.Cause> causes) {
        long parked = causes.stream().mapToLong(Causes.Cause::parked).sum();
        Causes.Cause largest = causes.stream()
                .max(Comparator.comparingLong(Causes.Cause::count))
                .orElse(null);
        Instant oldest = queue.oldest();
        String what = "What is for " + CauseWords.who(queue.lane()) + " is held up: "
                + counted(queue.queued(), "case waits", "cases wait")
                + (parked > 0 ? ", " + counted(parked, "is parked", "are parked") : "")
                + (oldest == null ? "" : ", the oldest since " + LONDON.format(oldest))
                + "."
                + (largest == null ? "" : " " + largest.what());
        return new Trouble(
                "LANE",
                queue.lane(),
                force(queue.lane()),
                what,
                largest == null
                        ? "See the page Causes and the partner's health. What waits goes on by itself."
                        : largest.todo(),
                queue.queued() + parked);
    }

    private static Trouble of(Causes.Cause cause) {
        return new Trouble(
                "CAUSE",
                cause.of() + " " + cause.kind() + " " + cause.code(),
                force(cause.of()),
                counted(cause.count(), "failure", "failures") + ", 1 cause: " + cause.what(),
                cause.todo(),
                cause.count());
    }

    private static Trouble receipts(String lane, long overdue) {
        return new Trouble(
                "RECEIPTS",
                lane,
                force(lane),
                counted(overdue, "receipt", "receipts") + " from " + CauseWords.who(lane)
                        + (overdue == 1 ? " is overdue." : " are overdue."),
                "See the page Receipts, which says for each who must act: ring the force's crime desk, or see to the lane.",
                overdue);
    }

    /** One for each prison, so that a second prison is not silent behind the first. */
    private static Trouble soon(ResultSet row) throws SQLException {
        long waiting = row.getLong("n");
        String prison = row.getString("prison");
        return new Trouble(
                "DECISIONS_SOON",
                prison,
                row.getString("force"),
                counted(waiting, "case", "cases") + " of the 24-hour class from prison " + prison
                        + (waiting == 1
                                ? " waits for a decision, and its time is over at "
                                : " wait for a decision, and the time of the first is over at ")
                        + LONDON.format(CaseRows.known(row, "first")) + ".",
                "Ring the coordinator of the prison: the console's first page lists what waits. CiPRA gives 24 hours.",
                waiting);
    }

    private static String counted(long n, String one, String many) {
        return String.format(Locale.UK, "%,d %s", n, n == 1 ? one : many);
    }

    private static @Nullable String force(String lane) {
        return lane.startsWith("force:") ? lane.substring("force:".length()) : null;
    }

    /** What waits in one lane. */
    private record Queue(
            String lane,
            long queued,
            @Nullable Instant oldest,
            @Nullable Instant oldestImmediate,
            long failing,
            List<String> channels) {

        static Queue empty(String lane) {
            return new Queue(lane, 0, null, null, 0, List.of());
        }

        static Queue of(ResultSet row) throws SQLException {
            Array channels = row.getArray("channels");
            return new Queue(
                    row.getString("lane"),
                    row.getLong("queued"),
                    CaseRows.instant(row, "oldest"),
                    CaseRows.instant(row, "oldest_immediate"),
                    row.getLong("failing"),
                    channels == null ? List.of() : List.of((String[]) Objects.requireNonNull(channels.getArray())));
        }
    }
}
