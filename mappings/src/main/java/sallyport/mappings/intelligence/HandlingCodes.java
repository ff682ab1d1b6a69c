package sallyport.mappings.intelligence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sallyport.mappings.table.CsvTable;

/** How intelligence may be handled, and whether its existence may be told to a force. A table that does not fit stops the start. */
public final class HandlingCodes {

    private static final String TABLE = "sallyport/intelligence/handling-codes.csv";
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{0,3}");
    private static final Map<String, HandlingCode> BY_CODE = read(CsvTable.rows(TABLE));

    private HandlingCodes() {}

    /**
     * One row.
     *
     * @param toForce whether the force may learn that there is intelligence, and whom to ask
     */
    public record HandlingCode(String code, boolean toForce, String meaning) {}

    public static Optional<HandlingCode> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The codes under which a force may learn of a notice. */
    public static List<String> toForce() {
        return BY_CODE.values().stream()
                .filter(HandlingCode::toForce)
                .map(HandlingCode::code)
                .toList();
    }

    static Map<String, HandlingCode> read(List<Map<String, String>> rows) {
        Map<String, HandlingCode> codes = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            String code = row.getOrDefault("code", "");
            String force = row.getOrDefault("force", "");
            String meaning = row.getOrDefault("meaning", "");
            boolean fits =
                    CODE.matcher(code).matches() && (force.equals("yes") || force.equals("no")) && !meaning.isBlank();
            if (!fits || codes.putIfAbsent(code, new HandlingCode(code, force.equals("yes"), meaning)) != null) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row
                        + " needs a code that no other row has, yes or no for the force, and a meaning");
            }
        }
        return Collections.unmodifiableMap(codes);
    }
}
