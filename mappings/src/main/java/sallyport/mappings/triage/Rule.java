package sallyport.mappings.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.PrisonerOutcome;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.StaffRole;
import sallyport.mappings.triage.KnownQuestions.Answers;
import sallyport.mappings.triage.KnownQuestions.Given;
import sallyport.mappings.triage.Thresholds.Threshold;

/** One row of the rules table with its conditions: it holds when in each group at least one condition is true. */
record Rule(
        String id,
        String criterion,
        Verdict.Kind kind,
        boolean immediate,
        boolean prisonDecided,
        String explanation,
        List<List<Condition>> groups,
        List<Offence> offences) {

    /** One alternative: whether it is true of a report, and the answers that make it so. */
    sealed interface Condition {

        boolean holds(IncidentReport report, Answers answers);

        default List<Given> evidence(IncidentReport report, Answers answers) {
            return List.of();
        }
    }

    /** At least one of the answers was given. */
    record Answered(String questionCode, Set<String> codes) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            return !evidence(report, answers).isEmpty();
        }

        @Override
        public List<Given> evidence(IncidentReport report, Answers answers) {
            return answers.to(questionCode).stream()
                    .filter(given -> codes.contains(given.code()))
                    .toList();
        }
    }

    /** None of the answers was given; the question may be unanswered. */
    record NotAnswered(String questionCode, Set<String> codes) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            return answers.to(questionCode).stream().noneMatch(given -> codes.contains(given.code()));
        }
    }

    /** One of the answers was given later after the incident than the period is long. */
    record RecordedAfter(String questionCode, Set<String> codes, Threshold<Duration> period) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            Duration late = period.at(report.location());
            return evidence(report, answers).stream()
                    .anyMatch(given -> Duration.between(
                                            report.incidentDateAndTime().instant(),
                                            given.recordedAt().instant())
                                    .compareTo(late)
                            > 0);
        }

        @Override
        public List<Given> evidence(IncidentReport report, Answers answers) {
            return new Answered(questionCode, codes).evidence(report, answers);
        }
    }

    /** One of the answers says a weight of at least so many grams. */
    record WeighsFrom(String questionCode, Map<String, Integer> grams, Threshold<Integer> least) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            return !evidence(report, answers).isEmpty();
        }

        @Override
        public List<Given> evidence(IncidentReport report, Answers answers) {
            int from = least.at(report.location());
            return answers.to(questionCode).stream()
                    .filter(given -> grams.getOrDefault(given.code(), -1) >= from)
                    .toList();
        }
    }

    /** A prisoner has one of the roles. */
    record PrisonerHasRole(Set<PrisonerRole> roles) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            return report.prisonersInvolved().stream().anyMatch(prisoner -> roles.contains(prisoner.prisonerRole()));
        }
    }

    /** A prisoner has one of the outcomes. */
    record PrisonerHasOutcome(Set<PrisonerOutcome> outcomes) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            return report.prisonersInvolved().stream()
                    .anyMatch(prisoner -> prisoner.outcome() != null && outcomes.contains(prisoner.outcome()));
        }
    }

    /** A member of staff has one of the roles. */
    record StaffHasRole(Set<StaffRole> roles) implements Condition {

        @Override
        public boolean holds(IncidentReport report, Answers answers) {
            return report.staffInvolved().stream().anyMatch(member -> roles.contains(member.staffRole()));
        }
    }

    /** An offence to propose, always or only where one of the answers was given. */
    record Offence(ProposedOffence proposed, Optional<Answered> onlyIf) {

        boolean applies(IncidentReport report, Answers answers) {
            return onlyIf.map(condition -> condition.holds(report, answers)).orElse(true);
        }
    }

    boolean holds(IncidentReport report, Answers answers) {
        return groups.stream()
                .allMatch(group -> group.stream().anyMatch(condition -> condition.holds(report, answers)));
    }

    /** One reason for each answer that made the rule hold, or one without an answer. */
    List<Reason> reasons(IncidentReport report, Answers answers) {
        Set<Given> evidence = new LinkedHashSet<>();
        for (List<Condition> group : groups) {
            for (Condition condition : group) {
                if (condition.holds(report, answers)) {
                    evidence.addAll(condition.evidence(report, answers));
                }
            }
        }
        if (evidence.isEmpty()) {
            return List.of(new Reason(id, criterion, "", "", "", "", explanation));
        }
        Set<Reason> reasons = new LinkedHashSet<>();
        for (Given given : evidence) {
            reasons.add(new Reason(
                    id,
                    criterion,
                    given.question().code(),
                    given.question().question(),
                    given.code(),
                    given.text(),
                    explanation));
        }
        return new ArrayList<>(reasons);
    }
}
