package sallyport.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Named places at which the crash suite ends or freezes this process. Nothing happens unless this JVM was started with the system
 * property {@value #PROPERTY}, which names one: {@code <point>:<nth time>}, with {@code :freeze} behind it to stop the process as
 * SIGSTOP does instead of ending it as a power cut would; or with {@value #FILE_PROPERTY}, which names a file that is looked at
 * ten times a second for the same words, so that a point can be armed while the process works. No setting of the hub, and nothing
 * that reaches it over a network, can do either.
 */
public enum FaultPoint {
    /** Hints are committed, their events are not deleted at their queue. */
    HINTS_COMMITTED,
    /** A claim is committed, its exchange has not begun. */
    CLAIMED,
    /** A lane item is SENDING, not a byte has left. */
    SENDING_COMMITTED,
    /** A package's lease was looked at for the last time, not a byte has left. */
    LEASE_SEEN,
    /** The partner has answered, the ledger does not know yet. */
    ANSWERED,
    /** A step inside the hub has ended, its result waits for a batch. */
    STEP_ENDED,
    /** In the middle of a batch's transaction. */
    MID_BATCH,
    /** All of a batch is written, its transaction is not committed. */
    BATCH_WRITTEN,
    /** A poll source's cursor has moved in a transaction that is not committed. */
    CURSOR_ADVANCED,
    /** A batch is committed, nobody has been told. */
    BATCH_COMMITTED,
    /** Chain numbers are given out in a transaction that is not committed. */
    CHAIN_WRITTEN,
    /** A checkpoint of the evidence log is committed, its file is not written. */
    CHECKPOINT_SIGNED,
    /** Its file is written, the ledger does not know yet. */
    CHECKPOINT_PUBLISHED,
    /** What a partner sent is stored, not judged and not acknowledged. */
    INBOUND_STORED,
    /** What a partner sent is stored and judged, and not acknowledged. */
    INBOUND_JUDGED,
    /** A dropped file is committed, it lies where it was dropped. */
    DROP_COMMITTED,
    /** A batch of a purge is erased and certified in a transaction that is not committed. */
    MID_PURGE;

    public static final String PROPERTY = "sallyport.fault";
    public static final String FILE_PROPERTY = "sallyport.fault.file";

    private static final long LOOK_MILLIS = 100;

    private static volatile @Nullable Armed armed = Armed.of(System.getProperty(PROPERTY));

    static {
        String file = System.getProperty(FILE_PROPERTY);
        if (file != null && !file.isBlank()) {
            Thread watcher = new Thread(() -> watch(Path.of(file)), "fault-points");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    /** Ends or freezes the process if this is the time and place; else does nothing. */
    public void reached() {
        Armed now = armed;
        if (now != null && now.point == this && now.passages.incrementAndGet() == now.nth) {
            now.strike();
        }
    }

    /** Arms what the file says whenever it says something else; a file that is not there, or says nonsense, arms nothing. */
    private static void watch(Path file) {
        String known = "";
        try {
            while (true) {
                String words = read(file);
                if (!words.equals(known)) {
                    known = words;
                    armed = Armed.of(words);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private record Armed(FaultPoint point, long nth, boolean freezes, AtomicLong passages) {

        private static final Pattern WORDS = Pattern.compile("([A-Z_]+):([0-9]{1,9})(:freeze)?");

        static @Nullable Armed of(@Nullable String setting) {
            Matcher words = WORDS.matcher(setting == null ? "" : setting.strip());
            if (!words.matches()) {
                return null;
            }
            return Stream.of(FaultPoint.values())
                    .filter(point -> point.name().equals(words.group(1)))
                    .findFirst()
                    .map(point ->
                            new Armed(point, Long.parseLong(words.group(2)), words.group(3) != null, new AtomicLong()))
                    .orElse(null);
        }

        private void strike() {
            if (!freezes) {
                // No shutdown hooks, no finally blocks: as near to a power cut as a process can come by itself.
                Runtime.getRuntime().halt(137);
            }
            try {
                new ProcessBuilder(
                                "kill",
                                "-STOP",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor(10, TimeUnit.SECONDS);
            } catch (IOException e) {
                throw new IllegalStateException("this process cannot be frozen", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
