package sallyport.mappings.intelligence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sallyport.mappings.table.CsvTable;

/** The units that can be asked. A table that does not fit stops the start. */
public final class IntelligenceUnits {

    private static final String TABLE = "sallyport/intelligence/units.csv";
    private static final Pattern CODE = Pattern.compile("[A-Z]{2,6}");
    private static final Map<String, String> BY_CODE = read(CsvTable.rows(TABLE));

    private IntelligenceUnits() {}

    /** Its name. */
    public static Optional<String> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    static Map<String, String> read(List<Map<String, String>> rows) {
        Map<String, String> units = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            String code = row.getOrDefault("code", "");
            String name = row.getOrDefault("name", "");
            if (!CODE.matcher(code).matches() || name.isBlank() || units.putIfAbsent(code, name) != null) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row
                        + " needs a code of 2 to 6 capital letters that no other row has, and a name");
            }
        }
        return Map.copyOf(units);
    }
}
