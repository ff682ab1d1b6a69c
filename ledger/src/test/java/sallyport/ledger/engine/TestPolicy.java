package sallyport.ledger.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Failure;
import sallyport.ledger.FailurePolicy;
import sallyport.mappings.Rejected;

/** A policy that a test can set: exceptions say which kind they are. */
final class TestPolicy implements FailurePolicy {

    /** Channels that dedupe. */
    final Set<String> deduping = ConcurrentHashMap.newKeySet();

    volatile int tries = 3;
    volatile Duration wait = Duration.ofMillis(30);
    volatile int permits = 100;

    /** A failure of a kind that the test chooses. */
    static final class Failing extends RuntimeException {

        private static final long serialVersionUID = 1L;
        final transient Failure failure;

        Failing(Failure.Kind kind, String code) {
            super(code);
            failure = new Failure(kind, code, null, "as the test wants it", null);
        }
    }

    static Failing unavailable() {
        return new Failing(Failure.Kind.UNAVAILABLE, "connection-refused");
    }

    static Failing unknown() {
        return new Failing(Failure.Kind.UNKNOWN, "no-answer");
    }

    @Override
    public Failure classify(Throwable failure) {
        if (failure instanceof Failing failing) {
            return failing.failure;
        }
        if (failure instanceof Rejected rejected) {
            return new Failure(Failure.Kind.REJECTED, rejected.code(), rejected.where(), "refused", null);
        }
        return new Failure(
                Failure.Kind.DEFECT, "defect", null, failure.getClass().getSimpleName(), null);
    }

    @Override
    public Optional<Duration> nextWorkTry(String step, int attempt, Failure failure) {
        return attempt < tries ? Optional.of(wait) : Optional.empty();
    }

    @Override
    public Optional<Duration> nextSend(String lane, String channel, CaseClass caseClass, int attempt, Failure failure) {
        return attempt < tries ? Optional.of(wait) : Optional.empty();
    }

    @Override
    public boolean dedupes(String lane, String channel) {
        return deduping.contains(channel);
    }

    @Override
    public int permits(String lane) {
        return permits;
    }
}
