package sallyport.ledger;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Named places at which the crash suite ends or freezes this process. Nothing happens unless the system property
 * {@value #PROPERTY} names one: {@code <point>:<nth time>}, with {@code :freeze} behind it to stop the process as SIGSTOP does
 * instead of ending it as a power cut would.
 */
public enum FaultPoint {
    /** Hints are committed, their events are not deleted at their queue. */
    HINTS_COMMITTED,
    /** A claim is committed, its exchange has not begun. */
    CLAIMED,
    /** A lane item is SENDING, not a byte has left. */
    SENDING_COMMITTED,
    /** The partner has answered, the ledger does not know yet. */
    ANSWERED,
    /** In the middle of a batch's transaction. */
    MID_BATCH,
    /** A poll source's cursor has moved in a transaction that is not committed. */
    CURSOR_ADVANCED,
    /** A batch is committed, nobody has been told. */
    BATCH_COMMITTED,
    /** Chain numbers are given out in a transaction that is not committed. */
    CHAIN_WRITTEN,
    /** What a partner sent is stored and not acknowledged. */
    INBOUND_STORED;

    public static final String PROPERTY = "sallyport.fault";

    private static final @Nullable Armed ARMED = Armed.of(System.getProperty(PROPERTY));

    /** Ends or freezes the process if this is the time and place; else does nothing. */
    public void reached() {
        if (ARMED != null && ARMED.point == this && ARMED.passages.incrementAndGet() == ARMED.nth) {
            ARMED.strike();
        }
    }

    private record Armed(FaultPoint point, long nth, boolean freezes, AtomicLong passages) {

        static @Nullable Armed of(@Nullable String setting) {
            if (setting == null || setting.isBlank()) {
                return null;
            }
            String[] parts = setting.split(":");
            return new Armed(
                    FaultPoint.valueOf(parts[0]),
                    Long.parseLong(parts[1]),
                    parts.length > 2 && parts[2].equals("freeze"),
                    new AtomicLong());
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
