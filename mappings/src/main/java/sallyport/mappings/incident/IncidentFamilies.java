package sallyport.mappings.incident;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import sallyport.mappings.table.CsvTable;

/** The known families of incident types; a type of a known family is known whatever its version, and another one is not. */
public final class IncidentFamilies {

    private static final Set<String> ALL = load();

    private IncidentFamilies() {}

    public static Set<String> all() {
        return ALL;
    }

    /** The type without its version, such as {@code ASSAULT} of {@code ASSAULT_5}; a type without a version is given back whole. */
    public static String of(String type) {
        int end = type.length();
        while (end > 0 && type.charAt(end - 1) >= '0' && type.charAt(end - 1) <= '9') {
            end--;
        }
        boolean versioned = end < type.length() && end > 1 && type.charAt(end - 1) == '_';
        return versioned ? type.substring(0, end - 1) : type;
    }

    static boolean knows(String type) {
        String family = of(type);
        return family.length() < type.length() && ALL.contains(family);
    }

    private static Set<String> load() {
        Set<String> families = new TreeSet<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/incident/families.csv")) {
            families.add(row.get("family"));
        }
        return Set.copyOf(families);
    }
}
