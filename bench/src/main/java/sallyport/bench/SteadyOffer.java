package sallyport.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Offers events at a fixed rate and times each from when it was due at the queue, even if it got there late, until its verdict
 * was seen committed. Looks every 10 ms, so a time is too long by that much at most, never too short.
 */
final class SteadyOffer {

    private static final Duration LOOK = Duration.ofMillis(10);

    private final Stage stage;
    private final Plan plan;
    private final int first;
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final AtomicInteger offered = new AtomicInteger();

    SteadyOffer(Stage stage, Plan plan, int first) {
        this.stage = stage;
        this.plan = plan;
        this.first = first;
    }

    /** @throws IllegalStateException when a verdict does not come */
    Latencies run() throws Exception {
        long[] taken = new long[plan.offered()];
        AtomicInteger seen = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            long interval = TimeUnit.SECONDS.toNanos(1) / plan.perSecond();
            long start = System.nanoTime();
            clock.scheduleAtFixedRate(() -> offerNext(start, interval), 0, interval, TimeUnit.NANOSECONDS);
            Waiting.until(
                    () -> {
                        for (String id : stage.ledger().judged(due.keySet())) {
                            taken[seen.getAndIncrement()] =
                                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - due.remove(id));
                        }
                        return seen.get() == plan.offered();
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
        if (next < plan.offered()) {
            due.put(Reports.id(first + next), start + next * interval);
            stage.offer(first + next);
        }
    }
}
