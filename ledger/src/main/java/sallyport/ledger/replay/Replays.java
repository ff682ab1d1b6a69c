package sallyport.ledger.replay;

import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.desk.Commands.Answer;
import sallyport.ledger.desk.Commands.Asked;
import sallyport.ledger.desk.Commands.NotNow;
import sallyport.ledger.desk.Commands.NotThere;
import sallyport.ledger.desk.Scope;

/**
 * What people want of replays, each with who and why, written down as a command. A wish that is refused changes nothing; a job
 * with a case outside the scope is not there.
 */
public final class Replays {

    private static final int MAX_REASON = 1_000;

    private static final String ASK =
            """
            INSERT INTO replay (lane, force, cause, ended_from, ended_to, standing, everywhere, rate, asked_by, reason, prisons,
                                forces, look_to)
            VALUES (:lane, :force, :cause, :from, :to, :standing, :everywhere, :rate, :actor, :reason,
                    string_to_array(:prisons, ','), string_to_array(:forces, ','),
                    (SELECT coalesce(max(id), 0) FROM lane_item))
            RETURNING id
            """;

    private static final String COMMAND =
            """
            INSERT INTO command (kind, target, argument, actor, reason, done_at, result)
            VALUES (:kind, :target, :argument, :actor, :reason, now(), :result)
            """;

    private static final String CONFIRM =
            """
            UPDATE replay_item ri SET state = 'PLANNED', confirmed_by = :actor, confirmed_why = :reason
              FROM lane_item i
             WHERE ri.replay = :replay AND ri.lane_item = :item AND i.id = ri.lane_item AND ri.state = 'LEFT_OUT'
               AND (ri.verdict IN ('WOULD_DOUBLE', 'OTHER_BYTES')
                    OR ri.verdict = 'SUPERSEDED' AND i.kind <> 'TRACKER_ROW')
            """;

    /** What may come of it is a disclosure; this is why it was let happen. */
    private static final String CONFIRMED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, recipient, detail)
            SELECT 'ALTERATION', rc.reference, :actor, :reason, c.lane,
                   'message ' || i.message_id || ' is to be sent again by replay ' || :replay || ' although '
                   || lower(replace(ri.verdict, '_', ' '))
              FROM replay_item ri
              JOIN lane_item i ON i.id = ri.lane_item
              JOIN lane_case c ON c.id = i.lane_case
              JOIN referral_case rc ON rc.id = c.case_id
             WHERE ri.replay = :replay AND ri.lane_item = :item
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ReplayProperties properties;

    public Replays(DataSource dataSource, PlatformTransactionManager transactions, ReplayProperties properties) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
    }

    /**
     * Asks for a plan: nothing is sent before somebody starts it. Returns the number of the job.
     *
     * @param rate how many may begin in a second, on all nodes together
     * @param reason 1 to 1,000 characters
     * @throws BadReplay when the lane is unknown, or the rate is not above 0 or too high
     */
    public long ask(ReplayFilter filter, double rate, String actor, String reason, Scope scope) {
        checked(reason);
        if (!(rate > 0) || rate > properties.mostPerSecond()) {
            throw new BadReplay(
                    "rate", "must be above 0 and at most " + number(properties.mostPerSecond()) + " a second");
        }
        return inTransaction(() -> {
            if (filter.lane() != null && !laneExists(filter.lane())) {
                throw new BadReplay("lane", "must be a lane that the hub has");
            }
            long id = jdbc.sql(ASK)
                    .param("lane", filter.lane())
                    .param("force", filter.force())
                    .param("cause", filter.cause())
                    .param("from", ReplayRows.time(filter.from()))
                    .param("to", ReplayRows.time(filter.to()))
                    .param("standing", filter.standing().name())
                    .param("everywhere", filter.everywhere())
                    .param("rate", rate)
                    .param("actor", actor)
                    .param("reason", reason.strip())
                    .param("prisons", String.join(",", scope.prisons()))
                    .param("forces", String.join(",", scope.forces()))
                    .query(Long.class)
                    .single();
            command("REPLAY_ASK", id, null, actor, reason, "being planned");
            return id;
        });
    }

    private boolean laneExists(String lane) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM lane WHERE name = :lane)")
                .param("lane", lane)
                .query(Boolean.class)
                .single();
    }

    /**
     * Starts a job that is planned.
     *
     * @param paused it is to be resumed before anything is sent
     */
    public Answer start(long id, boolean paused, String actor, String reason, Scope scope) {
        return changed(id, "REPLAY_START", actor, reason, scope, job -> {
            if (!job.state().equals("PLANNED")) {
                return notNow(job, "started");
            }
            if (job.rehearsing()) {
                return "The replay is being sent to the shadow.";
            }
            if (job.sensitive() && job.askedBy().equals(actor)) {
                return "You asked for it: an item of it is of a class that a second person has to start.";
            }
            if (!planned(id)) {
                return "There is nothing to send: every item is left out.";
            }
            jdbc.sql(
                            """
                            UPDATE replay SET state = :state, started_by = :actor, started_at = now(), at_work = true
                             WHERE id = :id
                            """)
                    .param("state", paused ? "PAUSED" : "RUNNING")
                    .param("actor", actor)
                    .param("id", id)
                    .update();
            return "";
        });
    }

    /** Whether there is a shadow at all. */
    public boolean hasShadow() {
        return properties.shadowUrl() != null;
    }

    /** Sends what is planned to the shadow, and nothing to anybody else; it can be done again. */
    public Answer rehearse(long id, String actor, String reason, Scope scope) {
        return changed(id, "REPLAY_REHEARSE", actor, reason, scope, job -> {
            if (!hasShadow()) {
                return "No shadow is configured.";
            }
            if (!job.state().equals("PLANNED")) {
                return notNow(job, "rehearsed");
            }
            if (job.rehearsing()) {
                return "The replay is being sent to the shadow.";
            }
            jdbc.sql("UPDATE replay_item SET shadow = NULL WHERE replay = :id AND shadow IS NOT NULL")
                    .param("id", id)
                    .update();
            jdbc.sql("UPDATE replay SET rehearsing = true, shadowed_by = :actor, shadowed_at = now() WHERE id = :id")
                    .param("actor", actor)
                    .param("id", id)
                    .update();
            return "";
        });
    }

    /** What has been handed to the lanes goes on; nothing more is. */
    public Answer pause(long id, String actor, String reason, Scope scope) {
        return moved(id, "REPLAY_PAUSE", "RUNNING", "PAUSED", "paused", actor, reason, scope);
    }

    public Answer resume(long id, String actor, String reason, Scope scope) {
        return moved(id, "REPLAY_RESUME", "PAUSED", "RUNNING", "resumed", actor, reason, scope);
    }

    /** Nothing more is sent, for good; what has been handed to the lanes goes on. */
    public Answer cancel(long id, String actor, String reason, Scope scope) {
        return changed(id, "REPLAY_CANCEL", actor, reason, scope, job -> {
            if (Replay.State.valueOf(job.state()).isOver()) {
                return notNow(job, "cancelled");
            }
            jdbc.sql("UPDATE replay SET state = 'CANCELLED', rehearsing = false, ended_at = now() WHERE id = :id")
                    .param("id", id)
                    .update();
            return "";
        });
    }

    /** A person's word that one item is to be sent although its verdict keeps it back; before the job is started. */
    public Answer confirm(long id, long item, String actor, String reason, Scope scope) {
        return changed(id, "REPLAY_CONFIRM", Long.toString(item), actor, reason, scope, job -> {
            if (!job.state().equals("PLANNED")) {
                return notNow(job, "added to");
            }
            int confirmed = jdbc.sql(CONFIRM)
                    .param("replay", id)
                    .param("item", item)
                    .param("actor", actor)
                    .param("reason", reason.strip())
                    .update();
            if (confirmed == 0) {
                return "This item is not one that a person can let go.";
            }
            jdbc.sql(CONFIRMED)
                    .param("replay", id)
                    .param("item", item)
                    .param("actor", actor)
                    .param("reason", reason.strip())
                    .update();
            return "";
        });
    }

    private Answer moved(
            long id, String kind, String from, String to, String done, String actor, String reason, Scope scope) {
        return changed(id, kind, actor, reason, scope, job -> {
            if (!job.state().equals(from)) {
                return notNow(job, done);
            }
            jdbc.sql("UPDATE replay SET state = :to WHERE id = :id")
                    .param("to", to)
                    .param("id", id)
                    .update();
            return "";
        });
    }

    private static String notNow(Job job, String wished) {
        return switch (Replay.State.valueOf(job.state())) {
            case CANCELLED -> "The replay was cancelled and cannot be " + wished + ": ask for a new one.";
            case DONE -> "The replay is done and cannot be " + wished + ".";
            case REFUSED -> "The replay was refused and cannot be " + wished + ": ask for one with a narrower filter.";
            case PLANNING -> "The replay is still being planned.";
            case PLANNED -> "The replay has not been started.";
            case RUNNING -> "The replay is running.";
            case PAUSED -> "The replay is paused.";
        };
    }

    private boolean planned(long id) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM replay_item WHERE replay = :id AND state = 'PLANNED')")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private record Job(String state, boolean sensitive, String askedBy, boolean rehearsing) {}

    /** Returns why not; empty when it was done. */
    @FunctionalInterface
    private interface Change {
        String to(Job job);
    }

    private Answer changed(long id, String kind, String actor, String reason, Scope scope, Change change) {
        return changed(id, kind, null, actor, reason, scope, change);
    }

    private Answer changed(
            long id, String kind, @Nullable String argument, String actor, String reason, Scope scope, Change change) {
        checked(reason);
        return inTransaction(() -> {
            // The row lock makes two who ask at once ask one after the other.
            var job = scope.bind(jdbc.sql(
                            "SELECT r.state, r.sensitive, r.asked_by, r.rehearsing FROM replay r WHERE r.id = :id AND "
                                    + ReplayDesk.IN_SCOPE + " FOR NO KEY UPDATE"))
                    .param("id", id)
                    .param("me", actor)
                    .query((row, n) -> new Job(
                            row.getString("state"),
                            row.getBoolean("sensitive"),
                            row.getString("asked_by"),
                            row.getBoolean("rehearsing")))
                    .optional();
            if (job.isEmpty()) {
                return new NotThere();
            }
            String why = change.to(job.get());
            return why.isEmpty() ? new Asked(command(kind, id, argument, actor, reason, "done")) : new NotNow(why);
        });
    }

    private long command(String kind, long id, @Nullable String argument, String actor, String reason, String result) {
        return jdbc.sql(COMMAND + " RETURNING id")
                .param("kind", kind)
                .param("target", "replay/" + id)
                .param("argument", argument)
                .param("actor", actor)
                .param("reason", reason.strip())
                .param("result", result)
                .query(Long.class)
                .single();
    }

    private static void checked(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new BadReplay("reason", "must be 1 to 1,000 characters");
        }
    }

    private static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private <T> T inTransaction(java.util.function.Supplier<T> body) {
        return Objects.requireNonNull(transaction.execute(status -> body.get()));
    }
}
