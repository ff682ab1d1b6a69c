package sallyport.mappings.adjudication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.incident.Suspects.Part;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Match;
import sallyport.mappings.match.Points;
import sallyport.mappings.match.Policy;
import sallyport.mappings.match.Reason;
import sallyport.mappings.time.LondonTime;

/**
 * How well an incident fits the charge that a prisoner was brought because of it: no key is shared between the two, so it is a score
 * with its reasons ({@code sallyport/adjudication/points.csv}). Only a prisoner who is a suspect there is ever matched without a
 * person.
 */
public final class ChargeMatch {

    private static final String SAME_PRISONER = "same-prisoner";
    private static final String SAME_PRISON = "same-prison";
    private static final String SUSPECT = "suspect";
    private static final String ROLE_UNSAID = "role-unsaid";
    private static final String SAME_PARAGRAPH = "same-paragraph";
    private static final String OTHER_PARAGRAPH = "other-paragraph";

    private static final Points POINTS = Points.read(
            "sallyport/adjudication/points.csv",
            Set.of(SAME_PRISONER, SAME_PRISON, SUSPECT, ROLE_UNSAID, SAME_PARAGRAPH, OTHER_PARAGRAPH));

    private ChargeMatch() {}

    /**
     * An incident that the charged prisoner is in.
     *
     * @param id whatever the caller knows it by
     * @param roles of that prisoner
     */
    public record Matter(String id, String prison, LondonTime occurred, String family, Set<PrisonerRole> roles) {

        public Matter {
            roles = Set.copyOf(roles);
        }

        /** Of what is kept of a case; empty where the time or no role can be read. */
        public static Optional<Matter> of(
                String id, String prison, @Nullable String occurredText, String family, Collection<String> roles) {
            Set<PrisonerRole> known = EnumSet.noneOf(PrisonerRole.class);
            for (PrisonerRole role : PrisonerRole.values()) {
                if (roles.contains(role.name())) {
                    known.add(role);
                }
            }
            if (occurredText == null || known.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new Matter(id, prison, LondonTime.parse(occurredText, "/occurredAt"), family, known));
            } catch (Rejected unreadable) {
                return Optional.empty();
            }
        }

        /** Of the report itself; empty where the prisoner is not in it. */
        public static Optional<Matter> of(String id, IncidentReport report, String prisonerNumber) {
            Set<PrisonerRole> roles = report.prisonersInvolved().stream()
                    .filter(prisoner -> prisoner.prisonerNumber().equals(prisonerNumber))
                    .map(IncidentReport.PrisonerInvolvement::prisonerRole)
                    .collect(Collectors.toSet());
            return roles.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Matter(id, report.location(), report.incidentDateAndTime(), report.family(), roles));
        }

        private Set<Part> parts() {
            return roles.stream().map(role -> Suspects.part(role, family)).collect(Collectors.toSet());
        }
    }

    /** How far an incident may be from the time of the charge: beyond it nothing is a candidate. */
    public static Duration furthestApart() {
        return POINTS.furthest();
    }

    /** @param matters those that a person has said are not meant are left out by the caller */
    public static Choice choice(Adjudication charge, Collection<Matter> matters, Policy policy) {
        return among(
                matters.stream().flatMap(matter -> of(charge, matter).stream()).toList(), policy);
    }

    /** Of matches with whatever was scored: one whose role does not say what the prisoner did is for a person, whatever its score. */
    public static Choice among(Collection<Match> scored, Policy policy) {
        Choice choice = Choice.among(scored, policy);
        return choice.verdict() == Choice.Verdict.LINK
                        && !isOfSuspect(choice.matches().get(0))
                ? new Choice(Choice.Verdict.ASK, choice.matches())
                : choice;
    }

    private static boolean isOfSuspect(Match match) {
        return match.reasons().stream().anyMatch(reason -> reason.code().equals(SUSPECT));
    }

    /** Empty when the charge cannot be about it: another prison, another time, or the prisoner suffered or saw it. */
    public static Optional<Match> of(Adjudication charge, Matter matter) {
        Set<Part> parts = matter.parts();
        boolean suspect = parts.contains(Part.SUSPECT);
        Optional<Reason> time = POINTS.apart(charge.incidentDetails().dateTimeOfIncident(), matter.occurred());
        if (!charge.originatingAgencyId().equals(matter.prison())
                || time.isEmpty()
                || !suspect && !parts.contains(Part.INVOLVED)) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>(List.of(
                POINTS.of(SAME_PRISONER),
                POINTS.of(SAME_PRISON),
                time.get(),
                POINTS.of(suspect ? SUSPECT : ROLE_UNSAID)));
        Set<String> families = Paragraphs.families(charge);
        // Another charge that opened a case itself is the same matter or not whatever its paragraph.
        if (!families.isEmpty() && !ChargeAlone.isType(matter.family())) {
            reasons.add(POINTS.of(families.contains(matter.family()) ? SAME_PARAGRAPH : OTHER_PARAGRAPH));
        }
        return Optional.of(Match.of(matter.id(), reasons));
    }
}
