package sallyport.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * For how long a claim holds, counted from before the database began to count it, so its end is never the later one. It is over as
 * soon as either the clock or the time this process has been alive says so: a clock that jumps back does not lengthen it.
 *
 * @param until by this node's clock
 * @param nanos by {@link System#nanoTime()}
 */
public record Lease(Instant until, long nanos) {

    public static Lease of(Duration length, Clock clock) {
        return new Lease(clock.instant().plus(length), System.nanoTime() + length.toNanos());
    }

    public boolean isOver(Clock clock) {
        return System.nanoTime() - nanos >= 0 || !clock.instant().isBefore(until);
    }
}
