package sallyport.ledger.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.Chore;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.engine.Duties;

/**
 * Plans and runs replays; one node at a time, in short transactions, so that a node that dies leaves the next one to go on where it
 * was. An item that is handed to its lane is promised there again, with the message id and the bytes it had, and from then on the
 * lane sends it as it sends everything: in the order of its case, once, from the job's bucket. Not more than a second's worth is
 * handed over and not begun, so that a pause or a broken partner leaves little behind.
 */
public final class ReplayRunner implements Chore {

    private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

    private static final Duration LEASE = Duration.ofSeconds(10);
    /** Between two steps of one node; the lanes are looked at more often, because a bucket holds little. */
    private static final Duration STEP = Duration.ofMillis(100);

    private static final Duration LOOK = Duration.ofMillis(20);
    /** One run of the chore; the node that stops waits for it. */
    private static final Duration RUN = Duration.ofSeconds(4);

    private static final int FEWEST = 50;
    private static final int MOST = 1000;

    private static final String OPEN =
            """
            SELECT id, state, rate, rehearsing FROM replay
             WHERE state IN ('PLANNING', 'RUNNING') OR at_work OR rehearsing ORDER BY id
            """;

    private static final String REHEARSED =
            """
            SELECT i.id, c.lane, i.message_id, g.content_type, g.bytes
              FROM (SELECT lane_item FROM replay_item
                     WHERE replay = :replay AND state = 'PLANNED' AND shadow IS NULL ORDER BY lane_item LIMIT :most) ri
              JOIN lane_item i ON i.id = ri.lane_item
              JOIN lane_case c ON c.id = i.lane_case
              JOIN rendering g ON g.lane_item = i.id AND g.channel = i.channels[i.channel_index + 1]
             ORDER BY i.id
            """;

    /** Before anything is sent: what cannot be logged does not leave, not even to a double. */
    private static final String SHOWN =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, recipient, payload_sha256, mapping_version, detail)
            SELECT 'DISCLOSURE', rc.reference, r.shadowed_by, r.reason, 'shadow', g.sha256, g.mapping_version,
                   'message ' || i.message_id || ' to the shadow, replay ' || r.id || ', profile ' || coalesce(g.held_back, g.profile)
              FROM replay r
              JOIN lane_item i ON i.id = ANY(:items::bigint[])
              JOIN lane_case c ON c.id = i.lane_case
              JOIN referral_case rc ON rc.id = c.case_id
              JOIN rendering g ON g.lane_item = i.id AND g.channel = i.channels[i.channel_index + 1]
             WHERE r.id = :replay
            """;

    private static final String ANSWERED =
            """
            UPDATE replay_item ri SET shadow = w.answer
              FROM unnest(:items::bigint[], :answers::text[]) AS w(item, answer)
             WHERE ri.replay = :replay AND ri.lane_item = w.item
            """;

    private static final String COLLECT =
            """
            UPDATE replay_item ri
               SET state = CASE i.state WHEN 'DONE' THEN 'SENT' WHEN 'PARKED' THEN 'FAILED' ELSE 'SKIPPED' END,
                   code = CASE i.state WHEN 'DONE' THEN NULL WHEN 'PARKED' THEN coalesce(c.parked_code, 'parked')
                          ELSE 'taken-back' END,
                   detail = CASE i.state WHEN 'PARKED' THEN c.parked_detail END, ended_at = now()
              FROM lane_item i JOIN lane_case c ON c.id = i.lane_case
             WHERE ri.replay = :replay AND ri.state = 'RELEASED' AND i.id = ri.lane_item
               AND i.state IN ('DONE', 'PARKED', 'CANCELLED')
            """;

    /** What is at the head and has not failed: what climbs a ladder holds nobody up. */
    private static final String WAITING =
            """
            SELECT count(*) FROM replay_item ri JOIN lane_item i ON i.id = ri.lane_item
              JOIN lane_case c ON c.id = i.lane_case AND c.head_item = i.id
             WHERE ri.replay = :replay AND ri.state = 'RELEASED' AND c.failing_since IS NULL
            """;

    private static final String NEXT =
            """
            SELECT DISTINCT lane_case FROM (
              SELECT lane_case FROM replay_item
               WHERE replay = :replay AND state = 'PLANNED' AND (next_at IS NULL OR next_at <= now())
               ORDER BY lane_item LIMIT :most) AS soonest
            """;

    /** In the order in which everybody locks lanes; what another transaction holds is taken the next time. */
    private static final String LOCK =
            """
            SELECT id, head_item, parked_reason IS NOT NULL AS parked FROM lane_case
             WHERE id = ANY(:cases::bigint[]) ORDER BY lane, case_id FOR NO KEY UPDATE SKIP LOCKED
            """;

    private static final String ITEMS =
            """
            SELECT ri.lane_item, ri.recognition, i.lane_case, i.state,
                   ri.busy_since < now() - interval '10 minutes' AS given_up,
                   ri.recognition = 'NEVER_ARRIVED'
                   AND EXISTS (SELECT 1 FROM attempt a WHERE a.lane_item = i.id AND a.may_have_reached
                                  AND a.outcome <> 'REJECTED') AS may_be_held
              FROM lane_item i JOIN replay_item ri ON ri.replay = :replay AND ri.lane_item = i.id AND ri.state = 'PLANNED'
             WHERE i.lane_case = ANY(:cases::bigint[])
             ORDER BY i.id
            """;

    private static final String PROMISE =
            """
            UPDATE lane_item i SET state = 'PROMISED', asks = w.asks, ladder_from = i.attempts, replay = :replay
              FROM unnest(:items::bigint[], :asks::boolean[]) AS w(item, asks) WHERE i.id = w.item
            """;

    private static final String TO_THE_HEAD =
            """
            UPDATE lane_case c
               SET head_item = head.id, class = 'REPLAY', replay = :replay, next_at = now(),
                   patience_until = now() + make_interval(secs => head.patience),
                   parked_reason = NULL, parked_code = NULL, parked_where = NULL, parked_detail = NULL, parked_at = NULL,
                   failing_kind = NULL, failing_code = NULL, failing_detail = NULL, failing_since = NULL
              FROM unnest(:cases::bigint[]) AS w(id)
             CROSS JOIN LATERAL (
                   SELECT i.id, i.patience[i.channel_index + 1] AS patience FROM lane_item i
                    WHERE i.lane_case = w.id AND i.state = 'PROMISED' ORDER BY i.seq LIMIT 1) AS head
             WHERE c.id = w.id
            """;

    private static final String RELEASED =
            """
            UPDATE replay_item SET state = 'RELEASED', released_at = now()
             WHERE replay = :replay AND lane_item = ANY(:items::bigint[])
            """;

    private static final String SKIPPED =
            """
            UPDATE replay_item ri SET state = 'SKIPPED', code = w.code, ended_at = now()
              FROM unnest(:items::bigint[], :codes::text[]) AS w(item, code)
             WHERE ri.replay = :replay AND ri.lane_item = w.item
            """;

    private static final String LATER =
            """
            UPDATE replay_item SET next_at = now() + interval '2 seconds', busy_since = coalesce(busy_since, now())
             WHERE replay = :replay AND lane_item = ANY(:items::bigint[])
            """;

    private static final String OVER =
            """
            UPDATE replay r
               SET state = CASE r.state WHEN 'RUNNING' THEN 'DONE' ELSE r.state END, at_work = false, ended_at = now()
             WHERE r.id = :replay AND r.at_work AND r.state IN ('RUNNING', 'CANCELLED')
               AND NOT EXISTS (SELECT 1 FROM replay_item WHERE replay = r.id AND state = 'RELEASED')
               AND (r.state = 'CANCELLED'
                    OR NOT EXISTS (SELECT 1 FROM replay_item WHERE replay = r.id AND state = 'PLANNED'))
            RETURNING r.state
            """;

    private final JdbcClient jdbc;
    private final Supplier<Duties> duties;
    private final ReplayPlanner planner;
    private final Supplier<Shadow> shadow;
    private final Runnable wake;

    /** @param wake makes this node look at its lanes */
    public ReplayRunner(
            DataSource dataSource,
            Supplier<Duties> duties,
            Supplier<LanePolicy> policy,
            Supplier<TodaysMapping> mapping,
            ReplayProperties properties,
            Supplier<Shadow> shadow,
            Runnable wake) {
        this.jdbc = JdbcClient.create(dataSource);
        this.duties = duties;
        this.planner = new ReplayPlanner(dataSource, policy, mapping, properties);
        this.shadow = shadow;
        this.wake = wake;
    }

    private record Job(long id, String state, double rate, boolean rehearsing) {}

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(200);
    }

    /** Returns soon when there is nothing to do; else goes on for a while, so that steps follow one another closely. */
    @Override
    public void run() {
        long end = System.nanoTime() + RUN.toNanos();
        while (step() && System.nanoTime() < end) {
            for (Duration waited = Duration.ZERO; waited.compareTo(STEP) < 0; waited = waited.plus(LOOK)) {
                try {
                    TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                wake.run();
            }
        }
    }

    /** One step of every open job, if this node has the turn; whether there is more to do. */
    public boolean step() {
        if (open().isEmpty()) {
            return false;
        }
        boolean more = false;
        for (Job job : open()) {
            more |= job.rehearsing()
                    ? rehearse(job)
                    : duties.get().inTurn("replay", LEASE, fence -> step(job)).orElse(false);
        }
        if (more) {
            wake.run();
        }
        return more;
    }

    private List<Job> open() {
        return jdbc.sql(OPEN)
                .query((row, n) -> new Job(
                        row.getLong("id"), row.getString("state"), row.getDouble("rate"), row.getBoolean("rehearsing")))
                .list();
    }

    private record Copy(long item, String lane, String messageId, String contentType, byte[] bytes) {}

    /** A few items to the shadow, with no transaction open. A node that dies has some of them sent there once more. */
    private boolean rehearse(Job job) {
        Optional<List<Copy>> turn = duties.get().inTurn("replay", LEASE, fence -> {
            List<Copy> copies = jdbc.sql(REHEARSED)
                    .param("replay", job.id())
                    .param("most", Math.max(1, Math.min(FEWEST, (int) job.rate())))
                    .query((row, n) -> new Copy(
                            row.getLong("id"),
                            row.getString("lane"),
                            row.getString("message_id"),
                            row.getString("content_type"),
                            row.getBytes("bytes")))
                    .list();
            if (copies.isEmpty()) {
                jdbc.sql("UPDATE replay SET rehearsing = false WHERE id = :replay")
                        .param("replay", job.id())
                        .update();
            } else {
                jdbc.sql(SHOWN)
                        .param("replay", job.id())
                        .param("items", copies.stream().map(Copy::item).toArray(Long[]::new))
                        .update();
            }
            return copies;
        });
        List<Copy> copies = turn.orElse(List.of());
        if (copies.isEmpty()) {
            return false;
        }
        Map<Long, String> answers = new LinkedHashMap<>();
        for (Copy copy : copies) {
            long began = System.nanoTime();
            answers.put(
                    copy.item(), shadow.get().send(copy.lane(), copy.messageId(), copy.contentType(), copy.bytes()));
            try {
                TimeUnit.NANOSECONDS.sleep((long) (1e9 / job.rate()) - (System.nanoTime() - began));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        jdbc.sql(ANSWERED)
                .param("replay", job.id())
                .param("items", answers.keySet().toArray(Long[]::new))
                .param("answers", answers.values().toArray(String[]::new))
                .update();
        return true;
    }

    private boolean step(Job job) {
        if (job.state().equals("PLANNING")) {
            planner.step(job.id());
            return true;
        }
        jdbc.sql(COLLECT).param("replay", job.id()).update();
        if (job.state().equals("RUNNING")) {
            long waiting = jdbc.sql(WAITING)
                    .param("replay", job.id())
                    .query(Long.class)
                    .single();
            release(job, Math.max(FEWEST, Math.min(MOST, (long) job.rate())) - waiting);
        }
        jdbc.sql(OVER)
                .param("replay", job.id())
                .query(String.class)
                .optional()
                .ifPresent(state -> log.info("replay {} is {}", job.id(), state));
        return !job.state().equals("PAUSED");
    }

    /** What is decided for the items of some cases. */
    private static final class Decided {

        final Map<Long, Boolean> goes = new LinkedHashMap<>();
        final List<Long> cases = new ArrayList<>();
        final Map<Long, String> skipped = new LinkedHashMap<>();
        final List<Long> later = new ArrayList<>();
    }

    private void release(Job job, long room) {
        if (room <= 0) {
            return;
        }
        Long[] next = jdbc.sql(NEXT)
                .param("replay", job.id())
                .param("most", room)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
        Map<Long, Case> locked = new HashMap<>();
        jdbc.sql(LOCK).param("cases", next).query(row -> {
            locked.put(row.getLong("id"), new Case(row.getObject("head_item", Long.class), row.getBoolean("parked")));
        });
        Map<Long, List<Item>> items = new LinkedHashMap<>();
        jdbc.sql(ITEMS)
                .param("replay", job.id())
                .param("cases", locked.keySet().toArray(Long[]::new))
                .query(row -> {
                    items.computeIfAbsent(row.getLong("lane_case"), laneCase -> new ArrayList<>())
                            .add(new Item(
                                    row.getLong("lane_item"),
                                    row.getString("state"),
                                    "CAN_BE_ASKED".equals(row.getString("recognition")),
                                    row.getBoolean("may_be_held"),
                                    row.getBoolean("given_up")));
                });
        var decided = new Decided();
        items.forEach((id, theirs) -> {
            Case found = locked.get(id);
            if (found != null) {
                decide(id, found, theirs, decided);
            }
        });
        write(job.id(), decided);
    }

    private record Case(@Nullable Long head, boolean parked) {}

    /** @param asks the destination is asked before anything is sent */
    private record Item(long id, String state, boolean asks, boolean mayBeHeld, boolean givenUp) {}

    /** All items of one case in one lane at once: the lane keeps them in order. */
    private static void decide(long id, Case found, List<Item> items, Decided decided) {
        List<Item> ready = new ArrayList<>();
        for (Item item : items) {
            boolean stands = item.state.equals("DONE") || item.state.equals("PARKED");
            if (!stands) {
                decided.skipped.put(item.id, item.state.equals("CANCELLED") ? "taken-back" : "under-way");
            } else if (item.mayBeHeld) {
                decided.skipped.put(item.id, "may-have-arrived-since");
            } else {
                ready.add(item);
            }
        }
        Long head = found.head;
        boolean own = head != null && ready.stream().anyMatch(item -> item.id == head);
        if (head == null || found.parked && own) {
            ready.forEach(item -> decided.goes.put(item.id, item.asks));
            if (!ready.isEmpty()) {
                decided.cases.add(id);
            }
        } else {
            // Behind what is parked it would wait for a person, behind what is on its way only for a while.
            for (Item item : ready) {
                if (found.parked) {
                    decided.skipped.put(item.id, "case-parked");
                } else if (item.givenUp) {
                    decided.skipped.put(item.id, "case-busy");
                } else {
                    decided.later.add(item.id);
                }
            }
        }
    }

    private void write(long replay, Decided decided) {
        if (!decided.goes.isEmpty()) {
            Long[] items = decided.goes.keySet().toArray(Long[]::new);
            jdbc.sql(PROMISE)
                    .param("replay", replay)
                    .param("items", items)
                    .param("asks", decided.goes.values().toArray(Boolean[]::new))
                    .update();
            jdbc.sql(TO_THE_HEAD)
                    .param("replay", replay)
                    .param("cases", decided.cases.toArray(Long[]::new))
                    .update();
            jdbc.sql(RELEASED).param("replay", replay).param("items", items).update();
        }
        if (!decided.skipped.isEmpty()) {
            jdbc.sql(SKIPPED)
                    .param("replay", replay)
                    .param("items", decided.skipped.keySet().toArray(Long[]::new))
                    .param("codes", decided.skipped.values().toArray(String[]::new))
                    .update();
        }
        if (!decided.later.isEmpty()) {
            jdbc.sql(LATER)
                    .param("replay", replay)
                    .param("items", decided.later.toArray(Long[]::new))
                    .update();
        }
    }
}
