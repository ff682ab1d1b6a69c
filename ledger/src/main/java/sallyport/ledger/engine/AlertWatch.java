package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.AlertChannels;
import sallyport.ledger.AlertWork;
import sallyport.ledger.Chore;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.Step;
import sallyport.ledger.desk.Causes;

/**
 * Sees what is wrong, and promises that somebody is told: once when it has lasted, once when it has been gone for long enough. The
 * state and the promise are one transaction, held by one node at a time, so a crash on either side of it tells nobody twice and
 * forgets nobody.
 */
final class AlertWatch implements Chore {

    private static final Logger log = LoggerFactory.getLogger(AlertWatch.class);

    private static final String DUTY = "alerts";
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofDays(180);

    private static final String LIVE =
            "SELECT id, kind, subject, state, since, what, todo, count FROM alert WHERE state <> 'CLEARED' FOR UPDATE";

    private static final String RISE =
            """
            INSERT INTO alert (kind, subject, force, state, since, what, todo, count)
            VALUES (:kind, :subject, :force, 'RISING', :now, :what, :todo, :count)
            """;

    private static final String REWORD =
            "UPDATE alert SET what = :what, todo = :todo, count = :count, force = :force WHERE id = :id";

    private static final String MOVE =
            """
            UPDATE alert
               SET state = :state, since = :now,
                   opened_at = CASE WHEN :state = 'OPEN' THEN coalesce(opened_at, :now) ELSE opened_at END,
                   cleared_at = CASE WHEN :state = 'CLEARED' THEN :now END
             WHERE id = :id
            """;

    private static final String TELL =
            "INSERT INTO work (step, key) VALUES (:step, :key) ON CONFLICT (step, key) DO NOTHING";

    /** With what was to be told of them, however that went. */
    private static final String FORGET =
            """
            WITH old AS (DELETE FROM alert WHERE state = 'CLEARED' AND cleared_at < :limit RETURNING id)
            DELETE FROM work w USING old WHERE w.step = :step AND split_part(w.key, '/', 1) = old.id::text
            """;

    private final Database database;
    private final Duties duties;
    private final Causes causes;
    private final LanePolicy policy;
    private final AlertChannels channels;
    private final AlertProperties properties;
    private final Clock clock;
    private final Runnable wake;

    AlertWatch(
            Database database,
            Duties duties,
            Causes causes,
            LanePolicy policy,
            AlertChannels channels,
            AlertProperties properties,
            Clock clock,
            Runnable wake) {
        this.database = database;
        this.duties = duties;
        this.causes = causes;
        this.policy = policy;
        this.channels = channels;
        this.properties = properties;
        this.clock = clock;
        this.wake = wake;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        var told = duties.inTurn(DUTY, LEASE, fence -> pass());
        if (told.orElse(0) > 0) {
            wake.run();
        }
    }

    /** One look; returns how many transitions there were. */
    private int pass() {
        Instant now = clock.instant();
        Map<String, Trouble> trouble = new HashMap<>();
        Trouble.now(database, causes, policy, properties, now)
                .forEach(each -> trouble.put(key(each.kind(), each.subject()), each));
        rise(trouble, now);
        var vanished = new ArrayList<Long>();
        var moves = new ArrayList<Move>();
        var rewords = new ArrayList<MapSqlParameterSource>();
        for (Live live : live()) {
            Trouble still = trouble.get(key(live.kind(), live.subject()));
            if (still != null && !live.says(still)) {
                rewords.add(words(still).addValue("id", live.id()));
            }
            String next = next(live, still != null, now);
            if (next.equals("GONE")) {
                vanished.add(live.id());
            } else if (!next.equals(live.state())) {
                moves.add(new Move(live, next));
            }
        }
        database.forEach(REWORD, rewords, words -> words);
        if (!vanished.isEmpty()) {
            database.sql().update("DELETE FROM alert WHERE id = ANY(:ids::bigint[])", with("ids", longs(vanished)));
        }
        database.forEach(MOVE, moves, move -> with("id", move.live().id())
                .addValue("state", move.to())
                .addValue("now", time(now)));
        int transitions = tell(moves);
        database.sql().update(FORGET, with("limit", time(now.minus(KEPT))).addValue("step", Step.ALERT.path()));
        return transitions;
    }

    /** What is wrong for the first time; whether it lasts is seen at once, because it may not have to. */
    private void rise(Map<String, Trouble> trouble, Instant now) {
        var known = new HashMap<String, Live>();
        live().forEach(live -> known.put(key(live.kind(), live.subject()), live));
        var fresh = trouble.entrySet().stream()
                .filter(each -> !known.containsKey(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        database.forEach(RISE, fresh, each -> words(each)
                .addValue("kind", each.kind())
                .addValue("subject", each.subject())
                .addValue("now", time(now)));
    }

    private List<Live> live() {
        return database.sql()
                .query(
                        LIVE,
                        new EmptySqlParameterSource(),
                        (row, n) -> new Live(
                                row.getLong("id"),
                                row.getString("kind"),
                                row.getString("subject"),
                                row.getString("state"),
                                CaseRows.known(row, "since"),
                                row.getString("what"),
                                row.getString("todo"),
                                row.getLong("count")));
    }

    private String next(Live live, boolean trouble, Instant now) {
        Duration lasted = Duration.between(live.since(), now);
        return switch (live.state()) {
            case "RISING" -> !trouble ? "GONE" : lasted.compareTo(properties.raiseAfter()) >= 0 ? "OPEN" : "RISING";
            case "FALLING" -> trouble ? "OPEN" : lasted.compareTo(properties.clearAfter()) >= 0 ? "CLEARED" : "FALLING";
            default -> trouble ? "OPEN" : properties.clearAfter().isZero() ? "CLEARED" : "FALLING";
        };
    }

    /** Only what somebody has not been told of yet: a fall that did not last was never told. */
    private int tell(List<Move> moves) {
        var promises = new ArrayList<String>();
        int transitions = 0;
        for (Move move : moves) {
            boolean opened = move.to().equals("OPEN") && move.live().state().equals("RISING");
            boolean cleared = move.to().equals("CLEARED");
            if (!opened && !cleared) {
                continue;
            }
            transitions++;
            String transition = opened ? AlertWork.OPENED : AlertWork.CLEARED;
            log.warn(
                    "alert {} {}: {} {}",
                    move.live().id(),
                    transition,
                    move.live().kind(),
                    move.live().subject());
            channels.names().stream()
                    .sorted()
                    .forEach(channel -> promises.add(move.live().id() + "/" + transition + "/" + channel));
        }
        database.forEach(TELL, promises, key -> with("step", Step.ALERT.path()).addValue("key", key));
        return transitions;
    }

    private static MapSqlParameterSource words(Trouble trouble) {
        return with("what", trouble.what())
                .addValue("todo", trouble.todo())
                .addValue("count", trouble.count())
                .addValue("force", trouble.force());
    }

    private static String key(String kind, String subject) {
        return kind + " " + subject;
    }

    private record Move(Live live, String to) {}

    /** An alert that has not been cleared. */
    private record Live(
            long id, String kind, String subject, String state, Instant since, String what, String todo, long count) {

        boolean says(Trouble trouble) {
            return what.equals(trouble.what()) && todo.equals(trouble.todo()) && count == trouble.count();
        }
    }
}
