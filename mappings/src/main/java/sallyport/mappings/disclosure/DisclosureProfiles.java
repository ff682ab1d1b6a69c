package sallyport.mappings.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.table.CsvTable;

/** The profiles by destination: {@code force}, {@code tracker}, and each team by its name. A destination without one gets nothing. */
public final class DisclosureProfiles {

    private static final String FOLDER = "sallyport/disclosure/";
    private static final int VERSION_DIGITS = 12;
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

    public static Collection<DisclosureProfile> all() {
        return Collections.unmodifiableCollection(BY_DESTINATION.values());
    }

    private static SortedMap<String, DisclosureProfile> read() {
        SortedMap<String, SortedSet<String>> fields = new TreeMap<>();
        for (Map<String, String> row : CsvTable.rows(FOLDER + "profiles.csv")) {
            fields.computeIfAbsent(row.get("destination"), destination -> new TreeSet<>())
                    .add(row.get("field"));
        }
        SortedMap<String, SortedMap<String, String>> reasons = new TreeMap<>();
        for (Map<String, String> row : CsvTable.rows(FOLDER + "reasons.csv")) {
            reasons.computeIfAbsent(row.get("destination"), destination -> new TreeMap<>())
                    .put(row.get("field"), row.get("reason"));
        }
        SortedMap<String, SortedMap<String, ThirdParties>> thirdParties = new TreeMap<>();
        for (Map<String, String> row : CsvTable.rows(FOLDER + "third-parties.csv")) {
            thirdParties
                    .computeIfAbsent(row.get("destination"), destination -> new TreeMap<>())
                    .computeIfAbsent(
                            row.get("list"),
                            list -> new ThirdParties(
                                    row.get("by"),
                                    new TreeSet<>(Arrays.asList(row.get("whole").split("\\|"))),
                                    new TreeSet<>()))
                    .fields()
                    .add(row.get("field"));
        }
        SortedMap<String, SortedSet<String>> contactKinds = new TreeMap<>();
        for (Map<String, String> row : CsvTable.rows(FOLDER + "contact-documents.csv")) {
            contactKinds
                    .computeIfAbsent(row.get("destination"), destination -> new TreeSet<>())
                    .add(row.get("kind"));
        }
        SortedMap<String, DisclosureProfile> profiles = new TreeMap<>();
        fields.forEach((destination, listed) -> profiles.put(
                destination,
                versioned(
                        destination,
                        listed,
                        thirdParties.getOrDefault(destination, new TreeMap<>()),
                        reasons.getOrDefault(destination, new TreeMap<>()),
                        contactKinds.getOrDefault(destination, new TreeSet<>()))));
        return profiles;
    }

    private static DisclosureProfile versioned(
            String destination,
            SortedSet<String> fields,
            SortedMap<String, ThirdParties> thirdParties,
            SortedMap<String, String> reasons,
            SortedSet<String> contactKinds) {
        String rules = new DisclosureProfile(destination, "", fields, thirdParties, reasons, contactKinds).rules();
        String version = Sha256.hex(rules.getBytes(StandardCharsets.UTF_8)).substring(0, VERSION_DIGITS);
        return new DisclosureProfile(destination, version, fields, thirdParties, reasons, contactKinds);
    }
}
