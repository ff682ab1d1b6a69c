package sallyport.routes.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.Channel;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.IhubEndpoint;
import sallyport.connectors.police.forces.ManifestEndpoint;
import sallyport.ledger.AfterUnknown;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Failure;
import sallyport.ledger.LanePolicy;

/** How each destination is treated: ladders, limits, breakers, and what its channels can be trusted with. */
@Component
final class HubLanePolicy implements LanePolicy {

    private static final String FORCE = "force:";
    /** The iHub standard gives up after six sends and turns to the force's mailbox. */
    private static final int IHUB_SENDS = 6;

    private static final Duration SUSPENDED_WAIT = Duration.ofSeconds(10);

    /** What may begin at once after a pause: a tenth of a second's worth, so that the rate holds in every second. */
    private static final double BURST = 0.1;

    private final LadderProperties ladders;
    private final LaneProperties lanes;
    private final LaneBreakers breakers;
    private final Forces forces;

    HubLanePolicy(LadderProperties ladders, LaneProperties lanes, LaneBreakers breakers, Forces forces) {
        this.ladders = ladders;
        this.lanes = lanes;
        this.breakers = breakers;
        this.forces = forces;
    }

    @Override
    public Optional<Duration> nextSend(String lane, String channel, CaseClass caseClass, int attempt, Failure failure) {
        // Not a send: the bytes never left. The lane waits for the operator who suspended the verb.
        if (failure.code().equals(HubFailurePolicy.SUSPENDED)) {
            return Optional.of(SUSPENDED_WAIT);
        }
        if (failure.kind() == Failure.Kind.UNKNOWN && afterUnknown(lane, channel) == AfterUnknown.ASK) {
            // What is on the wire still must have arrived, or not, before a manifest can tell.
            return Optional.of(lanes.askAfter());
        }
        if (!lane.startsWith(FORCE)) {
            return attempt >= ladders.internalTries()
                    ? Optional.empty()
                    : Optional.of(ladders.wait(ladders.internal(), attempt, failure));
        }
        boolean immediate = caseClass == CaseClass.IMMEDIATE;
        List<Duration> ladder = ladder(lane, immediate);
        int sends = channel.equals(Channel.IHUB.word()) && !immediate
                ? Math.min(IHUB_SENDS, ladder.size() + 1)
                : ladder.size() + 1;
        // A partner that asks for a day must not outlast the 24 hours of the immediate class.
        Failure told = immediate ? withoutWish(failure) : failure;
        return attempt >= sends ? Optional.empty() : Optional.of(ladders.wait(ladder, attempt, told));
    }

    private List<Duration> ladder(String lane, boolean immediate) {
        LaneProperties.Lane own = lanes.of(lane);
        List<Duration> ownLadder = immediate ? own.immediate() : own.routine();
        if (ownLadder != null && !ownLadder.isEmpty()) {
            return ownLadder;
        }
        return immediate ? ladders.immediate() : ladders.routine();
    }

    private static Failure withoutWish(Failure failure) {
        return new Failure(failure.kind(), failure.code(), failure.where(), failure.detail(), null);
    }

    @Override
    public AfterUnknown afterUnknown(String lane, String channel) {
        boolean dedupes = !lane.startsWith(FORCE)
                || channel.equals(Channel.CJSE.word())
                || force(lane).flatMap(Force::ihub).map(IhubEndpoint::dedupes).orElse(false);
        if (dedupes) {
            return AfterUnknown.RESEND;
        }
        boolean asked = force(lane)
                .flatMap(Force::manifest)
                .map(ManifestEndpoint::asked)
                .orElse(false);
        return asked ? AfterUnknown.ASK : AfterUnknown.PARK;
    }

    private Optional<Force> force(String lane) {
        return forces.byCode(lane.substring(FORCE.length()));
    }

    @Override
    public int concurrency(String lane) {
        Integer own = lanes.of(lane).concurrency();
        if (own != null) {
            return own;
        }
        int colon = lane.indexOf(':');
        return switch (colon < 0 ? lane : lane.substring(0, colon)) {
            case "force" -> lanes.force();
            case "feed" -> lanes.feed();
            case "adjudication" -> lanes.adjudication();
            default -> lanes.tracker();
        };
    }

    @Override
    public int permits(String lane, String channel) {
        return breakers.permits(lane, channel);
    }

    @Override
    public Optional<Rate> rate(String lane) {
        Double perSecond = lanes.of(lane).perSecond();
        return perSecond == null ? Optional.empty() : Optional.of(new Rate(perSecond, Math.max(1, perSecond * BURST)));
    }

    @Override
    public @Nullable Duration patience(String lane, String channel, CaseClass caseClass, boolean last) {
        if (!lane.startsWith(FORCE)) {
            return null;
        }
        LaneProperties.Lane own = lanes.of(lane);
        boolean immediate = caseClass == CaseClass.IMMEDIATE;
        if (last) {
            LaneProperties.LastPatience patience =
                    own.lastPatience() == null ? lanes.lastPatience() : own.lastPatience();
            return immediate ? patience.immediate() : patience.routine();
        }
        LaneProperties.Patience patience = own.patience() == null ? lanes.patience() : own.patience();
        return immediate ? patience.immediate() : patience.routine();
    }

    @Override
    public void ended(String lane, String channel, @Nullable Failure failure) {
        breakers.ended(lane, channel, failure);
    }
}
