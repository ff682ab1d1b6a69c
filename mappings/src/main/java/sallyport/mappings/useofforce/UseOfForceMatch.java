package sallyport.mappings.useofforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.match.Choice;
import sallyport.mappings.match.Match;
import sallyport.mappings.match.Points;
import sallyport.mappings.match.Policy;
import sallyport.mappings.match.Reason;

/**
 * How well an incident report fits a use of force report: no key is shared between the two, so it is a score with its reasons
 * ({@code sallyport/useofforce/points.csv}, {@code thresholds.csv}).
 */
public final class UseOfForceMatch {

    private static final String SAME_PRISON = "same-prison";
    private static final String SAME_PRISONER = "same-prisoner";
    private static final String OTHER_PRISONERS = "other-prisoners";
    private static final String FITTING_REASON = "fitting-reason";
    private static final String OTHER_REASON = "other-reason";

    private static final Points POINTS = Points.read(
            "sallyport/useofforce/points.csv",
            Set.of(SAME_PRISON, SAME_PRISONER, OTHER_PRISONERS, FITTING_REASON, OTHER_REASON));

    private static final Policy POLICY = Policy.read("sallyport/useofforce/thresholds.csv");

    private UseOfForceMatch() {}

    /**
     * One that is being written, or was deleted, waits.
     *
     * @param refused reports that a person has said are not meant
     */
    public static Choice choice(UseOfForceReport used, List<IncidentReport> incidents, Set<String> refused) {
        return Choice.among(
                incidents.stream()
                        .filter(incident -> used.counts() && !refused.contains(incident.id()))
                        .flatMap(incident -> of(used, incident).stream())
                        .toList(),
                POLICY);
    }

    /** Empty when the incident report cannot be the matter: another prison, or another time. */
    static Optional<Match> of(UseOfForceReport used, IncidentReport incident) {
        Optional<Reason> time = POINTS.apart(used.occurredAt(), incident.incidentDateAndTime());
        if (!used.prison().equals(incident.location()) || time.isEmpty()) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>(List.of(POINTS.of(SAME_PRISON), time.get()));
        Set<String> involved = new TreeSet<>();
        incident.prisonersInvolved()
                .forEach(prisoner ->
                        involved.add(prisoner.prisonerNumber().strip().toUpperCase(Locale.ROOT)));
        if (!involved.isEmpty()) {
            reasons.add(POINTS.of(involved.contains(used.prisonerNumber()) ? SAME_PRISONER : OTHER_PRISONERS));
        }
        Set<String> families = new TreeSet<>();
        used.reasons().forEach(reason -> families.addAll(Reasons.families(reason)));
        if (!families.isEmpty()) {
            reasons.add(POINTS.of(families.contains(incident.family()) ? FITTING_REASON : OTHER_REASON));
        }
        return Optional.of(Match.of(incident.id(), reasons));
    }
}
