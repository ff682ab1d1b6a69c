package sallyport.routes.reconciliation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.manifest.ManifestOf;
import sallyport.connectors.police.manifest.SignedManifest;
import sallyport.connectors.wire.Unavailable;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ForceListed;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;
import sallyport.ledger.PollSources;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.police.ForceManifest;

/** Asks each force that offers one for its manifest, day by day, and hands it to the ledger to be compared. */
@Component
final class ForceReconciliation implements InitializingBean {

    static final String SYSTEM = "reconciliation-force";

    /** A manifest that was refused is somebody's to mend; it is asked for again meanwhile. */
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private final PollSources polls;
    private final Forces forces;
    private final ReconciliationProperties properties;
    private final Clock clock;

    ForceReconciliation(PollSources polls, Forces forces, ReconciliationProperties properties, Clock clock) {
        this.polls = polls;
        this.forces = forces;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        forces.all().stream()
                .filter(force -> force.manifest().isPresent())
                .map(Force::code)
                .forEach(code -> polls.ensure(SYSTEM, code));
    }

    /** The day after the last one compared, up to yesterday: days that were missed are caught up with, a future one is never asked for. */
    ManifestOf question(@Body PollClaim poll) {
        LocalDate yesterday = yesterday();
        LocalDate next = poll.cursor() == null
                ? yesterday
                : LocalDate.parse(poll.cursor()).plusDays(1);
        return new ManifestOf(poll.stream(), next.isAfter(yesterday) ? yesterday : next);
    }

    Effects compare(@Body SignedManifest signed, @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        ForceManifest manifest = signed.manifest();
        if (!manifest.wholeDay()) {
            throw new Unavailable("manifest-not-whole", "the manifest was made before its day was over", null, null);
        }
        Instant now = clock.instant();
        boolean behind = manifest.day().isBefore(yesterday());
        return Effects.of(
                new ForceListed(
                        manifest.force(),
                        manifest.day(),
                        manifest.asOf(),
                        Sha256.of(signed.raw()),
                        manifest.items().stream()
                                .map(item -> new ForceListed.Message(item.messageId(), item.sha256()))
                                .toList()),
                new Effect.CloseTasks("GAP", Set.of(refusedSubject(poll)), "a manifest that is in order came"),
                new Effect.AdvancePoll(
                        manifest.day().toString(),
                        behind ? Duration.ZERO : NextNight.wait(properties, "force " + poll.stream(), now)));
    }

    /** Nothing is compared and nothing is believed: a person sees to it. */
    Effects refused(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Rejected why,
            @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        return Effects.of(List.of(
                new Effect.OpenTask(
                        "GAP",
                        refusedSubject(poll),
                        null,
                        null,
                        poll.stream(),
                        "The manifest of force " + poll.stream() + " was refused: " + why.code() + " at " + why.where()
                                + ". Nothing of it was used. Speak to the force's supplier; it is asked for again every hour.",
                        null),
                new Effect.AdvancePoll(null, AFTER_REFUSAL)));
    }

    private static String refusedSubject(PollClaim poll) {
        return "manifest/" + poll.stream() + "/refused";
    }

    private LocalDate yesterday() {
        return NextNight.today(clock.instant()).minusDays(1);
    }
}
