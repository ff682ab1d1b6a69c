package sallyport.mappings.incident;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sallyport.mappings.incident.IncidentReport.PrisonerInvolvement;
import sallyport.mappings.incident.IncidentReport.StaffInvolvement;
import sallyport.mappings.table.CsvTable;

/**
 * Who is what in a report, by role and family through the role table, each list in the report's order; every person is in exactly one
 * list of their kind.
 *
 * @param subjects whom it happened to without a crime, such as the person who harmed themselves
 * @param involved whose role does not say; a person decides
 */
public record Suspects(
        List<PrisonerInvolvement> suspects,
        List<PrisonerInvolvement> victims,
        List<PrisonerInvolvement> witnesses,
        List<PrisonerInvolvement> subjects,
        List<PrisonerInvolvement> involved,
        List<StaffInvolvement> staffSuspects,
        List<StaffInvolvement> staffVictims,
        List<StaffInvolvement> staffWitnesses) {

    /** What a role says about a person. */
    public enum Part {
        SUSPECT,
        VICTIM,
        WITNESS,
        SUBJECT,
        INVOLVED
    }

    private static final String EVERY_FAMILY = "*";
    private static final Map<PrisonerRole, Map<String, Part>> PARTS = load();

    public static Suspects of(IncidentReport report) {
        String family = report.family();
        Map<Part, List<PrisonerInvolvement>> prisoners = new EnumMap<>(Part.class);
        for (PrisonerInvolvement prisoner : report.prisonersInvolved()) {
            prisoners
                    .computeIfAbsent(part(prisoner.prisonerRole(), family), part -> new ArrayList<>())
                    .add(prisoner);
        }
        Map<Part, List<StaffInvolvement>> staff = new EnumMap<>(Part.class);
        for (StaffInvolvement member : report.staffInvolved()) {
            staff.computeIfAbsent(part(member.staffRole()), part -> new ArrayList<>())
                    .add(member);
        }
        return new Suspects(
                in(prisoners, Part.SUSPECT),
                in(prisoners, Part.VICTIM),
                in(prisoners, Part.WITNESS),
                in(prisoners, Part.SUBJECT),
                in(prisoners, Part.INVOLVED),
                in(staff, Part.SUSPECT),
                in(staff, Part.VICTIM),
                in(staff, Part.WITNESS));
    }

    public static Part part(PrisonerRole role, String family) {
        Map<String, Part> byFamily = PARTS.get(role);
        Part part = byFamily.get(family);
        return part == null ? byFamily.get(EVERY_FAMILY) : part;
    }

    public static Part part(StaffRole role) {
        return switch (role) {
            case VICTIM, HOSTAGE, DECEASED -> Part.VICTIM;
            case SUSPECTED_INVOLVEMENT, IN_POSSESSION -> Part.SUSPECT;
            case ACTIVELY_INVOLVED,
                    AUTHORISING_OFFICER,
                    CR_HEAD,
                    CR_LEFT_ARM,
                    CR_LEGS,
                    CR_RIGHT_ARM,
                    CR_SUPERVISOR,
                    FIRST_ON_SCENE,
                    HEALTHCARE,
                    NEGOTIATOR,
                    PRESENT_AT_SCENE,
                    WITNESS -> Part.WITNESS;
        };
    }

    private static <T> List<T> in(Map<Part, List<T>> people, Part part) {
        return List.copyOf(people.getOrDefault(part, List.of()));
    }

    private static Map<PrisonerRole, Map<String, Part>> load() {
        Map<PrisonerRole, Map<String, Part>> parts = new EnumMap<>(PrisonerRole.class);
        for (Map<String, String> row : CsvTable.rows("sallyport/incident/prisoner-roles.csv")) {
            parts.computeIfAbsent(PrisonerRole.valueOf(row.get("role")), role -> new HashMap<>())
                    .put(row.get("family"), Part.valueOf(row.get("part")));
        }
        for (PrisonerRole role : PrisonerRole.values()) {
            if (!parts.containsKey(role) || !parts.get(role).containsKey(EVERY_FAMILY)) {
                throw new IllegalStateException("prisoner-roles.csv has no row for " + role);
            }
        }
        return parts;
    }
}
