package sallyport.ledger.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What the ledger says of itself; steps, lanes and counts, nothing about a person. */
final class LedgerMetrics {

    private final Counter claims;
    private final Counter completions;
    private final Counter lostFences;
    private final Counter stale;
    private final Counter parked;
    private final Counter left;
    private final DistributionSummary batchSize;
    private final AtomicReference<Double> chainLag = new AtomicReference<>(0.0);
    private final MultiGauge workDue;
    private final MultiGauge workParked;
    private final MultiGauge laneQueued;
    private final MultiGauge laneParked;
    private final MultiGauge receiptsDueSoon;
    private final MultiGauge receiptsOverdue;

    LedgerMetrics(MeterRegistry registry) {
        claims = registry.counter("sallyport.ledger.claims");
        completions = registry.counter("sallyport.ledger.completions");
        lostFences = registry.counter("sallyport.ledger.lost.fences");
        stale = registry.counter("sallyport.ledger.stale.runs");
        parked = registry.counter("sallyport.ledger.parked");
        left = registry.counter("sallyport.ledger.left.to.lease");
        batchSize = DistributionSummary.builder("sallyport.ledger.batch.size").register(registry);
        registry.gauge("sallyport.ledger.chain.lag.seconds", chainLag, AtomicReference::get);
        workDue = MultiGauge.builder("sallyport.ledger.work.due").register(registry);
        workParked = MultiGauge.builder("sallyport.ledger.work.parked").register(registry);
        laneQueued = MultiGauge.builder("sallyport.ledger.lane.queued").register(registry);
        laneParked = MultiGauge.builder("sallyport.ledger.lane.parked").register(registry);
        receiptsDueSoon =
                MultiGauge.builder("sallyport.ledger.receipts.due.soon").register(registry);
        receiptsOverdue =
                MultiGauge.builder("sallyport.ledger.receipts.overdue").register(registry);
    }

    /**
     * How much waits in one place.
     *
     * @param what {@code work}, {@code lane}, or {@code receipt} of a lane
     * @param waiting of receipts, those that are due soon
     * @param parked of receipts, those that are overdue
     */
    record Waiting(String what, String name, long waiting, long parked) {}

    void claimed(int n) {
        claims.increment(n);
    }

    void committed(int size, BatchWriter.Written result) {
        batchSize.record(size);
        lostFences.increment(result.lost().size());
        stale.increment(result.stale().size());
        parked.increment(result.parked().size());
        completions.increment(size - result.lost().size() - result.stale().size());
    }

    void left(int n) {
        left.increment(n);
    }

    void parkedAtClaim(int n) {
        parked.increment(n);
    }

    void chainLag(double seconds) {
        chainLag.set(seconds);
    }

    void sampled(List<Waiting> sample) {
        workDue.register(rows(sample, "work", "step", false), true);
        workParked.register(rows(sample, "work", "step", true), true);
        laneQueued.register(rows(sample, "lane", "lane", false), true);
        laneParked.register(rows(sample, "lane", "lane", true), true);
        receiptsDueSoon.register(rows(sample, "receipt", "lane", false), true);
        receiptsOverdue.register(rows(sample, "receipt", "lane", true), true);
    }

    double lostFences() {
        return lostFences.count();
    }

    private static List<MultiGauge.Row<?>> rows(List<Waiting> sample, String what, String tag, boolean parked) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        sample.stream()
                .filter(waiting -> waiting.what().equals(what))
                .forEach(waiting -> rows.add(MultiGauge.Row.of(
                        Tags.of(tag, waiting.name()), parked ? waiting.parked() : waiting.waiting())));
        return rows;
    }
}
