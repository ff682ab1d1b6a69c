package sallyport.ledger.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job as people see it.
 *
 * @param rate how many may begin in a second
 * @param sensitive takes another person to start than the one who asked
 * @param verdicts how many items have which verdict
 * @param standings how many items are in which state
 * @param rehearsing it is being sent to the shadow
 * @param shadow how many items the shadow answered in which way
 * @param retrying of those released, how many failed and are on their ladder
 */
public record Replay(
        long id,
        State state,
        ReplayFilter filter,
        double rate,
        String askedBy,
        String reason,
        Instant askedAt,
        @Nullable String refusedWhy,
        boolean sensitive,
        @Nullable String startedBy,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Map<Verdict, Long> verdicts,
        Map<ItemState, Long> standings,
        boolean rehearsing,
        Map<String, Long> shadow,
        long retrying) {

    public Replay {
        verdicts = Map.copyOf(verdicts);
        standings = Map.copyOf(standings);
        shadow = Map.copyOf(shadow);
    }

    public enum State {
        /** Items are being selected and judged. */
        PLANNING,
        /** The filter found more than is allowed. */
        REFUSED,
        /** Waits for a person to start it. */
        PLANNED,
        RUNNING,
        PAUSED,
        DONE,
        CANCELLED;

        public boolean isOver() {
            return this == REFUSED || this == DONE || this == CANCELLED;
        }
    }

    public enum ItemState {
        /** Will be sent. */
        PLANNED,
        /** Its verdict keeps it back, until a person confirms it. */
        LEFT_OUT,
        /** Handed to its lane. */
        RELEASED,
        /** The destination has it. */
        SENT,
        /** Parked: a person is needed. */
        FAILED,
        /** Not sent: its case was in the way, or it had changed since it was planned. */
        SKIPPED
    }

    public long count(ItemState state) {
        return standings.getOrDefault(state, 0L);
    }

    public long total() {
        return standings.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many are or were to be sent. */
    public long chosen() {
        return total() - count(ItemState.LEFT_OUT);
    }

    /** How many of those chosen have a result. */
    public long ended() {
        return count(ItemState.SENT) + count(ItemState.FAILED) + count(ItemState.SKIPPED);
    }

    /** What is left to send, at this rate. */
    public Duration takes() {
        return Duration.ofMillis(Math.round(1000.0 * count(ItemState.PLANNED) / rate));
    }
}
