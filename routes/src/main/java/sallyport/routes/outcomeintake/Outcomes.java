package sallyport.routes.outcomeintake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.Inbox;
import sallyport.ledger.OutcomeWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Rung;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.feed.CaseEvent;
import sallyport.mappings.outcome.OutcomeMessage;
import sallyport.mappings.police.MessageIds;
import sallyport.mappings.police.RouteDataResponse;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.regionalfeed.Feeds;

/**
 * Applies what a force sent to its case, once. What names no case of that force, contradicts what was said before, or comes a second
 * time with other words changes nothing: it waits on the conflict desk for a person.
 */
@Component
final class Outcomes {

    private final Feeds feeds;

    Outcomes(Feeds feeds) {
        this.feeds = feeds;
    }

    Effects apply(OutcomeWork work) {
        try {
            Said said = Said.read(work.channel(), work.raw());
            if (work.state().equals("RECEIVED")) {
                return judgedLate(work, said);
            }
            return said.outcome() != null ? outcome(work, said.outcome()) : delivered(work, said.answerHere());
        } catch (Rejected rejected) {
            return Effects.of(new Effect.JudgeInbound(
                    work.inboundId(), "REJECTED", work.messageId(), null, rejected.code(), rejected.where(), null));
        }
    }

    /** The node died between storing and judging: judged now, and applied by the next run, which knows the case. */
    private static Effects judgedLate(OutcomeWork work, Said said) {
        return Effects.of(
                new Effect.JudgeInbound(
                        work.inboundId(), "VALID", said.messageId(), said.caseReference(), null, null, null),
                RequestWork.now(Step.OUTCOME, Long.toString(work.inboundId())));
    }

    private Effects outcome(OutcomeWork work, OutcomeMessage message) {
        Optional<Conflict> conflict = conflict(work, message);
        if (conflict.isPresent()) {
            return onTheDesk(work, message.messageId(), reference(message), conflict.get());
        }
        if (repeated(work)) {
            return judged(work, message.messageId(), reference(message), "APPLIED", "duplicate of " + twinId(work));
        }
        if (saidBefore(work, message)) {
            return judged(work, message.messageId(), reference(message), "APPLIED", "says what was said before");
        }
        ReferralCase known = known(work);
        ReferralCase changed = changed(known, message);
        int version = latestSent(work);

        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.ApplyOutcome(
                work.inboundId(),
                known.id(),
                work.sender(),
                message.messageId(),
                message.type().name(),
                code(message),
                message.at(),
                message.crimeReference(),
                message.officer(),
                message.reason()));
        effects.add(new Effect.ChangeCase(changed));
        rung(message)
                .ifPresent(rung -> effects.add(new Effect.AddReceipt(
                        known.id(),
                        "force:" + work.sender(),
                        version,
                        rung,
                        message.at(),
                        "force:" + work.sender(),
                        null,
                        work.sha256(),
                        message.type().name())));
        effects.add(collected(work, known, message));
        effects.add(CaseSync.of(known.reference()));
        event(message).ifPresent(type -> effects.addAll(feeds.promises(changed, type, work.inboundId(), message.at())));
        CaseLines.moved(changed, told(message));
        return judged(work, message.messageId(), reference(message), "APPLIED", null)
                .and(Effects.of(effects));
    }

    private static String reference(OutcomeMessage message) {
        return message.caseReference().value();
    }

    private record Conflict(String code, String where) {}

    private static Optional<Conflict> conflict(OutcomeWork work, OutcomeMessage message) {
        ReferralCase known = work.referralCase();
        if (known == null) {
            return Optional.of(new Conflict("unknown-case", "/caseReference"));
        }
        if (!work.sender().equals(message.force().value())) {
            return Optional.of(new Conflict("sender-is-not-the-force", "/force"));
        }
        if (work.sentVersions().isEmpty()) {
            return Optional.of(new Conflict("not-the-receiving-force", "/caseReference"));
        }
        if (work.twin() != null && !work.twin().saysTheSame()) {
            return Optional.of(new Conflict(Inbox.MESSAGE_ID_REUSED, "/messageId"));
        }
        if (repeated(work)) {
            return Optional.empty();
        }
        if (message.crimeReference() != null
                && known.crimeReference() != null
                && !message.crimeReference().equals(known.crimeReference())) {
            return Optional.of(new Conflict("crime-reference-differs", "/crimeReference"));
        }
        boolean closes = message.closes();
        if (closes && known.state() == CaseState.WITHDRAWN) {
            return Optional.of(new Conflict("case-is-withdrawn", "/caseReference"));
        }
        if (closes && known.state() == CaseState.CLOSED && !equal(known.outcomeType(), code(message))) {
            return Optional.of(new Conflict("contradicts-outcome", "/code"));
        }
        return Optional.empty();
    }

    /** The same ending once more, under another message id. */
    private static boolean saidBefore(OutcomeWork work, OutcomeMessage message) {
        ReferralCase known = work.referralCase();
        return known != null
                && message.closes()
                && known.state() == CaseState.CLOSED
                && equal(known.outcomeType(), code(message));
    }

    private static boolean repeated(OutcomeWork work) {
        return work.twin() != null && work.twin().saysTheSame();
    }

    private static long twinId(OutcomeWork work) {
        OutcomeWork.Twin twin = work.twin();
        return twin == null ? 0 : twin.inboundId();
    }

    private static boolean equal(@Nullable String one, @Nullable String other) {
        return one != null && one.equals(other);
    }

    private static ReferralCase known(OutcomeWork work) {
        ReferralCase known = work.referralCase();
        if (known == null) {
            throw new IllegalStateException("an outcome without a case is a conflict");
        }
        return known;
    }

    /** A late fact is added, never taken away: an officer named after the outcome does not reopen the case. */
    private static ReferralCase changed(ReferralCase known, OutcomeMessage message) {
        boolean closes = message.closes();
        ReferralCase told = known.withPoliceFacts(
                message.crimeReference() != null ? message.crimeReference() : known.crimeReference(),
                message.officer() != null ? message.officer() : known.officer(),
                closes ? code(message) : known.outcomeType(),
                closes ? message.at() : known.outcomeAt());
        if (closes) {
            return told.withState(CaseState.CLOSED);
        }
        // A force that works on it has it.
        ReferralCase arrived = told.state() == CaseState.IN_PROGRESS ? told.withState(CaseState.DELIVERED) : told;
        return needsPerson(message) && arrived.reviewCode() == null
                ? arrived.withReview(word(message), message.type().name())
                : arrived;
    }

    /** A force that gives the case away is no ending: a person sees to it. */
    private static boolean needsPerson(OutcomeMessage message) {
        return switch (message.type()) {
            case REFERRED_BACK, CANCELLED, TRANSFERRED -> true;
            default -> false;
        };
    }

    private static String word(OutcomeMessage message) {
        return message.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable String code(OutcomeMessage message) {
        return message.code() == null ? null : message.code().code();
    }

    private static Optional<Rung> rung(OutcomeMessage message) {
        return switch (message.type()) {
            case CRIME_REFERENCE -> Optional.of(Rung.CRIME_REFERENCE);
            case OFFICER_ALLOCATED -> Optional.of(Rung.OFFICER_ALLOCATED);
            case OUTCOME -> message.closes() ? Optional.of(Rung.OUTCOME) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Teams hear of what moves a case, not of every word about it. */
    private static Optional<CaseEvent.Type> event(OutcomeMessage message) {
        return switch (message.type()) {
            case ACCEPTED -> Optional.of(CaseEvent.Type.ACCEPTED);
            case REFERRED_BACK -> Optional.of(CaseEvent.Type.REFERRED_BACK);
            case CRIME_REFERENCE -> Optional.of(CaseEvent.Type.CRIME_REFERENCE);
            case OFFICER_ALLOCATED -> Optional.of(CaseEvent.Type.OFFICER_ALLOCATED);
            case OUTCOME -> Optional.of(message.closes() ? CaseEvent.Type.CLOSED : CaseEvent.Type.OUTCOME);
            default -> Optional.empty();
        };
    }

    private static String told(OutcomeMessage message) {
        String word = message.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return message.code() == null ? word : word + " type " + message.code().code();
    }

    private static Effect collected(OutcomeWork work, ReferralCase known, OutcomeMessage message) {
        return new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                known.reference(),
                null,
                "force:" + work.sender(),
                "outcome from the receiving force",
                null,
                work.sha256(),
                null,
                null,
                message.type().name()));
    }

    /** A RouteDataResp with code 1 or 302 proves delivery; any other code takes the acceptance back, and a person sees to it. */
    private Effects delivered(OutcomeWork work, RouteDataResponse response) {
        // A proof of delivery is about the package that was sent, under the reference that it was sent with.
        OutcomeWork.Former former = work.former();
        ReferralCase known = former == null ? work.referralCase() : former.referralCase();
        var versions = former == null ? work.sentVersions() : former.sentVersions();
        Optional<MessageIds.PackageMessage> sent = MessageIds.packageOf(response.correlationId())
                .filter(message -> message.force().value().equals(work.sender()))
                .filter(message -> versions.contains(message.version()));
        if (known == null || sent.isEmpty()) {
            return onTheDesk(
                    work, response.correlationId(), null, new Conflict("unknown-correlation", "CorrelationID"));
        }
        if (!response.delivered()) {
            Effects conflict = onTheDesk(
                    work,
                    response.correlationId(),
                    known.reference(),
                    new Conflict("cjse-" + response.code(), "OperationStatus"));
            return known.reviewCode() == null
                    ? conflict.and(
                            new Effect.ChangeCase(known.withReview("delivery-refused", "CJSE code " + response.code())))
                    : conflict;
        }
        int version = sent.get().version();
        Effects proved = judged(work, response.correlationId(), known.reference(), "APPLIED", null)
                .and(new Effect.AddReceipt(
                        known.id(),
                        "force:" + work.sender(),
                        version,
                        Rung.DELIVERED,
                        work.receivedAt(),
                        "force:" + work.sender(),
                        null,
                        work.sha256(),
                        "RouteDataResp " + response.code()))
                .and(new Effect.MoveState(known.id(), CaseState.IN_PROGRESS, CaseState.DELIVERED))
                .and(CaseSync.of(known.reference()));
        CaseLines.moved(known, "version " + version + " delivered, says the force");
        return proved.and(Effects.of(feeds.promises(known, CaseEvent.Type.DELIVERED, version, work.receivedAt())));
    }

    private static Effects judged(
            OutcomeWork work, String messageId, @Nullable String reference, String state, @Nullable String detail) {
        return Effects.of(new Effect.JudgeInbound(work.inboundId(), state, messageId, reference, null, null, detail));
    }

    private static Effects onTheDesk(
            OutcomeWork work, String messageId, @Nullable String reference, Conflict conflict) {
        return Effects.of(new Effect.JudgeInbound(
                work.inboundId(), "CONFLICT", messageId, reference, conflict.code(), conflict.where(), null));
    }

    private static int latestSent(OutcomeWork work) {
        return work.sentVersions().stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
}
