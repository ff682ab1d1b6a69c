package sallyport.routes.decision;

import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Step;
import sallyport.mappings.identity.ForceCode;
import sallyport.routes.CaseLines;

/** A person's word, checked against where the case stands now; one that no longer fits changes nothing and says so. */
@Component
final class Decisions {

    /** Set while a person's confirmation waits for the package that it was given for. */
    static final String CONFIRMED = "confirmed";

    private final Clock clock;

    Decisions(Clock clock) {
        this.clock = clock;
    }

    Effects carryOut(CommandWork command) {
        if (command.kind().equals(CommandWork.RELEASE)) {
            return Effects.of(
                    new Effect.Release(Objects.requireNonNull(command.argument())),
                    new Effect.CommandDone(command.id(), "released"));
        }
        ReferralCase known = command.referralCase();
        if (known == null) {
            return refused(command, "there is no case " + command.target());
        }
        return switch (command.kind()) {
            case CommandWork.APPROVE -> approve(command, known);
            case CommandWork.KEEP_INTERNAL -> keepInternal(command, known);
            case CommandWork.CONFIRM_WITHDRAWAL -> withdraw(command, known);
            case CommandWork.CONFIRM_REVIEW -> confirm(command, known);
            default -> refused(command, "there is no command " + command.kind());
        };
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
        return decided(command, kept, "KEEP_INTERNAL", "kept internal");
    }

    private Effects withdraw(CommandWork command, ReferralCase known) {
        if (!"withdrawal-proposed".equals(known.reviewCode())) {
            return refused(command, "no withdrawal is proposed");
        }
        // The word of the proposal and the person's own go into the package that takes the case back.
        ReferralCase withdrawn = known.withReview(CONFIRMED, known.reviewDetail() + ": " + command.reason())
                .withState(CaseState.WITHDRAWN);
        CaseLines.moved(withdrawn, "withdrawn");
        return decided(command, withdrawn, "WITHDRAWAL", "withdrawn")
                .and(RequestWork.now(Step.ASSEMBLY, known.reference()));
    }

    private Effects confirm(CommandWork command, ReferralCase known) {
        if (known.reviewCode() == null || known.reviewCode().equals(CONFIRMED)) {
            return refused(command, "nothing waits for review");
        }
        ReferralCase confirmed = known.withReview(CONFIRMED, known.reviewCode());
        return decided(command, confirmed, "REVIEW", "confirmed")
                .and(RequestWork.now(Step.ASSEMBLY, known.reference()));
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
                RequestWork.now(Step.CASE_SYNC, changed.reference()));
    }

    private static Effects refused(CommandWork command, String why) {
        return Effects.of(new Effect.CommandDone(command.id(), "refused: " + why));
    }
}
