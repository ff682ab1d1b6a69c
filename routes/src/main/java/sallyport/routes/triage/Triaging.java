package sallyport.routes.triage;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;
import sallyport.mappings.Rejected;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.PrisonId;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.incident.Watching;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;
import sallyport.routes.CaseLines;
import sallyport.routes.CaseSync;
import sallyport.routes.HubProperties;

/**
 * Turns a report and its verdict into what happens to the case. People decide: a verdict waits for approval unless the prison's
 * policy or the prison's own answers have decided already; after approval a verdict never falls by itself.
 */
@Component
final class Triaging {

    static final String VERDICT_CHANGED = "verdict-changed";
    static final String WITHDRAWAL_PROPOSED = "withdrawal-proposed";
    static final String SUSPECTS_LOST = "suspects-lost";
    static final String FORCE_CHANGED = "force-changed";
    private static final Set<String> ASKED_BY_RULES =
            Set.of(VERDICT_CHANGED, WITHDRAWAL_PROPOSED, SUSPECTS_LOST, FORCE_CHANGED);

    private final Triage rules = Triage.rules();
    private final CaseNumbers numbers;
    private final HubProperties properties;
    private final Clock clock;

    Triaging(CaseNumbers numbers, HubProperties properties, Clock clock) {
        this.numbers = numbers;
        this.properties = properties;
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
            case ACTED_ON -> judged(work, source, report, SignalsKnown.weigh(rules.decide(report), report, work));
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
        if (known.state() == CaseState.WITHDRAWN || WITHDRAWAL_PROPOSED.equals(known.reviewCode())) {
            return Effects.none();
        }
        // What a person kept internal stays where the person put it.
        if (known.state() == CaseState.KEPT_INTERNAL) {
            return Effects.none();
        }
        ReferralCase changed =
                known.approved() ? known.withReview(WITHDRAWAL_PROPOSED, why) : known.withState(CaseState.WITHDRAWN);
        return Effects.of(new Effect.ChangeCase(changed), CaseSync.of(known.reference()));
    }

    private Effects judged(TriageWork work, SourceVersion source, IncidentReport report, Verdict verdict) {
        ReferralCase known = work.referralCase();
        if (known == null && verdict.kind() == Verdict.Kind.NOT_REFERABLE) {
            return disposed(work, Disposition.NOT_REFERABLE).and(decided(work, source, null, verdict));
        }
        return known == null ? opened(work, source, report, verdict) : amended(work, source, report, verdict, known);
    }

    private Effects opened(TriageWork work, SourceVersion source, IncidentReport report, Verdict verdict) {
        Instant now = clock.instant();
        var number = numbers.next(now);
        ReferralCase fresh = new ReferralCase(
                number.id(),
                number.reference(),
                1,
                CaseState.AWAITING_DECISION,
                verdict.kind().name(),
                classOf(verdict),
                prison(report),
                forceOrNull(prison(report)),
                report.family(),
                report.reportReference(),
                report.incidentDateAndTime().instant(),
                report.incidentDateAndTime().text(),
                now,
                now.plus(properties.decideWithin()),
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null);
        ReferralCase opened = approvedByPolicy(fresh, verdict, now);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.OpenCase(opened));
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
            TriageWork work, SourceVersion source, IncidentReport report, Verdict verdict, ReferralCase known) {
        Instant now = clock.instant();
        boolean wasOpen = known.state().open();
        boolean referable = verdict.kind() != Verdict.Kind.NOT_REFERABLE;
        boolean anew = known.approved() && known.state() == CaseState.WITHDRAWN;
        if (anew) {
            if (!referable) {
                return Effects.none();
            }
            // Taken back, and now it is a report again: a person decides anew.
            known = known.reopened(now.plus(properties.decideWithin()));
        }
        String force = forceOf(report, known);
        boolean moved = known.packageVersion() > 0
                && known.force() != null
                && !known.force().equals(force);
        ReferralCase changed = known.withIncident(
                prison(report),
                moved ? known.force() : force,
                report.family(),
                report.incidentDateAndTime().instant(),
                report.incidentDateAndTime().text());
        boolean newCriterion = bringsNewCriterion(work.lastCriteria(), verdict);
        changed = anew
                ? changed.withVerdict(verdict.kind().name(), urgent(known, verdict), known.decideBy())
                : known.approved() ? keptUp(changed, verdict, report) : rejudged(changed, verdict, newCriterion, now);
        if (moved && known.approved()) {
            changed = changed.withReview(FORCE_CHANGED, "the place of the offence is now one of force " + force);
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

    /** After approval: a higher verdict is taken over, a lower one is a question to a person. */
    private static ReferralCase keptUp(ReferralCase approved, Verdict verdict, IncidentReport report) {
        boolean emptied = report.emptiedByTypeChange();
        if (verdict.kind() == Verdict.Kind.NOT_REFERABLE || verdict.kind() == Verdict.Kind.NEEDS_REVIEW) {
            boolean nobody = report.prisonersInvolved().isEmpty()
                    && Suspects.of(report).staffSuspects().isEmpty();
            return nobody
                    ? approved.withReview(SUSPECTS_LOST, "the report names no suspect any more")
                    : approved.withReview(VERDICT_CHANGED, "the rules now say " + verdict.kind());
        }
        ReferralCase raised =
                approved.withVerdict(verdict.kind().name(), urgent(approved, verdict), approved.decideBy());
        // What the rules asked about is answered by the report itself.
        boolean answered = !emptied && approved.reviewCode() != null && ASKED_BY_RULES.contains(approved.reviewCode());
        return answered ? raised.withReview(null, null) : raised;
    }

    /** Once immediate, always immediate: a milder edit does not stop the 24-hour clock. */
    private static CaseClass urgent(ReferralCase known, Verdict verdict) {
        return known.caseClass() == CaseClass.IMMEDIATE ? CaseClass.IMMEDIATE : classOf(verdict);
    }

    private ReferralCase rejudged(ReferralCase waiting, Verdict verdict, boolean newCriterion, Instant now) {
        Instant decideBy = waiting.decideBy();
        ReferralCase changed = waiting.withVerdict(verdict.kind().name(), urgent(waiting, verdict), decideBy);
        boolean referable = verdict.kind() != Verdict.Kind.NOT_REFERABLE;
        // Not KEPT_INTERNAL, which is a person's word: this one comes back by itself when the report does.
        if (waiting.state() == CaseState.AWAITING_DECISION && !referable) {
            return changed.withState(CaseState.WITHDRAWN);
        }
        boolean reopens =
                waiting.state() == CaseState.WITHDRAWN || (waiting.state() == CaseState.KEPT_INTERNAL && newCriterion);
        if (reopens && referable) {
            changed = changed.withState(CaseState.AWAITING_DECISION)
                    .withVerdict(verdict.kind().name(), urgent(waiting, verdict), now.plus(properties.decideWithin()));
        }
        return changed.state() == CaseState.AWAITING_DECISION ? approvedByPolicy(changed, verdict, now) : changed;
    }

    private ReferralCase approvedByPolicy(ReferralCase waiting, Verdict verdict, Instant now) {
        boolean referable = verdict.kind() == Verdict.Kind.MANDATORY || verdict.kind() == Verdict.Kind.DISCRETIONARY;
        if (referable && verdict.prisonDecided()) {
            return waiting.approvedBy("prison", "the report's own answer says police referral", now);
        }
        if (verdict.kind() == Verdict.Kind.MANDATORY && properties.approvesAutomatically(waiting.prison())) {
            return waiting.approvedBy("policy", "the prison's policy lets mandatory verdicts go on", now);
        }
        return waiting;
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
