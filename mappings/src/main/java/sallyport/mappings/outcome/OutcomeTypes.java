package sallyport.mappings.outcome;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sallyport.mappings.Rejected;
import sallyport.mappings.table.CsvTable;

/** The Home Office outcome types that may come back. 19 (fraud) and anything not in the table is {@code unknown-outcome}. */
public final class OutcomeTypes {

    private static final Map<String, OutcomeType> BY_CODE = read();

    private OutcomeTypes() {}

    /**
     * @throws Rejected {@code unknown-outcome} at {@code where}
     */
    public static OutcomeType get(String code, String where) {
        return find(code).orElseThrow(() -> new Rejected("unknown-outcome", where));
    }

    public static Optional<OutcomeType> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    public static Collection<OutcomeType> all() {
        return BY_CODE.values();
    }

    private static Map<String, OutcomeType> read() {
        Map<String, OutcomeType> types = new LinkedHashMap<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/outcome/outcome-types.csv")) {
            OutcomeType type = new OutcomeType(
                    row.get("code"),
                    row.get("name"),
                    OutcomeType.Group.valueOf(row.get("group")),
                    row.get("closes").equals("yes"),
                    OutcomeType.Meaning.valueOf(row.get("meaning")));
            types.put(type.code(), type);
        }
        return Collections.unmodifiableMap(types);
    }
}
