package sallyport.routes.assembly;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.cjse.CjseProperties;
import sallyport.connectors.police.forces.Channel;
import sallyport.connectors.police.forces.CjseEndpoint;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.IhubEndpoint;
import sallyport.ledger.Rendered;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.police.CjseMapping;
import sallyport.mappings.police.IhubForce;
import sallyport.mappings.police.IhubMapping;
import sallyport.mappings.police.MessageIds;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

/** A package as bytes, once for each channel of its force, in the force's order of preference; retries repeat these bytes. */
@Component
public final class Renderings {

    private static final String PROFILE = "force";

    private final CjseProperties identity;

    Renderings(CjseProperties identity) {
        this.identity = identity;
    }

    public List<Rendered> of(ReferralPackage pkg, Force force, String messageId, Instant at) {
        DisclosureProfile profile = DisclosureProfiles.of(PROFILE);
        String heldBack = profile.heldBack(PackageJson.tree(pkg)).words();
        return force.channels().stream()
                .map(channel -> rendered(channel, pkg, force, profile, heldBack, messageId, at))
                .toList();
    }

    private Rendered rendered(
            Channel channel,
            ReferralPackage pkg,
            Force force,
            DisclosureProfile profile,
            String heldBack,
            String messageId,
            Instant at) {
        return switch (channel) {
            case IHUB -> ihub(pkg, force.ihub().orElseThrow(), profile, heldBack, messageId);
            case CJSE -> cjse(pkg, force.cjse().orElseThrow(), profile, heldBack, at);
        };
    }

    private static Rendered ihub(
            ReferralPackage pkg, IhubEndpoint endpoint, DisclosureProfile profile, String heldBack, String messageId) {
        byte[] bytes = IhubMapping.render(
                pkg, profile, new IhubForce(endpoint.forceIdentifier(), endpoint.brand()), messageId);
        return new Rendered(
                Channel.IHUB.word(),
                "application/vnd.api+json",
                bytes,
                MappingVersion.CURRENT,
                profile.destination(),
                heldBack);
    }

    private Rendered cjse(
            ReferralPackage pkg, CjseEndpoint endpoint, DisclosureProfile profile, String heldBack, Instant at) {
        CaseReference reference = pkg.caseReference();
        byte[] bytes = CjseMapping.render(
                pkg,
                profile,
                identity.to(endpoint),
                MessageIds.requestId(reference, pkg.version(), pkg.force()),
                MessageIds.correlationId(reference, pkg.version(), pkg.force()),
                at);
        return new Rendered(
                Channel.CJSE.word(),
                "text/xml; charset=UTF-8",
                bytes,
                MappingVersion.CURRENT,
                profile.destination(),
                heldBack);
    }
}
