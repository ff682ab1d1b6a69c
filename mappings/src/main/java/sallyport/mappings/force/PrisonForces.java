package sallyport.mappings.force;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.table.CsvTable;

/**
 * Finds the force for an incident inside a prison: the force where it happened. A prison that the table does not have, that
 * is closed, or whose force needs a person's word is {@link Rejected}.
 */
public final class PrisonForces {

    /** Escort regions: the force is where the vehicle was, and only a person knows that. */
    private static final Set<String> ESCORT_REGIONS = Set.of("NORTH", "SOUTH", "NOU");

    /** Column {@code evidence}: derived from the address, near a boundary. */
    private static final String BOUNDARY = "D?";

    /** Column {@code evidence}: derived from the address, far from any boundary. */
    private static final String PLAIN = "D";

    private static final Map<String, PrisonForce> BY_PRISON = read();

    private PrisonForces() {}

    /**
     * @param prisonId NOMIS id, or an escort region ({@code NORTH}, {@code SOUTH})
     * @throws Rejected {@code prison-without-force} for an unknown or closed prison, {@code force-needs-confirmation} for an
     *     escort or a prison near a boundary; both at {@code /location}
     */
    public static ForceCode forPrison(String prisonId) {
        if (ESCORT_REGIONS.contains(prisonId)) {
            throw new Rejected("force-needs-confirmation", "/location");
        }
        PrisonForce found = BY_PRISON.get(prisonId);
        if (found == null) {
            throw new Rejected("prison-without-force", "/location");
        }
        if (!found.certain()) {
            throw new Rejected("force-needs-confirmation", "/location");
        }
        return found.force();
    }

    /** What the table says, certain or not: for the screen where a person confirms the force. Empty for escorts and closed prisons. */
    public static Optional<PrisonForce> suggestion(String prisonId) {
        return Optional.ofNullable(BY_PRISON.get(prisonId));
    }

    /** Every open prison, in the order of their ids. */
    public static Collection<PrisonForce> all() {
        return BY_PRISON.values();
    }

    /** Where incidents are reported from today, by id: every open prison, and the regions under which escorts are listed. */
    public static SortedSet<String> reporting() {
        var places = new TreeSet<>(BY_PRISON.keySet());
        places.add("NORTH");
        places.add("SOUTH");
        return Collections.unmodifiableSortedSet(places);
    }

    private static Map<String, PrisonForce> read() {
        Map<String, PrisonForce> prisons = new LinkedHashMap<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/force/prison-to-force.csv")) {
            PrisonForce prison = new PrisonForce(
                    row.get("nomis_id"),
                    row.get("name"),
                    ForceCode.of(row.get("pnc_force_code"), "pnc_force_code"),
                    row.get("police_force"),
                    !BOUNDARY.equals(row.get("evidence")),
                    row.get("postcode"),
                    !PLAIN.equals(row.get("evidence")));
            prisons.put(prison.prisonId(), prison);
        }
        return Collections.unmodifiableMap(prisons);
    }
}
