package sallyport.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking the evidence log.
 *
 * @param at when it began
 * @param from the first entry that there should be
 * @param entries how many were found as they were written, up to the first that was not
 * @param covered up to which entry a checkpoint vouches; what is beyond is chained and could still be cut off unseen
 * @param checkpoints how many were found as they were written
 * @param lastCheckpoint the number of the last there should be
 * @param unchained entries that have no place in the chain yet
 * @param findings what is not as it was, checkpoints first; at most {@value #MOST}
 * @param found how many of these there were in all
 * @param refusal why it could not be checked
 */
public record Verification(
        State state,
        Instant at,
        Duration took,
        long from,
        long entries,
        long covered,
        long checkpoints,
        long lastCheckpoint,
        long unchained,
        List<Finding> findings,
        long found,
        @Nullable String refusal) {

    public static final int MOST = 20;

    /** With the exit code of the command. */
    public enum State {
        INTACT(0),
        TAMPERED(1),
        UNCHECKED(2);

        private final int exitCode;

        State(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    public Verification {
        findings = List.copyOf(findings);
    }

    public static Verification refused(Instant at, Duration took, String why) {
        return new Verification(State.UNCHECKED, at, took, 0, 0, 0, 0, 0, 0, List.of(), 0, why);
    }

    /** One sentence for a person. */
    public String summary() {
        return switch (state) {
            case INTACT ->
                entries == 0
                        ? "Intact: the log holds no entries yet."
                        : String.format(
                                Locale.ROOT,
                                "Intact: entries %,d to %,d are as they were written. %s",
                                from,
                                from + entries - 1,
                                covered == 0
                                        ? "No checkpoint vouches for them yet."
                                        : String.format(
                                                Locale.ROOT,
                                                "Checkpoint %,d vouches for those up to %,d.",
                                                lastCheckpoint,
                                                covered));
            case TAMPERED ->
                found == 1
                        ? "Not intact: one thing is not as it was written."
                        : String.format(Locale.ROOT, "Not intact: %,d things are not as they were written.", found);
            case UNCHECKED -> "Could not be checked: " + refusal;
        };
    }
}
