package sallyport.routes.adjudicationintake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.CaseState;
import sallyport.ledger.ChargeState;
import sallyport.ledger.ChargeWork;
import sallyport.ledger.ChargeWork.Candidate;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeMatched;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.adjudication.ChargeMatch;
import sallyport.mappings.adjudication.ChargeMatch.Matter;
import sallyport.mappings.adjudication.Charges;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Match;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.HubProperties;
import sallyport.routes.Reviews;

/**
 * Finds the case that a charge belongs to which a prison has referred to the police. No shared key exists: it is a score; what does not
 * lead clearly is for a person. The referral approves a case that waits, unless the rules could not judge it. Where nothing fits in
 * time, the charge opens a case itself. Only the state counts that the source gives at the moment.
 */
@Component
final class ChargeMatching {

    static final String WORK = "sallyport.charge";

    /** Kind of the work items. */
    static final String TASK = "ADJUDICATION";

    private static final int MOST_PROPOSED = 5;
    private static final String NEEDS_REVIEW = "NEEDS_REVIEW";

    private final ChargeProperties policy;
    private final OwnCases ownCases;
    private final HubProperties properties;
    private final Clock clock;

    ChargeMatching(ChargeProperties policy, OwnCases ownCases, HubProperties properties, Clock clock) {
        this.policy = policy;
        this.ownCases = ownCases;
        this.properties = properties;
        this.clock = clock;
    }

    String number(ChargeWork work) {
        return work.prisonerNumber();
    }

    Effects match(@Body Fetched fetched, @ExchangeProperty(WORK) ChargeWork work) {
        Effects news = news(fetched, work);
        if (!news.all().isEmpty()) {
            return news;
        }
        return switch (work.state()) {
            case DROPPED -> Effects.of(closed(work, "the charge is not referred to the police any more"));
            case LINKED -> work.inCase() == null ? confirmed(work) : ofLinked(work, work.inCase());
            case OWN ->
                work.charge().erased() || work.inCase() == null ? Effects.none() : ofOwnCase(work, work.inCase());
            case WAITING, ASKED -> work.charge().erased() ? Effects.none() : chosen(work);
        };
    }

    /** What the source says otherwise than it did: it is stored first, and this step runs again on it. A charge that it does not give is
     * no longer there, or under another number, or cannot be read: what is stored stands. */
    private static Effects news(Fetched fetched, ChargeWork work) {
        if (fetched.gone() || work.charge().erased()) {
            return Effects.none();
        }
        for (Charges.Readable each : Charges.read(fetched.raw()).readable()) {
            if (each.charge().chargeNumber().equals(work.charge().key().recordId())
                    && !Arrays.equals(Sha256.of(each.raw()), work.charge().sha256())) {
                return Effects.of(AdjudicationIntake.record(each, fetched, work.prisonerNumber()));
            }
        }
        return Effects.none();
    }

    private Effects chosen(ChargeWork work) {
        Adjudication charge = Adjudication.readOne(work.charge().raw());
        Choice choice = choice(work, charge, work.alone() ? List.of() : work.candidates());
        return switch (choice.verdict()) {
            case LINK -> linked(work, charge, choice.matches().get(0));
            case ASK -> asked(work, charge, choice.matches());
            case WAIT -> waiting(work, charge);
        };
    }

    private Choice choice(ChargeWork work, Adjudication charge, List<Candidate> candidates) {
        List<Matter> matters = new ArrayList<>();
        for (Candidate candidate : candidates) {
            ReferralCase known = candidate.referralCase();
            if (!work.refused().contains(known.id())) {
                Matter.of(known.reference(), known.prison(), known.occurredText(), known.family(), candidate.roles())
                        .ifPresent(matters::add);
            }
        }
        return ChargeMatch.choice(charge, matters, policy.policy());
    }

    /** One that another charge opened rests on both. */
    private Effects ofLinked(ChargeWork work, ReferralCase known) {
        return ChargeAlone.isType(known.family()) && !work.charge().erased() ? followed(work, known) : Effects.none();
    }

    /** A charge that opened a case itself: an incident report may have a case by now that is the same matter. */
    private Effects ofOwnCase(ChargeWork work, ReferralCase own) {
        if (!ChargeAlone.isType(own.family())) {
            return Effects.of(
                            matched(work, ChargeState.LINKED, List.of()),
                            closed(work, "an incident report has joined the case"))
                    .and(followed(work, own));
        }
        List<Candidate> others = work.candidates().stream()
                .filter(candidate -> candidate.referralCase().id() != own.id())
                .filter(candidate ->
                        !ChargeAlone.isType(candidate.referralCase().family()))
                .toList();
        if (own.state() == CaseState.WITHDRAWN) {
            return takenBack(work, own, others);
        }
        for (Candidate candidate : others) {
            // Of those that a person confirmed no role is loaded: none counts.
            if (candidate.roles().isEmpty() && candidate.referralCase().state() != CaseState.WITHDRAWN) {
                return combined(
                        work,
                        own,
                        candidate.referralCase(),
                        String.valueOf(work.settledBy()),
                        String.valueOf(work.settledWhy()));
            }
        }
        Adjudication charge = Adjudication.readOne(work.charge().raw());
        Choice choice = choice(work, charge, others);
        Effects freed = freed(others, choice);
        if (choice.verdict() == Choice.Verdict.WAIT) {
            Effects news = followed(work, own);
            return others.isEmpty()
                    ? news
                    : news.and(freed)
                            .and(Effects.of(
                                    matched(work, ChargeState.OWN, List.of()),
                                    closed(work, "no other case may be meant any more")));
        }
        Match best = choice.matches().get(0);
        ReferralCase other = caseOf(work, best);
        if (choice.verdict() == Choice.Verdict.LINK
                && other.state() != CaseState.KEPT_INTERNAL
                && combinable(own, other)) {
            return combined(
                    work,
                    own,
                    other,
                    "sallyport",
                    "the charge and the incident report are one matter, score " + best.score() + ": "
                            + best.explained());
        }
        return freed.and(asked(work, charge, choice.matches()));
    }

    /** Nothing is the same as what was taken back: what was held because of it goes on. Referred again, all is looked at anew. */
    private Effects takenBack(ChargeWork work, ReferralCase own, List<Candidate> others) {
        Effects again = followed(work, own);
        if (others.isEmpty()) {
            return again;
        }
        return again.all().isEmpty()
                ? freed(others, new Choice(Choice.Verdict.WAIT, List.of()))
                        .and(Effects.of(
                                matched(work, ChargeState.OWN, List.of()),
                                closed(work, "the charge's own case is withdrawn")))
                : again.and(Effects.of(
                        RequestWork.now(Step.CHARGE_MATCH, work.charge().key().recordId())));
    }

    /** The police have given each its own number: they, and a person, say what is the same. */
    private static boolean combinable(ReferralCase one, ReferralCase other) {
        return one.state() != CaseState.WITHDRAWN
                && other.state() != CaseState.WITHDRAWN
                && (one.crimeReference() == null
                        || other.crimeReference() == null
                        || one.crimeReference().equals(other.crimeReference()));
    }

    private static Effects combined(
            ChargeWork work, ReferralCase own, ReferralCase other, String actor, String reason) {
        CaseLines.moved(own, "combined with " + other.reference() + " by " + actor);
        return Effects.of(
                matched(work, ChargeState.LINKED, List.of()),
                new Effect.CombineCases(own, other, actor, reason),
                closed(work, "combined with " + other.reference()));
    }

    /** A case that was held because it might be the same, and is not. */
    private static Effects freed(List<Candidate> others, Choice choice) {
        List<Effect> effects = new ArrayList<>();
        for (Candidate candidate : others) {
            ReferralCase held = candidate.referralCase();
            boolean proposed =
                    choice.matches().stream().anyMatch(match -> match.id().equals(held.reference()));
            if (!proposed && Reviews.MAY_BE_THE_SAME.equals(held.reviewCode())) {
                effects.add(new Effect.ChangeCase(Reviews.settled(held)));
                effects.add(RequestWork.now(Step.ASSEMBLY, held.reference()));
                effects.add(CaseSync.of(held.reference()));
            }
        }
        return Effects.of(effects);
    }

    private Effects linked(ChargeWork work, Adjudication charge, Match match) {
        ReferralCase known = caseOf(work, match);
        SourceKey key = work.charge().key();
        return Effects.of(
                        matched(work, ChargeState.LINKED, List.of(match)),
                        new Effect.Log(new Evidence(
                                Evidence.Kind.COMBINATION,
                                known.reference(),
                                work.prisonerNumber(),
                                "sallyport",
                                "a charge that is referred to the police belongs to the case",
                                null,
                                work.charge().sha256(),
                                null,
                                null,
                                key.system() + "/" + key.recordId() + " score " + match.score() + ": "
                                        + match.explained())))
                .and(Effects.of(belongs(work, known, charge.referredToPolice())));
    }

    /** A person has said which case it belongs to; the ledger has written that down. */
    private Effects confirmed(ChargeWork work) {
        boolean referred = !work.charge().erased()
                && Adjudication.readOne(work.charge().raw()).referredToPolice();
        return work.candidates().isEmpty()
                ? Effects.none()
                : Effects.of(belongs(work, work.candidates().get(0).referralCase(), referred));
    }

    private List<Effect> belongs(ChargeWork work, ReferralCase known, boolean referred) {
        String number = work.charge().key().recordId();
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.LinkRecord(known.id(), work.charge().key()));
        effects.add(closed(work, "the charge belongs to " + known.reference()));
        boolean waits =
                known.state() == CaseState.AWAITING_DECISION && !known.verdict().equals(NEEDS_REVIEW);
        if (waits && referred) {
            String reason = "adjudication " + number + " is referred to the police";
            ReferralCase approved = known.approvedBy("prison", reason, clock.instant());
            CaseLines.moved(approved, "approved: " + reason);
            effects.add(new Effect.ChangeCase(approved));
            effects.add(new Effect.Decide(
                    known.id(), null, null, "APPROVAL", known.verdict(), null, null, "{}", "prison", reason));
            effects.add(RequestWork.now(Step.ASSEMBLY, known.reference()));
            effects.add(CaseSync.of(known.reference()));
        } else if (known.approved() && known.state() != CaseState.WITHDRAWN) {
            effects.add(supplement(known));
        }
        return effects;
    }

    private RequestWork supplement(ReferralCase known) {
        return new RequestWork(
                Step.ASSEMBLY, known.reference(), properties.supplementQuiet(), properties.supplementAtMost());
    }

    private Effects asked(ChargeWork work, Adjudication charge, List<Match> matches) {
        List<Match> best = matches.subList(0, Math.min(MOST_PROPOSED, matches.size()));
        return Effects.of(
                matched(work, work.state() == ChargeState.OWN ? ChargeState.OWN : ChargeState.ASKED, best),
                new Effect.OpenTask(
                        TASK,
                        which(work),
                        null,
                        charge.originatingAgencyId(),
                        null,
                        "Say which case charge " + charge.chargeNumber()
                                + ", which the prison has referred to the police, belongs to, or that it stands alone: "
                                + (best.size() == 1 ? "one" : best.size()) + " may be the one, the best with score "
                                + best.get(0).score() + ".",
                        due(work)));
    }

    private Effects waiting(ChargeWork work, Adjudication charge) {
        Duration left = Duration.between(clock.instant(), due(work));
        if (work.alone() || left.isNegative() || left.isZero()) {
            return ownCases.open(work, charge).and(closed(work, "the charge has opened a case of its own"));
        }
        RequestWork later =
                new RequestWork(Step.CHARGE_MATCH, work.charge().key().recordId(), left, left);
        return work.state() == ChargeState.WAITING
                ? Effects.of(later)
                : Effects.of(
                        later,
                        matched(work, ChargeState.WAITING, List.of()),
                        closed(work, "no case may be meant any more"));
    }

    private Instant due(ChargeWork work) {
        return work.knownAt().plus(policy.openAfter());
    }

    /** A case that rests on charges alone goes where the last of them goes, as it would with its incident report. */
    private Effects followed(ChargeWork work, ReferralCase known) {
        if (!ChargeAlone.isType(known.family()) || known.state() == CaseState.CLOSED) {
            return !known.approved() || known.state() == CaseState.WITHDRAWN
                    ? Effects.none()
                    : Effects.of(supplement(known));
        }
        Adjudication charge = Adjudication.readOne(work.charge().raw());
        boolean proposed = Reviews.WITHDRAWAL_PROPOSED.equals(known.reviewCode());
        if (ChargeAlone.stands(charge) || work.othersStand()) {
            if (known.state() == CaseState.WITHDRAWN) {
                return charge.referredToPolice() ? ownCases.again(work, charge, known) : Effects.none();
            }
            return proposed
                    ? Effects.of(
                            new Effect.ChangeCase(Reviews.settled(known)),
                            RequestWork.now(Step.ASSEMBLY, known.reference()),
                            CaseSync.of(known.reference()))
                    : Effects.of(supplement(known));
        }
        if (known.state() == CaseState.WITHDRAWN || proposed) {
            return Effects.none();
        }
        String why = "the prison's charge is now " + charge.status();
        if (known.packageVersion() == 0) {
            ReferralCase withdrawn = known.withState(CaseState.WITHDRAWN);
            CaseLines.moved(withdrawn, "withdrawn: " + why);
            return Effects.of(
                    new Effect.ChangeCase(withdrawn),
                    new Effect.Decide(
                            known.id(), null, null, "WITHDRAWAL", known.verdict(), null, null, "{}", "prison", why),
                    CaseSync.of(known.reference()));
        }
        return Effects.of(
                new Effect.ChangeCase(Reviews.asked(known, Reviews.WITHDRAWAL_PROPOSED, "OTHER: " + why)),
                CaseSync.of(known.reference()));
    }

    static ChargeMatched matched(ChargeWork work, ChargeState state, List<Match> matches) {
        return new ChargeMatched(
                work.charge().key(),
                work.version(),
                state,
                matches.stream()
                        .map(match ->
                                new ChargeMatched.Match(caseOf(work, match).id(), match.score(), match.explained()))
                        .toList());
    }

    private static ReferralCase caseOf(ChargeWork work, Match match) {
        return work.candidates().stream()
                .map(Candidate::referralCase)
                .filter(known -> known.reference().equals(match.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Effect closed(ChargeWork work, String why) {
        return new Effect.CloseTasks(TASK, Set.of(which(work)), why);
    }

    private static String which(ChargeWork work) {
        return "charge/" + work.charge().recordRow() + "/which";
    }
}
