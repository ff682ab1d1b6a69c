package sallyport.mappings.prisoneralert;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sallyport.mappings.table.CsvTable;

/** The alert codes that adjudication liaison officers are shown. A table that does not fit stops the start and names the row. */
public final class LiaisonCodes {

    private static final String TABLE = "sallyport/alert/liaison-codes.csv";
    /** The source's codes have up to 12 characters; one with a comma could not be asked for in its list of codes. */
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,12}");

    private static final Map<String, LiaisonCode> BY_CODE = read(CsvTable.rows(TABLE));

    private LiaisonCodes() {}

    /** What an officer looks for. */
    public enum Group {
        PERSON_OF_INTEREST,
        HIGH_HARM,
        ANCILLARY_ORDER
    }

    /**
     * One row.
     *
     * @param meaning the source's own description of the code
     */
    public record LiaisonCode(String code, Group group, String meaning) {}

    /** In the order of the table. */
    public static Collection<LiaisonCode> all() {
        return BY_CODE.values();
    }

    public static Optional<LiaisonCode> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    static Map<String, LiaisonCode> read(List<Map<String, String>> rows) {
        Map<String, LiaisonCode> codes = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            LiaisonCode code = read(row);
            if (codes.putIfAbsent(code.code(), code) != null) {
                throw wrong(row, "names a code that another row has");
            }
        }
        return Collections.unmodifiableMap(codes);
    }

    private static LiaisonCode read(Map<String, String> row) {
        String code = row.getOrDefault("code", "");
        String meaning = row.getOrDefault("meaning", "");
        if (!CODE.matcher(code).matches() || meaning.isBlank()) {
            throw wrong(row, "needs a code of 1 to 12 capital letters and digits, and its meaning");
        }
        Group group = Arrays.stream(Group.values())
                .filter(known -> known.name().equals(row.get("group")))
                .findFirst()
                .orElseThrow(() -> wrong(row, "needs one of the groups " + Arrays.toString(Group.values())));
        return new LiaisonCode(code, group, meaning);
    }

    private static IllegalStateException wrong(Map<String, String> row, String why) {
        return new IllegalStateException("Table " + TABLE + ": row " + row + " " + why);
    }
}
