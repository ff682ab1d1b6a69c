package sallyport.routes.useofforceintake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ReportMatched;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.ReportWork;
import sallyport.ledger.ReportWork.Candidate;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Match;
import sallyport.mappings.time.LondonTime;
import sallyport.mappings.useofforce.UseOfForceMatch;
import sallyport.mappings.useofforce.UseOfForceReport;
import sallyport.routes.HubProperties;

/**
 * Finds out which incident report a use of force report belongs to, and has the package of its case built again. One that is being
 * written, or was deleted, is watched; about one whose incidents are no case nobody is asked.
 */
@Component
final class UseOfForceMatching {

    /** Kind of the work items. */
    static final String TASK = ReportKind.USE_OF_FORCE.task();

    private static final Logger log = LoggerFactory.getLogger(UseOfForceMatching.class);
    private static final int MOST_PROPOSED = 5;

    /** Its incident report may have been on its way while the first look was taken. */
    private static final Duration ANOTHER_LOOK = Duration.ofHours(1);

    private final HubProperties properties;

    UseOfForceMatching(HubProperties properties) {
        this.properties = properties;
    }

    Effects match(ReportWork work) {
        SourceVersion version = work.report();
        if (version.erased()) {
            return Effects.none();
        }
        UseOfForceReport report = UseOfForceReport.read(version.raw());
        List<Effect> effects = new ArrayList<>();
        LondonTime submitted = report.submittedAt();
        effects.add(
                new Effect.ReportRead(version.key(), submitted == null ? version.fetchedAt() : submitted.instant()));
        ReportState state = work.state();
        if (state == ReportState.LINKED) {
            effects.addAll(inCase(work, report));
        } else if (state == null || state.isOpen()) {
            effects.addAll(decided(work, report));
        }
        return Effects.of(effects);
    }

    private List<Effect> decided(ReportWork work, UseOfForceReport report) {
        Choice choice = UseOfForceMatch.choice(report, incidents(work), work.refused());
        return switch (choice.verdict()) {
            case LINK -> linked(work, choice.matches().get(0));
            case ASK -> isAnyCase(work, choice.matches()) ? asked(work, report, choice.matches()) : waiting(work);
            case WAIT -> waiting(work);
        };
    }

    private static List<IncidentReport> incidents(ReportWork work) {
        List<IncidentReport> incidents = new ArrayList<>();
        for (Candidate candidate : work.candidates()) {
            try {
                incidents.add(IncidentReport.read(candidate.incident().raw()));
            } catch (Rejected unreadable) {
                // Its own work is parked for it, and a later version will be looked at.
                log.debug("use-of-force-match: an incident report cannot be read");
            }
        }
        return incidents;
    }

    private static boolean isAnyCase(ReportWork work, List<Match> matches) {
        return matches.stream().anyMatch(match -> of(work, match).caseId() != null);
    }

    private static Candidate of(ReportWork work, Match match) {
        return work.candidates().stream()
                .filter(candidate -> candidate.incident().key().recordId().equals(match.id()))
                .findFirst()
                .orElseThrow();
    }

    private List<Effect> linked(ReportWork work, Match match) {
        SourceKey key = work.report().key();
        Candidate with = of(work, match);
        List<Effect> effects = new ArrayList<>();
        effects.add(new ReportMatched(key, ReportState.LINKED, matches(List.of(match))));
        effects.add(answered(work));
        effects.add(new Effect.Log(new Evidence(
                Evidence.Kind.COMBINATION,
                with.caseReference(),
                null,
                "sallyport",
                "a use of force report and the incident report that it belongs to",
                null,
                work.report().sha256(),
                null,
                null,
                "incident-reporting/" + match.id() + " score " + match.score() + ": " + match.explained())));
        effects.addAll(of(with, work));
        return effects;
    }

    /** Linked, by whomever: it belongs to the case of its incident report once there is one, and a change of it is news there. */
    private List<Effect> inCase(ReportWork work, UseOfForceReport report) {
        List<Effect> effects = new ArrayList<>();
        effects.add(answered(work));
        boolean news = report.counts() || work.inCase();
        work.candidates().stream()
                .filter(candidate -> news && candidate.caseId() != null)
                .findFirst()
                .ifPresent(candidate -> effects.addAll(of(candidate, work)));
        return effects;
    }

    private List<Effect> of(Candidate with, ReportWork work) {
        List<Effect> effects = new ArrayList<>();
        if (with.caseId() != null) {
            if (!work.inCase()) {
                effects.add(new Effect.LinkRecord(with.caseId(), work.report().key()));
            }
            if (with.approved()) {
                effects.add(new Effect.RequestWork(
                        Step.ASSEMBLY,
                        Objects.requireNonNull(with.caseReference()),
                        properties.supplementQuiet(),
                        properties.supplementAtMost()));
            }
        }
        return effects;
    }

    private static List<Effect> asked(ReportWork work, UseOfForceReport report, List<Match> matches) {
        List<Match> best = matches.subList(0, Math.min(MOST_PROPOSED, matches.size()));
        return List.of(
                new ReportMatched(work.report().key(), ReportState.ASKED, matches(best)),
                new Effect.OpenTask(
                        TASK,
                        which(work),
                        null,
                        report.prison(),
                        null,
                        "Say which incident report this use of force report belongs to: "
                                + (best.size() == 1 ? "one" : best.size()) + " may be the one, the best with score "
                                + best.get(0).score() + ".",
                        null));
    }

    private static List<Effect> waiting(ReportWork work) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new ReportMatched(work.report().key(), ReportState.WAITING, List.of()));
        effects.add(answered(work));
        if (work.state() == null) {
            effects.add(new Effect.RequestWork(
                    Step.USE_OF_FORCE_MATCH, work.report().key().recordId(), ANOTHER_LOOK, ANOTHER_LOOK));
        }
        return effects;
    }

    private static Effect answered(ReportWork work) {
        return new Effect.CloseTasks(TASK, Set.of(which(work)), "nobody need say any more which incident report it is");
    }

    private static List<ReportMatched.Match> matches(List<Match> matches) {
        return matches.stream()
                .map(match -> new ReportMatched.Match(match.id(), match.score(), match.explained()))
                .toList();
    }

    private static String which(ReportWork work) {
        return ReportKind.USE_OF_FORCE.which(work.report().recordRow());
    }
}
