package sallyport.ledger.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.AfterUnknown;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Failure;
import sallyport.ledger.FailurePolicy;
import sallyport.ledger.LanePolicy;
import sallyport.mappings.Rejected;

/** A policy that a test can set: exceptions say which kind they are. */
final class TestPolicy implements FailurePolicy, LanePolicy {

    /** Channels that dedupe, and those that can be asked. */
    final Set<String> deduping = ConcurrentHashMap.newKeySet();

    final Set<String> asking = ConcurrentHashMap.newKeySet();
    /** Channels whose breaker is open. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();

    final Map<String, Rate> rates = new ConcurrentHashMap<>();
    final Map<String, Duration> patience = new ConcurrentHashMap<>();

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
    public AfterUnknown afterUnknown(String lane, String channel) {
        if (asking.contains(channel)) {
            return AfterUnknown.ASK;
        }
        return deduping.contains(channel) ? AfterUnknown.RESEND : AfterUnknown.PARK;
    }

    @Override
    public int concurrency(String lane) {
        return permits;
    }

    @Override
    public int permits(String lane, String channel) {
        return broken.contains(channel) ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public Optional<Rate> rate(String lane) {
        return Optional.ofNullable(rates.get(lane));
    }

    @Override
    public @Nullable Duration patience(String lane, String channel, CaseClass caseClass, boolean last) {
        return patience.get(channel);
    }

    @Override
    public void ended(String lane, String channel, @Nullable Failure failure) {
        // Nobody listens.
    }
}
