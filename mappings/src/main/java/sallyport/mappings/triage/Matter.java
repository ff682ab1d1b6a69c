package sallyport.mappings.triage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.incident.Suspects.Part;

/**
 * What {@link Signals} have to be about: where and when it happened, and who had which part in it.
 *
 * @param parts by prisoner number; of somebody with several the one that says most
 */
public record Matter(String family, String prison, Instant occurred, Map<String, Part> parts) {

    public Matter {
        parts = Map.copyOf(parts);
    }

    public static Matter of(IncidentReport report) {
        Map<String, Part> parts = new LinkedHashMap<>();
        report.prisonersInvolved()
                .forEach(person ->
                        add(parts, person.prisonerNumber(), Suspects.part(person.prisonerRole(), report.family())));
        return new Matter(
                report.family(), report.location(), report.incidentDateAndTime().instant(), parts);
    }

    /** The parts of {@link Part} are in that order: suspect says more than victim. */
    public static void add(Map<String, Part> parts, String number, Part part) {
        parts.merge(number, part, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    /** The people of whom the report leaves open what they did: it does not say, or it suspects nobody at all. */
    public List<String> open() {
        return parts.keySet().stream().filter(this::open).sorted().toList();
    }

    boolean open(String number) {
        Part part = parts.get(number);
        if (part == null || part == Part.SUSPECT || part == Part.SUBJECT) {
            return false;
        }
        return part == Part.INVOLVED || !parts.containsValue(Part.SUSPECT);
    }

    boolean suspects(String number) {
        return parts.get(number) == Part.SUSPECT;
    }
}
