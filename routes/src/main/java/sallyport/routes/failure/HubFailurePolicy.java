package sallyport.routes.failure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.ledger.Failure;
import sallyport.ledger.Failure.Kind;
import sallyport.ledger.FailurePolicy;
import sallyport.mappings.Rejected;

/** What a failure is, and what follows from it, decided once for the whole hub. */
@Component
final class HubFailurePolicy implements FailurePolicy {

    /** A verb that an operator suspended: not a byte has left. */
    static final String SUSPENDED = "verb-suspended";

    private final LadderProperties ladders;

    HubFailurePolicy(LadderProperties ladders) {
        this.ladders = ladders;
    }

    @Override
    public Failure classify(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Rejected rejected) {
                return new Failure(Kind.REJECTED, rejected.code(), rejected.where(), rejected.getMessage(), null);
            }
            if (cause instanceof Unavailable unavailable) {
                return new Failure(
                        Kind.UNAVAILABLE, unavailable.code(), null, unavailable.getMessage(), unavailable.retryAfter());
            }
            if (cause instanceof DirectConsumerNotAvailableException) {
                return new Failure(Kind.UNAVAILABLE, SUSPENDED, null, "a connector's route is suspended", null);
            }
            if (cause instanceof Unknown unknown) {
                return new Failure(Kind.UNKNOWN, unknown.code(), null, unknown.getMessage(), null);
            }
        }
        return defect(failure);
    }

    /** The message of a foreign exception may quote personal data: only its type and our own line are kept. */
    private static Failure defect(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String place = Arrays.stream(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("sallyport."))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("outside our code");
        return new Failure(Kind.DEFECT, root.getClass().getSimpleName(), null, place, null);
    }

    @Override
    public Optional<Duration> nextWorkTry(String step, int attempt, Failure failure) {
        return switch (failure.kind()) {
            // Work inside the hub only reads from partners: no answer is not dangerous there.
            case UNAVAILABLE, UNKNOWN ->
                attempt >= ladders.internalTries()
                        ? Optional.empty()
                        : Optional.of(ladders.wait(ladders.internal(), attempt, failure));
            case REJECTED, DEFECT -> Optional.empty();
        };
    }
}
