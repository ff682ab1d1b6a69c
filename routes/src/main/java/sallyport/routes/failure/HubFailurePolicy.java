package sallyport.routes.failure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.Channel;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.IhubEndpoint;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Failure;
import sallyport.ledger.Failure.Kind;
import sallyport.ledger.FailurePolicy;
import sallyport.mappings.Rejected;

/** What a failure is, and what follows from it, decided once for the whole hub. */
@Component
final class HubFailurePolicy implements FailurePolicy {

    private static final String FORCE = "force:";
    /** The iHub standard gives up after six sends and turns to the force's mailbox. */
    private static final int IHUB_SENDS = 6;

    private static final String SUSPENDED = "verb-suspended";
    private static final Duration SUSPENDED_WAIT = Duration.ofSeconds(10);

    private final LadderProperties ladders;
    private final Forces forces;

    HubFailurePolicy(LadderProperties ladders, Forces forces) {
        this.ladders = ladders;
        this.forces = forces;
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
                        : Optional.of(wait(ladders.internal(), attempt, failure));
            case REJECTED, DEFECT -> Optional.empty();
        };
    }

    @Override
    public Optional<Duration> nextSend(String lane, String channel, CaseClass caseClass, int attempt, Failure failure) {
        if (!lane.startsWith(FORCE)) {
            return attempt >= ladders.internalTries()
                    ? Optional.empty()
                    : Optional.of(wait(ladders.internal(), attempt, failure));
        }
        // Not a send: the bytes never left. The lane waits for the operator who suspended the verb.
        if (failure.code().equals(SUSPENDED)) {
            return Optional.of(SUSPENDED_WAIT);
        }
        boolean immediate = caseClass == CaseClass.IMMEDIATE;
        List<Duration> ladder = immediate ? ladders.immediate() : ladders.routine();
        int sends = channel.equals(Channel.IHUB.word()) && caseClass == CaseClass.ROUTINE
                ? Math.min(IHUB_SENDS, ladder.size() + 1)
                : ladder.size() + 1;
        // A partner that asks for a day must not outlast the 24 hours of the immediate class.
        Failure told = immediate ? withoutWish(failure) : failure;
        return attempt >= sends ? Optional.empty() : Optional.of(wait(ladder, attempt, told));
    }

    private static Failure withoutWish(Failure failure) {
        return new Failure(failure.kind(), failure.code(), failure.where(), failure.detail(), null);
    }

    private Duration wait(List<Duration> ladder, int attempt, Failure failure) {
        Duration rung = ladder.get(Math.min(attempt, ladder.size()) - 1);
        double spread = 1 + ladders.jitter() * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        Duration wait = Duration.ofMillis(Math.round(rung.toMillis() * spread));
        Duration asked = failure.retryAfter();
        return asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    }

    @Override
    public boolean dedupes(String lane, String channel) {
        return !lane.startsWith(FORCE)
                || channel.equals(Channel.CJSE.word())
                || forces.byCode(lane.substring(FORCE.length()))
                        .flatMap(Force::ihub)
                        .map(IhubEndpoint::dedupes)
                        .orElse(false);
    }

    @Override
    public int permits(String lane) {
        if (lane.startsWith(FORCE)) {
            return 4;
        }
        return lane.startsWith("feed:") ? 100 : 8;
    }
}
