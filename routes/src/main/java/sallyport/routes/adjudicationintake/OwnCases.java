package sallyport.routes.adjudicationintake;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.CasePerson;
import sallyport.ledger.ChargeState;
import sallyport.ledger.ChargeWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.adjudication.ChargeMatch;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.PrisonId;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.triage.Verdict;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.Policies;
import sallyport.routes.triage.SeriesLook;

/** Cases that begin with a charge: the prison has decided that it is for the police, so nobody is asked again. */
@Component
final class OwnCases {

    private final CaseNumbers numbers;
    private final Policies policies;
    private final Clock clock;

    OwnCases(CaseNumbers numbers, Policies policies, Clock clock) {
        this.numbers = numbers;
        this.policies = policies;
        this.clock = clock;
    }

    Effects open(ChargeWork work, Adjudication charge) {
        Instant now = clock.instant();
        IncidentReport told = ChargeAlone.report(List.of(charge));
        Verdict verdict = ChargeAlone.verdict(List.of(charge));
        String prison = PrisonId.of(charge.originatingAgencyId(), "/originatingAgencyId")
                .value();
        var number = numbers.next(now);
        ReferralCase opened = ReferralCase.opened(
                        number.id(),
                        number.reference(),
                        verdict.kind().name(),
                        classOf(verdict),
                        prison,
                        forceOrNull(prison),
                        ChargeAlone.TYPE,
                        null,
                        told.incidentDateAndTime().instant(),
                        told.incidentDateAndTime().text(),
                        now,
                        now.plus(policies.decideWithin(prison, forceOrNull(prison), classOf(verdict))))
                .approvedBy("prison", reason(charge), now);
        CaseLines.moved(opened, "opened by a charge, approved: " + reason(charge));
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.OpenCase(opened));
        effects.add(new Effect.OpenedKnowing(
                prison,
                Set.of(work.prisonerNumber()),
                told.incidentDateAndTime().instant(),
                ChargeMatch.furthestApart(),
                work.candidates().stream()
                        .map(candidate -> candidate.referralCase().id())
                        .collect(Collectors.toSet()),
                false));
        effects.add(ChargeMatching.matched(work, ChargeState.OWN, List.of()));
        effects.add(new Effect.LinkRecord(opened.id(), work.charge().key()));
        effects.add(new Effect.SetPeople(opened.id(), people(told)));
        effects.add(SeriesLook.ofCharges(opened, List.of(charge)));
        effects.add(new Effect.Decide(
                opened.id(),
                work.charge().key(),
                work.charge().id(),
                "TRIAGE",
                verdict.kind().name(),
                verdict.ruleVersion(),
                String.join(" ", verdict.criteria()),
                verdict.explanationJson(),
                "rules",
                null));
        effects.addAll(approved(opened, charge));
        Suspects.of(told).suspects().stream()
                .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                .distinct()
                .forEach(suspect -> effects.add(RequestWork.now(Step.PRISONER_ALERT_FETCH, suspect)));
        return Effects.of(effects);
    }

    private static CaseClass classOf(Verdict verdict) {
        return verdict.immediate() ? CaseClass.IMMEDIATE : CaseClass.ROUTINE;
    }

    /** Taken back, and now it is referred again: the prison has decided anew. */
    Effects again(ChargeWork work, Adjudication charge, ReferralCase withdrawn) {
        Instant now = clock.instant();
        ReferralCase approved = withdrawn
                .reopened(now.plus(policies.decideWithin(withdrawn.prison(), withdrawn.force(), withdrawn.caseClass())))
                .approvedBy("prison", reason(charge), now);
        CaseLines.moved(approved, "referred again: " + reason(charge));
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.ChangeCase(approved));
        effects.addAll(approved(approved, charge));
        return Effects.of(effects);
    }

    private static List<Effect> approved(ReferralCase known, Adjudication charge) {
        return List.of(
                new Effect.Decide(
                        known.id(),
                        null,
                        null,
                        "APPROVAL",
                        known.verdict(),
                        null,
                        null,
                        "{}",
                        "prison",
                        reason(charge)),
                RequestWork.now(Step.ASSEMBLY, known.reference()),
                CaseSync.of(known.reference()));
    }

    private static String reason(Adjudication charge) {
        return "adjudication " + charge.chargeNumber() + " is referred to the police, and no incident report fits it";
    }

    private static Set<CasePerson> people(IncidentReport told) {
        Set<CasePerson> people = new HashSet<>();
        told.prisonersInvolved()
                .forEach(person -> people.add(new CasePerson(
                        person.prisonerNumber(), person.prisonerRole().name(), false)));
        return people;
    }

    /** A prison without a force, or a boundary case, is no reason to lose the case: assembly parks it and names the field. */
    private static @Nullable String forceOrNull(String prison) {
        try {
            return PrisonForces.forPrison(prison).value();
        } catch (Rejected unknown) {
            return null;
        }
    }
}
