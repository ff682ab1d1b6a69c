package sallyport.connectors.filedrop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.connectors.wire.Unavailable;

/**
 * How Camel's file component looks after one directory: when it is this node's turn and the directory is well, at files that have settled,
 * and a file is moved only when the ledger has said what became of it. One thread.
 */
final class DropWatch
        implements PollingConsumerPollStrategy,
                GenericFileFilter<java.io.File>,
                GenericFileProcessStrategy<java.io.File> {

    static final String FILE = "sallyport.dropped-file";
    static final String VERDICT = "sallyport.drop-verdict";

    private static final Logger LOG = LoggerFactory.getLogger(DropWatch.class);
    private static final String WELL = "";
    private static final Duration TIDY = Duration.ofHours(1);
    /** How those who write a file call it until it is whole. */
    private static final Set<String> UNFINISHED = Set.of(
            ".tmp",
            ".temp",
            ".part",
            ".partial",
            ".filepart",
            ".crdownload",
            ".download",
            ".swp",
            ".lock",
            ".camellock");

    private final DropFeed feed;
    private final DropDirectory directory;
    private final FileDropProperties properties;
    private final DropTurns turns;
    private final FileDropHealth health;
    private final Clock clock;
    private final LongSupplier nanos;

    private final Map<String, Seen> seen = new HashMap<>();
    private long round;
    private @Nullable Instant tidied;
    private @Nullable String problem;
    /** What people know: nothing yet, that all is well, or what is wrong. */
    private @Nullable String told;

    /** How a file looked, since when, and at which look last. */
    private record Seen(Look look, long since, long round) {}

    DropWatch(
            DropFeed feed,
            FileDropProperties properties,
            DropTurns turns,
            FileDropHealth health,
            Clock clock,
            LongSupplier nanos) {
        this.feed = feed;
        this.directory =
                new DropDirectory(feed.name(), Path.of(properties.directories().get(feed.name())), clock);
        this.properties = properties;
        this.turns = turns;
        this.health = health;
        this.clock = clock;
        this.nanos = nanos;
    }

    // Each look
    // --------------------------------------------------------------------------------------------------------

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        round++;
        problem = null;
        try {
            if (!turns.mine(feed.name())) {
                // Another node says how it is.
                health.well(feed.name());
                seen.clear();
                told = null;
                return false;
            }
            directory.check();
            if (tidied == null || tidied.plus(TIDY).isBefore(clock.instant())) {
                directory.tidy(properties.keepDone(), properties.keepRejected());
                tidied = clock.instant();
            }
            return true;
        } catch (Trouble trouble) {
            failed(trouble.getMessage());
        } catch (RuntimeException e) {
            failed("the ledger is away (" + e.getClass().getSimpleName() + ")");
        }
        said();
        return false;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        seen.values().removeIf(each -> each.round() < round);
        said();
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int tries, Exception cause) {
        failed("the directory cannot be looked at (" + cause.getClass().getSimpleName() + ")");
        said();
        return false;
    }

    private void failed(String words) {
        problem = problem == null ? words : problem;
    }

    /** One line and one word to people when it begins, and when it is over; nothing in between. */
    private void said() {
        String now = problem == null ? WELL : problem;
        if (problem != null && health.problem(feed.name(), problem)) {
            LOG.warn("file-drop {}: {}", feed.name(), problem);
        } else if (problem == null && health.well(feed.name())) {
            LOG.info("file-drop {}: all is well again", feed.name());
        }
        if (now.equals(told)) {
            return;
        }
        try {
            if (problem == null) {
                turns.well(feed.name());
            } else {
                turns.trouble(feed.name(), problem);
            }
            told = now;
        } catch (RuntimeException ledgerAway) {
            // Told at the next look.
            told = null;
        }
    }

    // Each file
    // --------------------------------------------------------------------------------------------------------

    /** Before Camel counts it: files that never settle must not keep others from being seen. */
    @Override
    public boolean accept(GenericFile<java.io.File> file) {
        String name = file.getFileNameOnly();
        return !file.isDirectory() && !isUnfinished(name) && hasSettled(name);
    }

    private static boolean isUnfinished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".")
                || lower.startsWith("~")
                || lower.startsWith("_")
                || lower.endsWith("~")
                || UNFINISHED.stream().anyMatch(lower::endsWith);
    }

    /** By our own clock, which nobody sets: the time of a file is its sender's, and may be yesterday while it is still being written. */
    private boolean hasSettled(String name) {
        Optional<Look> look = Look.at(directory.in(name));
        if (look.isEmpty()) {
            return false;
        }
        Seen before = seen.get(name);
        boolean same = before != null && before.look().equals(look.get());
        long since = same ? before.since() : nanos.getAsLong();
        seen.put(name, new Seen(look.get(), since, round));
        return nanos.getAsLong() - since >= properties.settle().toNanos();
    }

    @Override
    public void prepareOnStartup(
            GenericFileOperations<java.io.File> operations, GenericFileEndpoint<java.io.File> endpoint) {
        // Nothing is left behind that would have to be taken away.
    }

    @Override
    public boolean begin(
            GenericFileOperations<java.io.File> operations,
            GenericFileEndpoint<java.io.File> endpoint,
            Exchange exchange,
            GenericFile<java.io.File> file) {
        String name = file.getFileNameOnly();
        Seen settled = seen.get(name);
        if (settled == null) {
            return false;
        }
        exchange.setProperty(
                FILE, new DroppedFile(feed.name(), directory.in(name), settled.look(), refused(name, settled.look())));
        return true;
    }

    private @Nullable String refused(String name, Look look) {
        if (!look.plain()) {
            return "not-a-plain-file";
        }
        if (feed.endings().stream().noneMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
            return "other-ending";
        }
        if (look.size() == 0) {
            return "empty";
        }
        return look.size() > properties.largest(feed.name()) ? "too-large" : null;
    }

    private void failed(Exchange exchange) {
        Throwable cause = exchange.getException();
        if (cause == null) {
            cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        }
        if (cause instanceof Unavailable unavailable && unavailable.code().equals(DroppedFile.STILL_CHANGING)) {
            return;
        }
        failed(
                cause instanceof Unavailable unavailable
                        ? "a file cannot be taken in: " + unavailable.getMessage()
                        : "a file cannot be taken in ("
                                + (cause == null ? "failed" : cause.getClass().getSimpleName()) + ")");
    }

    @Override
    public void commit(
            GenericFileOperations<java.io.File> operations,
            GenericFileEndpoint<java.io.File> endpoint,
            Exchange exchange,
            GenericFile<java.io.File> file) {
        DroppedFile dropped = exchange.getProperty(FILE, DroppedFile.class);
        DropVerdict verdict = exchange.getProperty(VERDICT, DropVerdict.class);
        if (verdict == null) {
            return;
        }
        try {
            if (verdict.done()) {
                directory.done(dropped);
            } else {
                directory.rejected(dropped, verdict.why());
            }
            seen.remove(file.getFileNameOnly());
        } catch (Trouble trouble) {
            failed(trouble.getMessage());
        }
    }

    @Override
    public void abort(
            GenericFileOperations<java.io.File> operations,
            GenericFileEndpoint<java.io.File> endpoint,
            Exchange exchange,
            GenericFile<java.io.File> file) {
        // It lies where it lay.
    }

    /** What keeps a file from being taken in leaves it where it is. */
    @Override
    public void rollback(
            GenericFileOperations<java.io.File> operations,
            GenericFileEndpoint<java.io.File> endpoint,
            Exchange exchange,
            GenericFile<java.io.File> file) {
        failed(exchange);
    }
}
