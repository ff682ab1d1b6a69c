package sallyport.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Bounded waiting: what does not come about in {@link Plan#PATIENCE} is an {@link IllegalStateException}. */
final class Waiting {

    private static final Duration LOOK = Duration.ofMillis(100);

    private Waiting() {}

    static void until(Callable<Boolean> condition) throws Exception {
        until(condition, LOOK, Plan.PATIENCE);
    }

    static void until(Callable<Boolean> condition, Duration look, Duration atMost) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + atMost.toSeconds() + " s in vain");
            }
            TimeUnit.NANOSECONDS.sleep(look.toNanos());
        }
    }
}
