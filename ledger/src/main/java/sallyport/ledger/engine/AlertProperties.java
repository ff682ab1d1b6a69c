package sallyport.ledger.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When something is worth waking somebody. Nobody is told until a channel is set; the console shows alerts all the same.
 *
 * @param queueAfter a lane is held up when something has waited in it for this long
 * @param queueAfterImmediate and for this long when it is of the 24-hour class
 * @param failingCases or when so many of its cases failed and wait for their next try
 * @param causeSize a cause of failures is alerted from so many on; a fault in the hub from the first on
 * @param evidenceLag the evidence log is late when its oldest entry has waited for its place in the chain for this long
 * @param decisionsSoon a case of the 24-hour class that waits for a decision is warned of when so much of its time is left
 * @param raiseAfter trouble must last for this long before anybody is told
 * @param clearAfter and be gone for this long before it counts as over
 */
@ConfigurationProperties("sallyport.alerts")
public record AlertProperties(
        @DefaultValue("15m") Duration queueAfter,
        @DefaultValue("5m") Duration queueAfterImmediate,
        @DefaultValue("3") int failingCases,
        @DefaultValue("10") int causeSize,
        @DefaultValue("60s") Duration evidenceLag,
        @DefaultValue("4h") Duration decisionsSoon,
        @DefaultValue("1m") Duration raiseAfter,
        @DefaultValue("5m") Duration clearAfter) {

    public AlertProperties {
        require(queueAfter.toMillis() > 0, "queue-after must be longer than nothing");
        require(queueAfterImmediate.toMillis() > 0, "queue-after-immediate must be longer than nothing");
        require(failingCases >= 1, "failing-cases must be at least 1");
        require(causeSize >= 1, "cause-size must be at least 1");
        require(evidenceLag.toMillis() > 0, "evidence-lag must be longer than nothing");
        require(decisionsSoon.toMillis() > 0, "decisions-soon must be longer than nothing");
        require(!raiseAfter.isNegative(), "raise-after must not be negative");
        require(!clearAfter.isNegative(), "clear-after must not be negative");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.alerts." + otherwise);
        }
    }
}
