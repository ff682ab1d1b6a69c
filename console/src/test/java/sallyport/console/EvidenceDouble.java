package sallyport.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.EvidenceGate;
import sallyport.ledger.Finding;
import sallyport.ledger.Verification;

/** A log in which entry 17 was changed, and a gate that is shut until a test opens it. */
final class EvidenceDouble implements EvidenceCheck, EvidenceGate {

    private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");

    private boolean open;
    private @Nullable Word word;

    synchronized void open() {
        open = true;
    }

    @Override
    public Verification verify() {
        return new Verification(
                Verification.State.TAMPERED,
                AT,
                Duration.ofMillis(1234),
                1,
                16,
                10,
                2,
                2,
                0,
                List.of(new Finding(
                        "entry-changed", 17L, 20L, null, "Entry 17 (row 20) was changed after it was written.")),
                1,
                null);
    }

    @Override
    public synchronized Standing standing() {
        return new Standing(
                open,
                open ? null : "No checkpoint was published for longer than 300 s.",
                open ? null : AT,
                Duration.ZERO,
                open ? Duration.ZERO : Duration.ofMillis(400_500),
                20,
                10,
                2,
                AT,
                word);
    }

    @Override
    public synchronized Optional<Instant> letImmediateThrough(String actor, String reason) {
        if (open) {
            return Optional.empty();
        }
        Instant until = AT.plusSeconds(3600);
        word = new Word(actor, reason, AT, until);
        return Optional.of(until);
    }
}
