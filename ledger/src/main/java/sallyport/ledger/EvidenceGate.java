package sallyport.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nothing leaves the hub while the evidence log cannot be chained, or not be proved from outside the database, in time (DPA 2018
 * s62). The gate shuts and opens by itself; the one exception is the immediate class with an operator's word.
 */
public interface EvidenceGate {

    /** How it stands, from memory: at most a few seconds old. */
    Standing standing();

    /**
     * Lets the immediate class through for a while, and writes down who and why: as a command and in the evidence log.
     *
     * @return until when; empty when the gate is open
     */
    Optional<Instant> letImmediateThrough(String actor, String reason);

    /**
     * @param why one line for an operator; null while it is open
     * @param unchained age of the oldest entry that has no place in the chain yet
     * @param unproved age of the oldest entry for which no published checkpoint vouches
     * @param lastEntry the number of the last entry in the chain
     * @param covered up to which entry a published checkpoint vouches
     * @param lastCheckpoint its number, and when it was made
     * @param word by which the immediate class leaves all the same
     */
    record Standing(
            boolean open,
            @Nullable String why,
            @Nullable Instant shutSince,
            Duration unchained,
            Duration unproved,
            long lastEntry,
            long covered,
            long lastCheckpoint,
            @Nullable Instant lastCheckpointAt,
            @Nullable Word word) {}

    /** An operator's word. */
    record Word(String actor, String reason, Instant at, Instant until) {}
}
