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

    private static final Map<String, LiaisonCode> SHIPPED = read(TABLE, CsvTable.rows(TABLE));

    private static volatile Map<String, LiaisonCode> byCode = SHIPPED;

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
        return byCode.values();
    }

    public static Optional<LiaisonCode> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** Whether the hub's own table has it, whatever table is used. */
    public static boolean isShipped(String code) {
        return SHIPPED.containsKey(code);
    }

    /**
     * Another table from now on, for the whole process.
     *
     * @param name of the table, for the message of one that does not fit
     * @throws IllegalStateException when it does not fit, or has no row; then nothing has changed
     */
    public static void use(String name, byte[] table) {
        Map<String, LiaisonCode> codes = read(name, CsvTable.rows(name, table));
        if (codes.isEmpty()) {
            throw new IllegalStateException("Table " + name + " has no row");
        }
        byCode = codes;
    }

    /** The hub's own table again. */
    static void useShipped() {
        byCode = SHIPPED;
    }

    static Map<String, LiaisonCode> read(String table, List<Map<String, String>> rows) {
        Map<String, LiaisonCode> codes = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            LiaisonCode code = read(table, row);
            if (codes.putIfAbsent(code.code(), code) != null) {
                throw wrong(table, row, "names a code that another row has");
            }
        }
        return Collections.unmodifiableMap(codes);
    }

    private static LiaisonCode read(String table, Map<String, String> row) {
        String code = row.getOrDefault("code", "");
        String meaning = row.getOrDefault("meaning", "");
        if (!CODE.matcher(code).matches() || meaning.isBlank()) {
            throw wrong(table, row, "needs a code of 1 to 12 capital letters and digits, and its meaning");
        }
        Group group = Arrays.stream(Group.values())
                .filter(known -> known.name().equals(row.get("group")))
                .findFirst()
                .orElseThrow(() -> wrong(table, row, "needs one of the groups " + Arrays.toString(Group.values())));
        return new LiaisonCode(code, group, meaning);
    }

    private static IllegalStateException wrong(String table, Map<String, String> row, String why) {
        return new IllegalStateException("Table " + table + ": row " + row + " " + why);
    }
}
