package sallyport.routes.replay;

import java.util.Optional;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.ledger.Rendered;
import sallyport.ledger.replay.TodaysMapping;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.feed.CaseEventMapping;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.tracker.TrackerMapping;
import sallyport.routes.assembly.Renderings;

/**
 * What was sent, rendered once more by today's mappings, profiles and addresses, with the times of then. A package is rendered from
 * what was stored of it; a row or an event from what it said itself, because the case has moved on since.
 */
@Component
final class TodaysBytes implements TodaysMapping {

    private final Forces forces;
    private final Renderings renderings;

    TodaysBytes(Forces forces, Renderings renderings) {
        this.forces = forces;
        this.renderings = renderings;
    }

    @Override
    public Optional<byte[]> render(Sent sent) {
        return switch (sent.family()) {
            case FORCE -> toForce(sent);
            case TRACKER ->
                Optional.of(TrackerMapping.render(
                        TrackerMapping.read(sent.bytes()), DisclosureProfiles.of(sent.profile())));
            case FEED ->
                Optional.of(CaseEventMapping.render(
                        CaseEventMapping.read(sent.bytes()), DisclosureProfiles.of(sent.profile())));
            default -> Optional.empty();
        };
    }

    private Optional<byte[]> toForce(Sent sent) {
        if (sent.canonical() == null || sent.builtAt() == null) {
            return Optional.empty();
        }
        ReferralPackage pkg = PackageJson.read(sent.canonical());
        Optional<Force> force = forces.byCode(pkg.force().value());
        return force.flatMap(known -> renderings.of(pkg, known, sent.messageId(), sent.builtAt()).stream()
                .filter(rendered -> rendered.channel().equals(sent.channel()))
                .map(Rendered::bytes)
                .findFirst());
    }
}
