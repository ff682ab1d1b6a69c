package sallyport.ledger.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Claim;
import sallyport.ledger.Failure;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.PollClaim;
import sallyport.ledger.WorkClaim;

/**
 * What follows from a failed run: another try, another channel, or parked. Nothing is sent again whose outcome is unknown unless
 * the destination dedupes or says that it does not have it, and no channel follows another unless every attempt before provably
 * did not reach the partner.
 */
final class FailedRuns {

    private static final Logger log = LoggerFactory.getLogger(FailedRuns.class);

    /** A poll source is never parked: when the policy gives up, it is asked again after this. */
    private static final Duration POLL_GIVEN_UP = Duration.ofMinutes(5);

    private final WorkRows work;
    private final LaneRows lanes;
    private final PollRows polls;
    private final Policies policies;

    FailedRuns(WorkRows work, LaneRows lanes, PollRows polls, Policies policies) {
        this.work = work;
        this.lanes = lanes;
        this.polls = polls;
        this.policies = policies;
    }

    /** Writes what follows, in the caller's transaction; returns what was parked. */
    List<Finished> write(List<Finished> failed) {
        var parked = new ArrayList<Finished>();
        writeWork(claims(failed, WorkClaim.class), parked);
        writeLanes(claims(failed, LaneClaim.class), parked);
        writePolls(claims(failed, PollClaim.class));
        return parked;
    }

    /** One line for each, without key or detail: a key may be a prisoner's number. */
    static void log(Finished parked) {
        Failure failure = parked.why();
        String what = parked.claim() instanceof LaneClaim lane
                ? "lane " + lane.lane() + " case " + lane.referralCase().reference() + " message " + lane.messageId()
                : "work " + ((WorkClaim) parked.claim()).step().path() + " row "
                        + parked.claim().id();
        String where = failure.where() == null ? "" : " at " + failure.where();
        log.warn("{} parked: {} {}{}", what, failure.kind(), failure.code(), where);
    }

    private void writeWork(Map<WorkClaim, Failure> failures, List<Finished> parked) {
        var waits = new LinkedHashMap<WorkClaim, Duration>();
        var parks = new LinkedHashMap<WorkClaim, Failure>();
        failures.forEach((claim, failure) -> tries(failure)
                .flatMap(again -> policies.failures().nextWorkTry(claim.step().path(), claim.attempt(), failure))
                .ifPresentOrElse(wait -> waits.put(claim, wait), () -> parks.put(claim, failure)));
        work.retry(waits);
        work.park(parks);
        parks.forEach((claim, failure) -> parked.add(Finished.failed(claim, failure)));
    }

    /** Only these are worth another try as they are. */
    private static Optional<Boolean> tries(Failure failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE, UNKNOWN -> Optional.of(true);
            case REJECTED, DEFECT -> Optional.empty();
        };
    }

    private void writeLanes(Map<LaneClaim, Failure> failures, List<Finished> parked) {
        if (failures.isEmpty()) {
            return;
        }
        Map<Long, LaneRows.History> histories = lanes.history(failures.keySet());
        var again = new LinkedHashMap<LaneClaim, LaneRows.Again>();
        var turns = new ArrayList<Long>();
        var parks = new LinkedHashMap<LaneClaim, Failure>();
        failures.forEach((claim, failure) -> {
            LaneRows.History history = histories.get(claim.itemId());
            if (history == null) {
                throw new IllegalStateException("a lane item vanished while it was being sent");
            }
            Optional<LaneRows.Again> next =
                    claim.asks() ? nextAsk(claim, failure, history) : nextSend(claim, failure, history);
            boolean neverReached = failure.kind() == Failure.Kind.UNAVAILABLE && !history.mayHaveReached();
            if (next.isPresent()) {
                again.put(claim, next.get());
            } else if (neverReached && history.anotherChannel()) {
                turns.add(claim.itemId());
            } else {
                parks.put(claim, claim.asks() ? stillUnknown(failure) : failure);
            }
        });
        lanes.attemptsFailed(failures);
        lanes.again(again);
        lanes.nextChannel(turns);
        lanes.park(parks);
        parks.forEach((claim, failure) -> parked.add(Finished.failed(claim, failure)));
    }

    private Optional<LaneRows.Again> nextSend(LaneClaim claim, Failure failure, LaneRows.History history) {
        return switch (failure.kind()) {
            case REJECTED, DEFECT -> Optional.empty();
            case UNAVAILABLE -> rung(claim, failure, history.sends(), false);
            case UNKNOWN ->
                switch (policies.lanes().afterUnknown(claim.lane(), claim.channel())) {
                    case RESEND -> rung(claim, failure, history.sends(), false);
                    case ASK -> rung(claim, failure, 1, true);
                    case PARK -> Optional.empty();
                };
        };
    }

    /** A partner that cannot be asked now is asked again; one that cannot tell is for a person. */
    private Optional<LaneRows.Again> nextAsk(LaneClaim claim, Failure failure, LaneRows.History history) {
        return failure.kind() == Failure.Kind.UNAVAILABLE
                ? rung(claim, failure, history.asks(), true)
                : Optional.empty();
    }

    private Optional<LaneRows.Again> rung(LaneClaim claim, Failure failure, int attempt, boolean asks) {
        return policies.lanes()
                .nextSend(claim.lane(), claim.channel(), claim.caseClass(), attempt, failure)
                .map(wait -> new LaneRows.Again(wait, asks, failure));
    }

    /** Asking failed for whatever reason: what is not known is still whether the partner has it. */
    private static Failure stillUnknown(Failure failure) {
        return new Failure(Failure.Kind.UNKNOWN, failure.code(), failure.where(), failure.detail(), null);
    }

    private void writePolls(Map<PollClaim, Failure> failures) {
        var waits = new ArrayList<PollRows.Failed>();
        failures.forEach((claim, failure) -> waits.add(new PollRows.Failed(
                claim,
                failure,
                policies.failures()
                        .nextWorkTry("polls/" + claim.system(), claim.attempt(), failure)
                        .orElse(POLL_GIVEN_UP))));
        polls.failed(waits);
    }

    private static <C extends Claim> Map<C, Failure> claims(List<Finished> failed, Class<C> type) {
        var claims = new LinkedHashMap<C, Failure>();
        failed.stream()
                .filter(each -> type.isInstance(each.claim()))
                .forEach(each -> claims.put(type.cast(each.claim()), each.why()));
        return claims;
    }
}
