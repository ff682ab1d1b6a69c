package sallyport.routes.decision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.CommandWork.ParkedSend;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeSaid;
import sallyport.ledger.Effect.ReportSaid.Said;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportingPrisons;
import sallyport.ledger.Rung;
import sallyport.ledger.Step;
import sallyport.mappings.feed.CaseEvent;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.referral.GroundsSaid;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.DayListings;
import sallyport.routes.HubProperties;
import sallyport.routes.Reviews;
import sallyport.routes.regionalfeed.Feeds;

/** A person's word, checked against where the case stands now; one that no longer fits changes nothing and says so. */
@Component
final class Decisions {

    private static final String DAYS = "days/";
    private static final String CHARGE = "charge/";

    private final Feeds feeds;
    private final ReportingPrisons reporting;
    private final HubProperties properties;
    private final Clock clock;

    Decisions(Feeds feeds, ReportingPrisons reporting, HubProperties properties, Clock clock) {
        this.feeds = feeds;
        this.reporting = reporting;
        this.properties = properties;
        this.clock = clock;
    }

    Effects carryOut(CommandWork command) {
        if (command.kind().equals(CommandWork.RELEASE)) {
            return Effects.of(
                    new Effect.Release(Objects.requireNonNull(command.argument())),
                    new Effect.CommandDone(command.id(), "released"));
        }
        if (command.target().startsWith(CHARGE)) {
            return charge(command);
        }
        Optional<ReportKind> report = ReportKind.ofTarget(command.target());
        if (report.isPresent()) {
            return matched(command, report.get());
        }
        if (command.kind().equals(CommandWork.COMPARE_DAYS)) {
            return compared(command);
        }
        ReferralCase known = command.referralCase();
        if (known == null) {
            return refused(command, "there is no case " + command.target());
        }
        if (command.kind().equals(CommandWork.CONFIRM_BY_MANIFEST)) {
            ParkedSend parked = command.parkedSend();
            return parked == null || !command.reason().startsWith(parked.messageId() + " ")
                    ? refused(command, "it is not parked any more")
                    : settled(command, known, parked, true);
        }
        if (command.kind().equals(CommandWork.CONFIRM_SENT) || command.kind().equals(CommandWork.CANCEL_SEND)) {
            ParkedSend parked = command.parkedSend();
            return parked == null
                    ? refused(command, "it is not parked any more")
                    : settled(command, known, parked, command.kind().equals(CommandWork.CONFIRM_SENT));
        }
        return switch (command.kind()) {
            case CommandWork.APPROVE -> approve(command, known);
            case CommandWork.KEEP_INTERNAL -> keepInternal(command, known);
            case CommandWork.CONFIRM_WITHDRAWAL -> withdraw(command, known);
            case CommandWork.CONFIRM_REVIEW -> confirm(command, known);
            case CommandWork.FACT -> answered(command, known);
            case CommandWork.CASE_NOTE -> noteChosen(command, known);
            case CommandWork.COMBINE -> combine(command, known);
            default -> refused(command, "there is no command " + command.kind());
        };
    }

    /** Reads the prisons' own lists of these days; what differs is fetched, as after a night's comparison. */
    private Effects compared(CommandWork command) {
        String prison = command.target().substring(DAYS.length());
        String[] days = Objects.requireNonNull(command.argument()).split("/");
        List<RequestWork> lists = DayListings.of(
                prison.equals("*") ? reporting.now() : Set.of(prison),
                LocalDate.parse(days[0]),
                LocalDate.parse(days[1]),
                Duration.ZERO,
                Duration.ZERO);
        List<Effect> effects = new ArrayList<>(lists);
        effects.add(new Effect.CommandDone(command.id(), "lists asked for: " + lists.size()));
        effects.add(new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                null,
                null,
                command.actor(),
                command.reason(),
                null,
                null,
                null,
                null,
                "lists of incident reports of " + days[0] + " to " + days[1] + ", prisons: " + prison)));
        return Effects.of(effects);
    }

    /** Which incident report a report belongs to; the ledger looks again whether it is still to be said. */
    private static Effects matched(CommandWork command, ReportKind kind) {
        long report = kind.record(command.target());
        Said said =
                switch (command.kind()) {
                    case CommandWork.CONFIRM_MATCH -> Said.CONFIRMED;
                    case CommandWork.REFUSE_MATCH -> Said.REFUSED;
                    default -> Said.ALONE;
                };
        String about = said == Said.ALONE ? "no incident report" : "incident-reporting/" + command.argument();
        List<Effect> effects = new ArrayList<>(List.of(
                new Effect.ReportSaid(report, said, command.argument(), command.actor(), command.reason()),
                new Effect.CommandDone(command.id(), "noted"),
                new Effect.Log(new Evidence(
                        said == Said.CONFIRMED ? Evidence.Kind.COMBINATION : Evidence.Kind.ALTERATION,
                        null,
                        null,
                        command.actor(),
                        command.reason(),
                        null,
                        null,
                        null,
                        null,
                        kind.words() + " " + report + " and " + about + ": "
                                + said.name().toLowerCase(Locale.ROOT)))));
        if (said == Said.ALONE) {
            effects.add(new Effect.CloseTasks(
                    kind.task(), kind.subjects(report), "a person said that it belongs to no incident report"));
        }
        return Effects.of(effects);
    }

    /** Which case a charge belongs to; the ledger looks again whether it is still to be said. */
    private static Effects charge(CommandWork command) {
        long charge = Long.parseLong(command.target().substring(CHARGE.length()));
        ChargeSaid.Said said =
                switch (command.kind()) {
                    case CommandWork.CONFIRM_CHARGE -> ChargeSaid.Said.CONFIRMED;
                    case CommandWork.REFUSE_CHARGE -> ChargeSaid.Said.REFUSED;
                    default -> ChargeSaid.Said.ALONE;
                };
        return Effects.of(
                new ChargeSaid(charge, said, command.argument(), command.actor(), command.reason()),
                new Effect.CommandDone(command.id(), "noted"),
                new Effect.Log(new Evidence(
                        said == ChargeSaid.Said.CONFIRMED ? Evidence.Kind.COMBINATION : Evidence.Kind.ALTERATION,
                        command.argument(),
                        null,
                        command.actor(),
                        command.reason(),
                        null,
                        null,
                        null,
                        null,
                        "charge " + charge + (said == ChargeSaid.Said.ALONE ? ": " : " and this case: ")
                                + said.name().toLowerCase(Locale.ROOT))));
    }

    /** The argument, if there is one, names the force: for prisons whose force the table cannot tell. */
    private Effects approve(CommandWork command, ReferralCase known) {
        boolean open = known.state() == CaseState.AWAITING_DECISION || known.state() == CaseState.KEPT_INTERNAL;
        boolean wantsForce = known.approved() && known.force() == null && command.argument() != null;
        if ((!open || known.approved()) && !wantsForce) {
            return refused(command, "the case is " + known.state() + " already");
        }
        ReferralCase approved = known.approvedBy(command.actor(), command.reason(), clock.instant());
        if (command.argument() != null) {
            approved = approved.withForce(
                    ForceCode.of(command.argument(), "/force").value());
        }
        CaseLines.moved(approved, "approved");
        return decided(command, approved, "APPROVAL", "approved")
                .and(RequestWork.now(Step.ASSEMBLY, known.reference()));
    }

    private Effects keepInternal(CommandWork command, ReferralCase known) {
        if (known.state() != CaseState.AWAITING_DECISION) {
            return refused(command, "the case is " + known.state() + " already");
        }
        ReferralCase kept = known.withState(CaseState.KEPT_INTERNAL);
        CaseLines.moved(kept, "kept internal");
        Effects decided = decided(command, kept, "KEEP_INTERNAL", "kept internal");
        return command.lastExplanation() != null && GroundsSaid.staffAsked(command.lastExplanation())
                ? decided.and(new Effect.Log(new Evidence(
                        Evidence.Kind.ALTERATION,
                        known.reference(),
                        null,
                        command.actor(),
                        command.reason(),
                        null,
                        null,
                        null,
                        null,
                        "kept internal although the member of staff who was assaulted asks for the referral")))
                : decided;
    }

    private Effects withdraw(CommandWork command, ReferralCase known) {
        if (!Reviews.WITHDRAWAL_PROPOSED.equals(known.reviewCode())) {
            return refused(command, "no withdrawal is proposed");
        }
        // The word of the proposal and the person's own go into the package that takes the case back.
        ReferralCase withdrawn = known.withReview(Reviews.CONFIRMED, Reviews.detail(known) + ": " + command.reason())
                .withState(CaseState.WITHDRAWN);
        CaseLines.moved(withdrawn, "withdrawn");
        return decided(command, withdrawn, "WITHDRAWAL", "withdrawn")
                // What has not left need not be taken back.
                .and(new Effect.CancelUnsent(known.id(), LaneFamily.FORCE))
                .and(RequestWork.now(Step.ASSEMBLY, known.reference()));
    }

    /** A person has found out what no answer told: the destination has it, or it is not to be sent at all. */
    private Effects settled(CommandWork command, ReferralCase known, ParkedSend parked, boolean hasIt) {
        if (!hasIt && parked.mayHaveReached()) {
            return refused(command, "it may have arrived");
        }
        Instant now = clock.instant();
        String word = hasIt ? "confirmed as sent" : "not sent";
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.SettleItem(parked.laneCase(), parked.item(), hasIt));
        effects.add(new Effect.CommandDone(command.id(), word));
        effects.add(new Effect.Log(new Evidence(
                hasIt ? Evidence.Kind.DISCLOSURE : Evidence.Kind.ALTERATION,
                known.reference(),
                null,
                command.actor(),
                command.reason(),
                parked.lane(),
                parked.sha256(),
                null,
                null,
                "message " + parked.messageId() + " " + word + " by " + command.actor())));
        Integer version = parked.packageVersion();
        if (hasIt && parked.family() == LaneFamily.FORCE && version != null) {
            effects.add(new Effect.AddReceipt(
                    known.id(),
                    parked.lane(),
                    version,
                    Rung.ACCEPTED,
                    now,
                    parked.lane(),
                    null,
                    parked.sha256(),
                    "the word of " + command.actor()));
            effects.add(new Effect.MoveState(known.id(), CaseState.IN_PROGRESS, CaseState.DELIVERED));
            effects.addAll(feeds.promises(known, CaseEvent.Type.DELIVERED, version, now));
        }
        effects.add(CaseSync.of(known.reference()));
        CaseLines.moved(
                known,
                "message " + parked.messageId() + " to " + parked.lane() + " " + word + " by " + command.actor());
        return Effects.of(effects);
    }

    private Effects confirm(CommandWork command, ReferralCase known) {
        if (known.reviewCode() == null || known.reviewCode().equals(Reviews.CONFIRMED)) {
            return refused(command, "nothing waits for review");
        }
        ReferralCase confirmed = Reviews.confirmed(known);
        return decided(command, confirmed, "REVIEW", "confirmed")
                .and(RequestWork.now(Step.ASSEMBLY, known.reference()));
    }

    /**
     * A burst of answers is one supplement, as a burst of edits is. What is not approved yet has a package to come. An answer that the
     * verdict looks at has the report judged again.
     */
    private Effects answered(CommandWork command, ReferralCase known) {
        boolean ground =
                GroundsSaid.ITEMS.stream().map(ReadinessItem::code).anyMatch(code -> code.equals(command.argument()));
        List<Effect> effects = new ArrayList<>();
        if (ground && command.incidentRecord() != null) {
            effects.add(RequestWork.now(Step.TRIAGE, command.incidentRecord()));
        }
        if (!known.approved() || known.state() == CaseState.WITHDRAWN) {
            effects.add(new Effect.CommandDone(
                    command.id(), ground ? "the case is judged again" : "the readiness of the case is as answered"));
            return Effects.of(effects);
        }
        CaseLines.moved(known, "answered: " + command.argument());
        effects.add(new Effect.CommandDone(command.id(), "goes to the force with the next version of the package"));
        effects.add(new RequestWork(
                Step.ASSEMBLY, known.reference(), properties.supplementQuiet(), properties.supplementAtMost()));
        return Effects.of(effects);
    }

    /** What is written about somebody may say who is suspected, so a case that waits is judged again. */
    private Effects noteChosen(CommandWork command, ReferralCase known) {
        if (!known.approved() || known.state() == CaseState.WITHDRAWN) {
            Effects noted = Effects.of(new Effect.CommandDone(command.id(), "noted for a package to come"));
            return command.incidentRecord() == null
                    ? noted
                    : noted.and(RequestWork.now(Step.TRIAGE, command.incidentRecord()));
        }
        CaseLines.moved(known, "a case note of request " + command.argument() + " was decided on");
        return Effects.of(
                new Effect.CommandDone(command.id(), "counts from the next version of the package"),
                new RequestWork(
                        Step.ASSEMBLY, known.reference(), properties.supplementQuiet(), properties.supplementAtMost()));
    }

    /** Two cases are one matter. Each with a report of its own are two by the prison's word: it marks one of them as a duplicate. */
    private static Effects combine(CommandWork command, ReferralCase known) {
        ReferralCase other = command.otherCase();
        if (other == null || other.id() == known.id()) {
            return refused(command, "there is no other case " + command.argument());
        }
        if (known.state() == CaseState.WITHDRAWN || other.state() == CaseState.WITHDRAWN) {
            return refused(command, "one of the cases is withdrawn");
        }
        if (known.incidentReference() != null && other.incidentReference() != null) {
            return refused(command, "each has an incident report: let the prison mark one as a duplicate");
        }
        CaseLines.moved(known, "combined with " + other.reference() + " by " + command.actor());
        return Effects.of(
                new Effect.CombineCases(known, other, command.actor(), command.reason()),
                new Effect.CommandDone(command.id(), "combined"));
    }

    private static Effects decided(CommandWork command, ReferralCase changed, String kind, String result) {
        return Effects.of(
                new Effect.ChangeCase(changed),
                new Effect.Decide(
                        changed.id(),
                        null,
                        null,
                        kind,
                        changed.verdict(),
                        null,
                        null,
                        "{}",
                        command.actor(),
                        command.reason()),
                new Effect.CommandDone(command.id(), result),
                CaseSync.of(changed.reference()));
    }

    private static Effects refused(CommandWork command, String why) {
        return Effects.of(new Effect.CommandDone(command.id(), "refused: " + why));
    }
}
