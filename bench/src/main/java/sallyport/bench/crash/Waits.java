package sallyport.bench.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting, never for ever. */
final class Waits {

    private static final long LOOK_MILLIS = 50;

    private Waits() {}

    /** @throws IllegalStateException naming what did not come true in time */
    static void until(String what, Duration patience, Callable<Boolean> condition) {
        if (!within(patience, condition)) {
            throw new IllegalStateException("not within " + patience.toSeconds() + " s: " + what);
        }
    }

    /** Whether it came true in time. */
    static boolean within(Duration patience, Callable<Boolean> condition) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return true;
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                // Whoever was asked is down just now: that is what this is about.
            }
            if (System.nanoTime() - until > 0) {
                return false;
            }
            pause(LOOK_MILLIS);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
