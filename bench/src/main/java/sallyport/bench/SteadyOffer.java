package sallyport.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Offers events at a fixed rate and times each from when it was due at the queue, even if it got there late, until its package was
 * seen delivered to its force. Looks every 10 ms, so a time is too long by that much at most, never too short.
 */
final class SteadyOffer {

    private static final Duration LOOK = Duration.ofMillis(10);

    /** Report numbers are used once in the life of a bench. */
    private static final AtomicInteger NEXT = new AtomicInteger(Reports.REFERRED_AT_ONCE);

    private final Stage stage;
    private final int perSecond;
    private final int events;
    private final int first;
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final AtomicInteger offered = new AtomicInteger();

    SteadyOffer(Stage stage, int perSecond, int seconds) {
        this.stage = stage;
        this.perSecond = perSecond;
        this.events = perSecond * seconds;
        this.first = NEXT.getAndAdd(events);
    }

    /** @throws IllegalStateException when a package does not get there */
    Latencies run() throws Exception {
        long[] taken = new long[events];
        AtomicInteger seen = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
            long start = System.nanoTime();
            clock.scheduleAtFixedRate(() -> offerNext(start, interval), 0, interval, TimeUnit.NANOSECONDS);
            Waiting.until(
                    () -> {
                        for (String id : stage.ledger().delivered(due.keySet())) {
                            taken[seen.getAndIncrement()] =
                                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - due.remove(id));
                        }
                        return seen.get() == events;
                    },
                    LOOK,
                    Plan.PATIENCE);
        } finally {
            clock.shutdownNow();
        }
        return Latencies.of(taken);
    }

    private void offerNext(long start, long interval) {
        int next = offered.getAndIncrement();
        if (next < events) {
            due.put(Reports.id(first + next), start + next * interval);
            stage.offer(first + next);
        }
    }
}
