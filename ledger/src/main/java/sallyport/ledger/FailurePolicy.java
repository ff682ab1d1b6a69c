package sallyport.ledger;

import java.time.Duration;
import java.util.Optional;

/** Decides, once for the whole hub, what a failure is and what follows from it. Supplied by the application. */
public interface FailurePolicy {

    /** Which of the four kinds this is. Never throws. */
    Failure classify(Throwable failure);

    /** How long to wait before work inside the hub, or a poll, is tried again; empty parks it. {@code attempt} is the one that failed, from 1. */
    Optional<Duration> nextWorkTry(String step, int attempt, Failure failure);
}
