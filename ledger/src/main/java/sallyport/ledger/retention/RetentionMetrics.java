package sallyport.ledger.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import sallyport.ledger.retention.Purger.Standing;

/** By kind: how long the oldest record is past its policy (0 when the policy is kept), how many are, and whether a run was refused. */
final class RetentionMetrics {

    private final MeterRegistry registry;
    private final Map<Kept, AtomicLong> pastPolicy = new EnumMap<>(Kept.class);
    private final Map<Kept, AtomicLong> due = new EnumMap<>(Kept.class);
    private final Map<Kept, AtomicLong> refused = new EnumMap<>(Kept.class);
    private final AtomicLong lookedAt = new AtomicLong();

    RetentionMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Kept kept : Kept.values()) {
            pastPolicy.put(kept, gauge("sallyport.retention.past.policy.seconds", kept));
            due.put(kept, gauge("sallyport.retention.due", kept));
            refused.put(kept, gauge("sallyport.retention.refused", kept));
            registry.counter("sallyport.retention.erased", "kind", kept.label());
        }
        // A gauge that nobody moves any more would say that all is well.
        registry.gauge("sallyport.retention.looked.at.seconds", lookedAt);
    }

    private AtomicLong gauge(String name, Kept kept) {
        var value = new AtomicLong();
        io.micrometer.core.instrument.Gauge.builder(name, value, AtomicLong::get)
                .tag("kind", kept.label())
                .register(registry);
        return value;
    }

    void erased(Kept kept, long n) {
        registry.counter("sallyport.retention.erased", "kind", kept.label()).increment(n);
    }

    void standing(Map<Kept, Standing> standings, Instant now, RetentionProperties properties) {
        standings.forEach((kept, standing) -> {
            set(pastPolicy, kept, pastPolicy(kept, standing, now, properties).toSeconds());
            set(due, kept, standing.due());
            set(refused, kept, standing.refused() == null ? 0 : 1);
        });
        lookedAt.set(now.getEpochSecond());
    }

    static Duration pastPolicy(Kept kept, Standing standing, Instant now, RetentionProperties properties) {
        return standing.oldest() == null
                ? Duration.ZERO
                : Duration.between(standing.oldest().plus(properties.term(kept)), now);
    }

    private static void set(Map<Kept, AtomicLong> gauges, Kept kept, long value) {
        AtomicLong gauge = gauges.get(kept);
        if (gauge != null) {
            gauge.set(value);
        }
    }
}
