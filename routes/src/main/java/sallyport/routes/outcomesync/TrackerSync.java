package sallyport.routes.outcomesync;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Rendered;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.police.MessageIds;
import sallyport.mappings.tracker.TrackerMapping;
import sallyport.mappings.tracker.TrackerRow;

/** The tracker's row is rendered from the case as it is, so the last row promised is the newest truth. */
@Component
final class TrackerSync {

    private static final String TRACKER = "tracker";

    private final Clock clock;

    TrackerSync(Clock clock) {
        this.clock = clock;
    }

    Effects promise(ReferralCase known) {
        var reference = new CaseReference(known.reference());
        String messageId = MessageIds.trackerMessageId(reference, known.rowVersion());
        DisclosureProfile profile = DisclosureProfiles.of(TRACKER);
        TrackerRow row = new TrackerRow(
                reference,
                known.prison(),
                known.force() == null ? null : new ForceCode(known.force()),
                known.state().name(),
                known.verdict(),
                known.caseClass().name(),
                known.openedAt(),
                known.approvedAt(),
                null,
                known.state() == CaseState.CLOSED ? known.outcomeAt() : null,
                known.packageVersion() == 0 ? null : known.packageVersion(),
                known.crimeReference(),
                known.officer(),
                known.outcomeType(),
                clock.instant(),
                known.rowVersion());
        return Effects.of(new Effect.Promise(
                LaneFamily.TRACKER,
                TRACKER,
                known.id(),
                "TRACKER_ROW",
                messageId,
                null,
                CaseClass.ROUTINE,
                List.of(new Rendered(
                        "rest",
                        "application/json",
                        TrackerMapping.render(row, profile),
                        MappingVersion.CURRENT,
                        TRACKER,
                        profile.heldBack(CanonicalJson.tree(row)).words()))));
    }

    Effects accepted() {
        return Effects.none();
    }
}
