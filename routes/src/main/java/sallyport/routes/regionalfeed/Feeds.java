package sallyport.routes.regionalfeed;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import sallyport.connectors.feeds.FeedsProperties;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Rendered;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.feed.CaseEvent;
import sallyport.mappings.feed.CaseEventMapping;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.police.MessageIds;

/** Promises case events to every subscribed team, each cut to that team's disclosure profile, and publishes them. */
@Component
public final class Feeds {

    private final FeedsProperties properties;

    Feeds(FeedsProperties properties) {
        this.properties = properties;
        // A team without a profile would be told nothing: better known at the start than at the first event.
        properties.teams().forEach(DisclosureProfiles::of);
    }

    /** @param number what made the event, such as a package version or an inbound id: the same cause is the same event */
    public List<Effect> promises(ReferralCase known, CaseEvent.Type type, long number, Instant at) {
        return properties.teams().stream()
                .map(team -> promise(known, type, number, at, team))
                .toList();
    }

    private static Effect promise(ReferralCase known, CaseEvent.Type type, long number, Instant at, String team) {
        var reference = new CaseReference(known.reference());
        String id = MessageIds.feedEventId(reference, type.word(), number);
        DisclosureProfile profile = DisclosureProfiles.of(team);
        CaseEvent event = new CaseEvent(
                id,
                type,
                reference,
                known.prison(),
                known.force() == null ? null : new ForceCode(known.force()),
                known.family(),
                known.verdict(),
                known.caseClass().name(),
                known.packageVersion() == 0 ? null : known.packageVersion(),
                known.crimeReference(),
                known.outcomeType(),
                at);
        return new Effect.Promise(
                LaneFamily.FEED,
                "feed:" + team,
                known.id(),
                "CASE_EVENT",
                team + ":" + id,
                null,
                known.caseClass(),
                List.of(new Rendered(
                        "queue",
                        CaseEventMapping.CONTENT_TYPE,
                        CaseEventMapping.render(event, profile),
                        MappingVersion.CURRENT,
                        team,
                        profile.heldBack(CanonicalJson.tree(event)).words())));
    }

    Effects accepted() {
        return Effects.none();
    }
}
