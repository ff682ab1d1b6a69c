package sallyport.mappings.useofforce;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.table.CsvTable;

/** Why force is used: the form's codes in words, and what such a matter is reported as. A table that does not fit stops the start. */
public final class Reasons {

    private static final String TABLE = "sallyport/useofforce/reasons.csv";
    private static final Map<String, Reason> KNOWN = read(CsvTable.rows(TABLE));

    private Reasons() {}

    private record Reason(String words, Set<String> families) {}

    /** In plain words; a code that the table does not have is said as it is. */
    public static String words(String code) {
        Reason reason = KNOWN.get(code);
        return reason == null ? code : reason.words();
    }

    /** Families of incident type; empty for a code that says nothing about it. */
    static Set<String> families(String code) {
        Reason reason = KNOWN.get(code);
        return reason == null ? Set.of() : reason.families();
    }

    static Map<String, Reason> read(List<Map<String, String>> rows) {
        Map<String, Reason> known = new HashMap<>();
        for (Map<String, String> row : rows) {
            String code = row.getOrDefault("reason", "");
            String words = row.getOrDefault("words", "");
            String families = row.getOrDefault("families", "");
            Set<String> named = families.isEmpty() ? Set.of() : Set.of(families.split(" "));
            if (code.isEmpty() || words.isEmpty() || !IncidentFamilies.all().containsAll(named)) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row
                        + " needs a reason, words, and families that families.csv has");
            }
            if (known.put(code, new Reason(words, named)) != null) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row + " is there twice");
            }
        }
        return Map.copyOf(known);
    }
}
