package sallyport.ledger;

import java.time.Duration;
import java.util.Optional;

/** Decides, once for the whole hub, what a failure is and what follows from it. Supplied by the application. */
public interface FailurePolicy {

    /** Which of the four kinds this is. Never throws. */
    Failure classify(Throwable failure);

    /** How long to wait before work inside the hub, or a poll, is tried again; empty parks it. {@code attempt} is the one that failed, from 1. */
    Optional<Duration> nextWorkTry(String step, int attempt, Failure failure);

    /**
     * How long to wait before this channel is tried again; empty turns to the next channel, and after the last one parks.
     *
     * @param attempt the one that failed on this channel, from 1
     */
    Optional<Duration> nextSend(String lane, String channel, CaseClass caseClass, int attempt, Failure failure);

    /** Whether the same bytes may be sent again after an unknown outcome: the partner dedupes or can be asked. */
    boolean dedupes(String lane, String channel);

    /** How many effects of this lane may be under way on this node at once; 0 stops claiming (a breaker is open). */
    int permits(String lane);
}
