package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Drops;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effects;

/** Dropped files in PostgreSQL. All is written in the transaction that holds the feed's duty. */
final class LedgerDrops implements Drops {

    /** Much longer than the time between two looks. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** A bulk extract of a whole service is one transaction; nobody else waits for its duty, as rows that are held are skipped. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** So many effects are in memory. */
    private static final int PORTION = 200;

    private static final int MOST_LINES = 100;

    private static final String KNOWN =
            "SELECT why FROM dropped_file WHERE feed = :feed AND sha256 = :sha256 AND state <> 'REFUSED'";

    private static final String STORE =
            """
            INSERT INTO dropped_file AS d (feed, sha256, size, state, why) VALUES (:feed, :sha256, :size, :state, :why)
            ON CONFLICT (feed, sha256) DO UPDATE SET state = EXCLUDED.state, why = EXCLUDED.why, at = now()
             WHERE d.state = 'REFUSED'
            """;

    private final Database database;
    private final Duties duties;
    private final BatchWriter writer;
    private final Tasks tasks;
    private final Runnable wake;

    LedgerDrops(LedgerNode node) {
        database = node.database();
        duties = node.duties().lasting(LONGEST);
        writer = node.writer();
        tasks = node.tasks();
        wake = node.dispatcher()::wake;
    }

    @Override
    public boolean mine(String feed) {
        return duties.inTurn(duty(feed), LEASE, fence -> true).isPresent();
    }

    @Override
    public Optional<Kept> take(DropId file, Reading reading) {
        var asked = new AtomicBoolean();
        Optional<Kept> kept = again(() -> duties.inTurn(duty(file.feed()), LEASE, fence -> {
            Optional<Kept> before = known(file);
            if (before.isPresent()) {
                return before.get();
            }
            var portion = new Portion();
            List<String> why = reading.read(portion);
            portion.flush();
            asked.set(portion.asked);
            store(file, why.isEmpty() ? "TAKEN" : "PARTLY", why);
            return new Kept(false, why);
        }));
        if (asked.get()) {
            wake.run();
        }
        return kept;
    }

    @Override
    public boolean refuse(String feed, @Nullable DropId file, List<String> why, OpenTask task) {
        return again(() -> duties.inTurn(duty(feed), LEASE, fence -> {
                    if (file != null) {
                        store(file, "REFUSED", why);
                    }
                    tasks.open(List.of(task));
                    return true;
                }))
                .isPresent();
    }

    @Override
    public void trouble(String feed, @Nullable String words) {
        String subject = feed + "/directory";
        database.inTransactionAgain(() -> {
            if (words == null) {
                tasks.close(List.of(new CloseTasks(TASK, Set.of(subject), "the directory is looked at again")));
            } else {
                tasks.open(List.of(new OpenTask(TASK, subject, null, null, null, words, null)));
            }
            return true;
        });
    }

    private static String duty(String feed) {
        return "dropped-files/" + feed;
    }

    private Optional<Kept> known(DropId file) {
        return database.sql().queryForList(KNOWN, key(file), String.class).stream()
                .findFirst()
                .map(why -> new Kept(true, why.lines().toList()));
    }

    private void store(DropId file, String state, List<String> why) {
        database.sql()
                .update(
                        STORE,
                        key(file)
                                .addValue("size", file.size())
                                .addValue("state", state)
                                .addValue(
                                        "why",
                                        Objects.requireNonNull(Parked.writable(
                                                why.stream().limit(MOST_LINES).collect(Collectors.joining("\n"))))));
    }

    private static MapSqlParameterSource key(DropId file) {
        return with("feed", file.feed()).addValue("sha256", file.sha256());
    }

    private static <T> Optional<T> again(Supplier<Optional<T>> turn) {
        for (int left = 5; ; left--) {
            try {
                return turn.get();
            } catch (RuntimeException e) {
                if (left == 0 || Faults.meaning(e) != Faults.Meaning.AGAIN) {
                    throw e;
                }
            }
        }
    }

    /** Writes whenever there is enough, in the transaction that is open. */
    private final class Portion implements Consumer<Effect> {

        private final List<Effect> waiting = new ArrayList<>();
        private boolean asked;

        @Override
        public void accept(Effect effect) {
            waiting.add(effect);
            if (waiting.size() == PORTION) {
                flush();
            }
        }

        void flush() {
            if (!waiting.isEmpty()) {
                asked |= writer.writeBeside(Effects.of(waiting));
                waiting.clear();
            }
        }
    }
}
