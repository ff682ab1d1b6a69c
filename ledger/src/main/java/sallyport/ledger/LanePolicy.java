package sallyport.ledger;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how each destination is treated: how much at once, how often again, by when, and what follows from an unknown outcome.
 * Supplied by the application; asked often, so it answers from memory.
 */
public interface LanePolicy {

    /**
     * How long to wait before this channel is tried again; empty turns to the next channel, and after the last one parks.
     *
     * @param attempt the one that failed on this channel since the item was promised or released, from 1
     */
    Optional<Duration> nextSend(String lane, String channel, CaseClass caseClass, int attempt, Failure failure);

    AfterUnknown afterUnknown(String lane, String channel);

    /** How many effects of this lane may be under way on this node at once, over all channels. */
    int concurrency(String lane);

    /** How many of them by this channel; 0 stops claiming, because its breaker is open. */
    int permits(String lane, String channel);

    /** How many effects a second may begin in this lane on all nodes together; empty for any number. */
    Optional<Rate> rate(String lane);

    /**
     * How long a channel may take, from its turn to the partner's acceptance, before the next one is tried or, after the last, a
     * person is asked; null for as long as the ladder goes.
     *
     * @param last whether no other channel follows
     */
    @Nullable
    Duration patience(String lane, String channel, CaseClass caseClass, boolean last);

    /** Told of every attempt that ended on this node; null when the partner accepted. */
    void ended(String lane, String channel, @Nullable Failure failure);

    /**
     * @param perSecond above 0
     * @param burst how many may begin at once after a pause; at least 1
     */
    record Rate(double perSecond, double burst) {

        public Rate {
            if (!(perSecond > 0) || !(burst >= 1)) {
                throw new IllegalArgumentException("a rate is above 0, a burst at least 1");
            }
        }
    }
}
