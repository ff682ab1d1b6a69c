package sallyport.routes.triage;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.Disposition;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;
import sallyport.ledger.TriageWork.ChargeCase;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.adjudication.ChargeMatch;
import sallyport.mappings.adjudication.ChargeMatch.Matter;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.PrisonId;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.incident.Watching;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Match;
import sallyport.mappings.triage.DecisionTime;
import sallyport.mappings.triage.Judged;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.HubProperties;
import sallyport.routes.Policies;
import sallyport.routes.Reviews;
import sallyport.routes.adjudicationintake.ChargeProperties;

/**
 * Turns a report and its verdict into what happens to the case. People decide: a verdict waits for approval unless the prison's
 * policy or the prison's own answers have decided already; after approval a verdict never falls by itself.
 */
@Component
final class Triaging {

    private final Triage rules = Triage.rules();
    private final CaseNumbers numbers;
    private final HubProperties properties;
    private final Policies policies;
    private final ChargeProperties charges;
    private final Clock clock;

    Triaging(CaseNumbers numbers, HubProperties properties, Policies policies, ChargeProperties charges, Clock clock) {
        this.numbers = numbers;
        this.properties = properties;
        this.policies = policies;
        this.charges = charges;
        this.clock = clock;
    }

    Effects judge(TriageWork work) {
        SourceVersion source = work.report();
        if (source == null || source.goneAt() != null) {
            return withdrawn(work, "DELETED");
        }
        if (source.erased()) {
            // Nothing new was told since its term ended: what was decided then stands.
            return Effects.none();
        }
        IncidentReport report = IncidentReport.read(source.raw());
        return switch (Watching.of(report.status())) {
            case WATCHED -> work.referralCase() == null ? disposed(work, Disposition.WATCHED) : Effects.none();
            case WITHDRAWN -> withdrawn(work, report.status().name());
            case ACTED_ON ->
                judged(
                        work,
                        source,
                        report,
                        GroundsKnown.weigh(SignalsKnown.weigh(rules.decide(report), report, work), report, work));
        };
    }

    private static Effects disposed(TriageWork work, Disposition disposition) {
        return Effects.of(new Effect.Dispose(work.key(), disposition));
    }

    /** Nothing that was approved is taken back without a person; the detail says why in the word that the package will carry. */
    private static Effects withdrawn(TriageWork work, String why) {
        ReferralCase known = work.referralCase();
        if (known == null) {
            return disposed(work, Disposition.WITHDRAWN);
        }
        if (known.state() == CaseState.WITHDRAWN || Reviews.WITHDRAWAL_PROPOSED.equals(known.reviewCode())) {
            return Effects.none();
        }
        // What a person kept internal stays where the person put it.
        if (known.state() == CaseState.KEPT_INTERNAL) {
            return Effects.none();
        }
        ReferralCase changed = known.approved()
                ? Reviews.asked(known, Reviews.WITHDRAWAL_PROPOSED, why)
                : known.withState(CaseState.WITHDRAWN);
        return Effects.of(new Effect.ChangeCase(changed), CaseSync.of(known.reference()));
    }

    private Effects judged(TriageWork work, SourceVersion source, IncidentReport report, Verdict verdict) {
        ReferralCase known = work.referralCase();
        if (known != null) {
            return amended(work, source, report, verdict, known, work.referredCharge());
        }
        Choice choice = chargeCases(work, report);
        if (choice.verdict() == Choice.Verdict.LINK) {
            return joined(work, source, report, verdict, choice.matches().get(0));
        }
        return verdict.kind() == Verdict.Kind.NOT_REFERABLE
                ? disposed(work, Disposition.NOT_REFERABLE).and(decided(work, source, null, verdict))
                : opened(work, source, report, verdict, choice);
    }

    /** Which case, opened by a charge for want of a report, this report may be about. */
    private Choice chargeCases(TriageWork work, IncidentReport report) {
        List<Match> matches = new ArrayList<>();
        for (ChargeCase each : work.chargeCases()) {
            try {
                Adjudication charge = Adjudication.readOne(each.charge().raw());
                Matter.of(each.referralCase().reference(), report, charge.prisonerNumber())
                        .flatMap(matter -> ChargeMatch.of(charge, matter))
                        .ifPresent(matches::add);
            } catch (Rejected unreadable) {
                // Its own work is parked for it.
                continue;
            }
        }
        // Of a case with several charges the best counts.
        Map<String, Match> best = new TreeMap<>();
        matches.forEach(
                match -> best.merge(match.id(), match, (one, other) -> one.score() >= other.score() ? one : other));
        return ChargeMatch.among(best.values(), charges.policy());
    }

    /** No second case: the force that has this one gets the report as a supplement, and both records belong to one matter. */
    private Effects joined(TriageWork work, SourceVersion source, IncidentReport report, Verdict verdict, Match match) {
        ReferralCase known = work.chargeCases().stream()
                .map(ChargeCase::referralCase)
                .filter(each -> each.reference().equals(match.id()))
                .findFirst()
                .orElseThrow();
        CaseLines.moved(known, "joined by incident report " + report.reportReference());
        return Effects.of(
                        new Effect.LinkRecord(known.id(), work.key()),
                        new Effect.Dispose(work.key(), Disposition.CASE),
                        new Effect.Log(new Evidence(
                                Evidence.Kind.COMBINATION,
                                known.reference(),
                                null,
                                "sallyport",
                                "an incident report is what a charge opened the case for",
                                null,
                                source.sha256(),
                                null,
                                null,
                                work.key().system() + "/" + work.key().recordId() + " score " + match.score() + ": "
                                        + match.explained())),
                        RequestWork.now(Step.ASSEMBLY, known.reference()))
                .and(amended(
                        work,
                        source,
                        report,
                        verdict,
                        known,
                        work.chargeCases().stream()
                                .filter(each -> each.referralCase().id() == known.id())
                                .anyMatch(each -> stands(each.charge()))));
    }

    private static boolean stands(SourceVersion charge) {
        try {
            return ChargeAlone.stands(Adjudication.readOne(charge.raw()));
        } catch (Rejected unreadable) {
            return false;
        }
    }

    private Effects opened(
            TriageWork work, SourceVersion source, IncidentReport report, Verdict verdict, Choice choice) {
        Instant now = clock.instant();
        var number = numbers.next(now);
        ReferralCase fresh = ReferralCase.opened(
                number.id(),
                number.reference(),
                verdict.kind().name(),
                classOf(verdict),
                prison(report),
                forceOrNull(prison(report)),
                report.family(),
                report.reportReference(),
                report.incidentDateAndTime().instant(),
                report.incidentDateAndTime().text(),
                now,
                decideBy(report, prison(report), forceOrNull(prison(report)), classOf(verdict), false));
        ReferralCase decided = approvedByPolicy(fresh, verdict, now);
        // Nothing of it goes out before a person has said whether a force has it already.
        ReferralCase opened = choice.matches().isEmpty()
                ? decided
                : decided.withReview(
                        Reviews.MAY_BE_THE_SAME,
                        "a charge has opened " + choice.matches().get(0).id() + ", which may be the same matter");
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.OpenCase(opened));
        effects.add(new Effect.OpenedKnowing(
                opened.prison(),
                report.prisonersInvolved().stream()
                        .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                        .collect(Collectors.toSet()),
                report.incidentDateAndTime().instant(),
                ChargeMatch.furthestApart(),
                work.chargeCases().stream()
                        .map(each -> each.referralCase().id())
                        .collect(Collectors.toSet()),
                true));
        effects.add(new Effect.LinkRecord(opened.id(), work.key()));
        effects.add(new Effect.Dispose(work.key(), Disposition.CASE));
        effects.add(new Effect.SetPeople(opened.id(), people(report)));
        effects.add(SeriesLook.of(opened, report, suspects(report)));
        effects.add(decided(work, source, opened.id(), verdict));
        if (opened.approved()) {
            effects.add(RequestWork.now(Step.ASSEMBLY, opened.reference()));
        }
        if (!opened.approved()) {
            effects.addAll(adjudicationsOf(report));
        }
        effects.addAll(alertsOf(SignalsKnown.marked(report)));
        effects.add(CaseSync.of(opened.reference()));
        CaseLines.moved(
                opened, "opened, " + verdict.kind() + (opened.approved() ? ", approved" : ", awaiting decision"));
        return Effects.of(effects);
    }

    /** A police referral on an adjudication may be older than the case: its event asked for nothing then. */
    private static List<RequestWork> adjudicationsOf(IncidentReport report) {
        return SignalsKnown.charged(report).stream()
                .map(number -> RequestWork.now(Step.ADJUDICATION_FETCH, number))
                .toList();
    }

    /** Events about the alerts of somebody who was in no open case asked for nothing. */
    private static List<RequestWork> alertsOf(Collection<String> numbers) {
        return numbers.stream()
                .map(number -> RequestWork.now(Step.PRISONER_ALERT_FETCH, number))
                .toList();
    }

    private static List<String> suspects(IncidentReport report) {
        return Suspects.of(report).suspects().stream()
                .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                .distinct()
                .toList();
    }

    private Effects amended(
            TriageWork work,
            SourceVersion source,
            IncidentReport report,
            Verdict verdict,
            ReferralCase known,
            boolean referredCharge) {
        Instant now = clock.instant();
        boolean wasOpen = known.state().open();
        boolean referable = verdict.kind() != Verdict.Kind.NOT_REFERABLE;
        boolean anew = known.approved() && known.state() == CaseState.WITHDRAWN;
        if (anew) {
            if (!referable) {
                return Effects.none();
            }
            // Taken back, and now it is a report again: a person decides anew.
            known = known.reopened(decideBy(report, known.prison(), known.force(), urgent(known, verdict), true));
        }
        String force = forceOf(report, known);
        boolean moved = known.packageVersion() > 0
                && known.force() != null
                && !known.force().equals(force);
        ReferralCase changed = known.withIncidentReference(report.reportReference())
                .withIncident(
                        prison(report),
                        moved ? known.force() : force,
                        report.family(),
                        report.incidentDateAndTime().instant(),
                        report.incidentDateAndTime().text());
        boolean newCriterion = bringsNewCriterion(work.lastCriteria(), verdict);
        changed = anew
                ? changed.withVerdict(verdict.kind().name(), urgent(known, verdict), known.decideBy())
                : known.approved()
                        ? keptUp(changed, verdict, report, work, referredCharge)
                        : rejudged(changed, verdict, report, newCriterion, now);
        boolean joins = work.referralCase() == null;
        boolean decidedAnew = verdict.kind() == Verdict.Kind.MANDATORY || verdict.prisonDecided();
        if (joins && Reviews.WITHDRAWAL_PROPOSED.equals(known.reviewCode()) && !decidedAnew) {
            // The charge has fallen: a report of the same matter does not say that it is to go on.
            changed = changed.withReview(known.reviewCode(), known.reviewDetail());
        }
        if (moved && known.approved()) {
            changed = Reviews.asked(
                    changed, Reviews.FORCE_CHANGED, "the place of the offence is now one of force " + force);
        }

        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.ChangeCase(changed));
        effects.add(new Effect.SetPeople(known.id(), people(report)));
        effects.add(SeriesLook.of(changed, report, suspects(report)));
        effects.add(decided(work, source, known.id(), verdict));
        if (changed.approved() && changed.state() != CaseState.WITHDRAWN) {
            effects.add(
                    newCriterion || !known.approved()
                            ? RequestWork.now(Step.ASSEMBLY, known.reference())
                            : new RequestWork(
                                    Step.ASSEMBLY,
                                    known.reference(),
                                    properties.supplementQuiet(),
                                    properties.supplementAtMost()));
        }
        if (changed.state().open()) {
            effects.addAll(alertsOf(SignalsKnown.marked(report).stream()
                    .filter(number -> !wasOpen || !work.people().contains(number))
                    .toList()));
        }
        effects.add(CaseSync.of(known.reference()));
        return Effects.of(effects);
    }

    /**
     * After approval: a higher verdict is taken over; a lower one, or one that is for a person with something new in it, is a question.
     * The class is raised whatever is asked: the 24 hours do not wait for the answer.
     */
    private static ReferralCase keptUp(
            ReferralCase approved, Verdict verdict, IncidentReport report, TriageWork work, boolean referredCharge) {
        ReferralCase raised = approved.withVerdict(approved.verdict(), urgent(approved, verdict), approved.decideBy());
        boolean falls = Verdict.Kind.of(approved.verdict())
                .map(kind -> Judged.falls(kind, verdict.kind()))
                .orElse(true);
        if (!falls && verdict.kind() != Verdict.Kind.NEEDS_REVIEW) {
            return Reviews.answered(
                    raised.withVerdict(verdict.kind().name(), raised.caseClass(), raised.decideBy()),
                    report.emptiedByTypeChange(),
                    forceOrNull(prison(report)));
        }
        boolean nobody = report.prisonersInvolved().isEmpty()
                && Suspects.of(report).staffSuspects().isEmpty();
        if (!nobody && referredCharge) {
            // The prison has decided on the charge, and the rules cannot unsay that.
            return raised;
        }
        boolean lost = nobody && !work.people().isEmpty();
        boolean news = Judged.read(work.lastExplanation())
                .map(last -> last.isNews(verdict))
                .orElse(true);
        if (!lost && !news) {
            return Reviews.standsAgain(raised, "the report is one again and the rules say " + verdict.kind());
        }
        return nobody
                ? Reviews.asked(raised, Reviews.SUSPECTS_LOST, "the report names no suspect any more")
                : Reviews.asked(raised, Reviews.VERDICT_CHANGED, "the rules now say " + verdict.kind());
    }

    /** Once immediate, always immediate: a milder edit does not stop the 24-hour clock. */
    private static CaseClass urgent(ReferralCase known, Verdict verdict) {
        return known.caseClass() == CaseClass.IMMEDIATE ? CaseClass.IMMEDIATE : classOf(verdict);
    }

    private ReferralCase rejudged(
            ReferralCase waiting, Verdict verdict, IncidentReport report, boolean newCriterion, Instant now) {
        CaseClass urgent = urgent(waiting, verdict);
        Instant anew = decideBy(report, waiting.prison(), waiting.force(), urgent, true);
        Instant before = waiting.decideBy();
        // What became immediate gives no more time than there was.
        boolean sooner = urgent != waiting.caseClass() && (before == null || anew.isBefore(before));
        ReferralCase changed = waiting.withVerdict(verdict.kind().name(), urgent, sooner ? anew : before);
        boolean referable = verdict.kind() != Verdict.Kind.NOT_REFERABLE;
        // Not KEPT_INTERNAL, which is a person's word: this one comes back by itself when the report does.
        if (waiting.state() == CaseState.AWAITING_DECISION && !referable) {
            return changed.withState(CaseState.WITHDRAWN);
        }
        boolean reopens =
                waiting.state() == CaseState.WITHDRAWN || (waiting.state() == CaseState.KEPT_INTERNAL && newCriterion);
        if (reopens && referable) {
            changed = changed.withState(CaseState.AWAITING_DECISION)
                    .withVerdict(verdict.kind().name(), urgent, anew);
        }
        return changed.state() == CaseState.AWAITING_DECISION ? approvedByPolicy(changed, verdict, now) : changed;
    }

    private ReferralCase approvedByPolicy(ReferralCase waiting, Verdict verdict, Instant now) {
        boolean referable = verdict.kind() == Verdict.Kind.MANDATORY || verdict.kind() == Verdict.Kind.DISCRETIONARY;
        if (referable && verdict.prisonDecided()) {
            return waiting.approvedBy("prison", "the report's own answer says police referral", now);
        }
        if (verdict.kind() == Verdict.Kind.MANDATORY && policies.approvesMandatory(waiting)) {
            return waiting.approvedBy("policy", "the prison's policy lets mandatory verdicts go on", now);
        }
        return waiting;
    }

    private Instant decideBy(
            IncidentReport report, String prison, @Nullable String force, CaseClass caseClass, boolean judgedBefore) {
        return DecisionTime.startsAt(report, caseClass == CaseClass.IMMEDIATE, judgedBefore, clock.instant())
                .plus(policies.decideWithin(prison, force, caseClass));
    }

    private static CaseClass classOf(Verdict verdict) {
        return verdict.immediate() ? CaseClass.IMMEDIATE : CaseClass.ROUTINE;
    }

    /** A prison without a force, or a boundary case, is no reason to lose the case: assembly parks it and names the field. */
    private static @Nullable String forceOrNull(String prison) {
        try {
            return PrisonForces.forPrison(prison).value();
        } catch (Rejected unknown) {
            return null;
        }
    }

    /** Where a person named the force, an edit of the report in the same place does not unsay it. */
    private static @Nullable String forceOf(IncidentReport report, ReferralCase known) {
        String prison = prison(report);
        return prison.equals(known.prison()) && known.force() != null ? known.force() : forceOrNull(prison);
    }

    /** A location may be any text by its contract; a case's prison is told to trackers, teams and logs, so it must be an id. */
    private static String prison(IncidentReport report) {
        return PrisonId.of(report.location(), "/location").value();
    }

    private static boolean bringsNewCriterion(@Nullable String before, Verdict verdict) {
        Set<String> known = before == null ? Set.of() : Set.of(before.split(" "));
        return !known.containsAll(verdict.criteria());
    }

    private static Set<CasePerson> people(IncidentReport report) {
        return report.prisonersInvolved().stream()
                .map(person -> new CasePerson(
                        person.prisonerNumber(), person.prisonerRole().name(), false))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Effect decided(TriageWork work, SourceVersion source, @Nullable Long caseId, Verdict verdict) {
        return new Effect.Decide(
                caseId,
                work.key(),
                source.id(),
                "TRIAGE",
                verdict.kind().name(),
                verdict.ruleVersion(),
                String.join(" ", verdict.criteria()),
                verdict.explanationJson(),
                "rules",
                null);
    }
}
