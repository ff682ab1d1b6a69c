package sallyport.mappings.phonereport;

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
 * How well an incident report fits a telephone report: no key is shared between the two, so it is a score with its reasons
 * ({@code sallyport/phonereport/points.csv}).
 */
public final class PhoneMatch {

    private static final String SAME_PRISON = "same-prison";
    private static final String SAME_TYPE = "same-type";
    private static final String OTHER_TYPE = "other-type";
    private static final String SAME_PRISONER = "same-prisoner";
    private static final String FURTHER_PRISONER = "further-prisoner";
    private static final String OTHER_PRISONERS = "other-prisoners";
    private static final String WORDS_ALIKE = "words-alike";
    private static final String WORDS_SOMEWHAT_ALIKE = "words-somewhat-alike";

    private static final Points POINTS = Points.read(
            "sallyport/phonereport/points.csv",
            Set.of(
                    SAME_PRISON,
                    SAME_TYPE,
                    OTHER_TYPE,
                    SAME_PRISONER,
                    FURTHER_PRISONER,
                    OTHER_PRISONERS,
                    WORDS_ALIKE,
                    WORDS_SOMEWHAT_ALIKE));

    private static final int ALIKE = 50;
    private static final int SOMEWHAT_ALIKE = 25;
    private static final int MOST_FURTHER = 2;

    private PhoneMatch() {}

    /** @param refused reports that a person has said are not meant */
    public static Choice choice(PhoneReport told, List<IncidentReport> incidents, Set<String> refused, Policy policy) {
        return Choice.among(
                incidents.stream()
                        .filter(incident -> !refused.contains(incident.id()))
                        .flatMap(incident -> of(told, incident).stream())
                        .toList(),
                policy);
    }

    /** Empty when the incident report is none that may have been meant: another prison, or another time. */
    static Optional<Match> of(PhoneReport told, IncidentReport incident) {
        Optional<Reason> time = POINTS.apart(told.occurredAt(), incident.incidentDateAndTime());
        if (!told.prison().equals(incident.location()) || time.isEmpty()) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>(List.of(POINTS.of(SAME_PRISON), time.get()));
        if (!told.families().isEmpty()) {
            boolean same = told.families().contains(incident.family());
            reasons.add(POINTS.of(same ? SAME_TYPE : OTHER_TYPE));
        }
        addPrisoners(reasons, told, incident);
        int shared = TellingWords.shared(
                TellingWords.of(told.summary()), TellingWords.of(incident.title() + "\n" + incident.description()));
        if (shared >= SOMEWHAT_ALIKE) {
            reasons.add(POINTS.of(shared >= ALIKE ? WORDS_ALIKE : WORDS_SOMEWHAT_ALIKE));
        }
        return Optional.of(Match.of(incident.id(), reasons));
    }

    private static void addPrisoners(List<Reason> reasons, PhoneReport told, IncidentReport incident) {
        Set<String> involved = new TreeSet<>();
        incident.prisonersInvolved()
                .forEach(prisoner ->
                        involved.add(prisoner.prisonerNumber().strip().toUpperCase(Locale.ROOT)));
        if (told.prisoners().isEmpty() || involved.isEmpty()) {
            return;
        }
        long both = told.prisoners().stream().filter(involved::contains).count();
        if (both > 0) {
            reasons.add(POINTS.of(SAME_PRISONER));
            for (long more = 1; more < both && more <= MOST_FURTHER; more++) {
                reasons.add(POINTS.of(FURTHER_PRISONER));
            }
        } else if (told.unreadableNumbers() == 0) {
            reasons.add(POINTS.of(OTHER_PRISONERS));
        }
    }
}
