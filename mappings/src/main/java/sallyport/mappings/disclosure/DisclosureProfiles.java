package sallyport.mappings.disclosure;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import sallyport.mappings.Rejected;
import sallyport.mappings.table.CsvTable;

/** The profiles by destination: {@code force}, {@code tracker}, and each team by its name. A destination without one gets nothing. */
public final class DisclosureProfiles {

    private static final SortedMap<String, DisclosureProfile> BY_DESTINATION = read();

    private DisclosureProfiles() {}

    /**
     * @throws Rejected {@code no-disclosure-profile}, with the destination as the place
     */
    public static DisclosureProfile of(String destination) {
        DisclosureProfile profile = BY_DESTINATION.get(destination);
        if (profile == null) {
            throw new Rejected("no-disclosure-profile", destination);
        }
        return profile;
    }

    public static Set<String> destinations() {
        return Collections.unmodifiableSet(BY_DESTINATION.keySet());
    }

    private static SortedMap<String, DisclosureProfile> read() {
        SortedMap<String, SortedSet<String>> fields = new TreeMap<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/disclosure/profiles.csv")) {
            fields.computeIfAbsent(row.get("destination"), destination -> new TreeSet<>())
                    .add(row.get("field"));
        }
        SortedMap<String, DisclosureProfile> profiles = new TreeMap<>();
        fields.forEach((destination, listed) -> profiles.put(destination, new DisclosureProfile(destination, listed)));
        return profiles;
    }
}
