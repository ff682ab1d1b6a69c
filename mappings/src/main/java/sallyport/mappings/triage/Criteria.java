package sallyport.mappings.triage;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sallyport.mappings.table.CsvTable;

/** The criteria of Annex A and the factors of Annex D that a person may name, in the order of the criteria table. */
public final class Criteria {

    private static final Map<String, Criterion> ALL = read();

    private Criteria() {}

    /**
     * @param words as the agreement says it
     * @param immediate the police are called at once where a person says that it is met (CiPRA section 3)
     */
    public record Criterion(String code, boolean annexA, String words, boolean immediate) {}

    public static Collection<Criterion> all() {
        return ALL.values();
    }

    /** Empty where neither annex has it. */
    public static Optional<Criterion> find(String code) {
        return Optional.ofNullable(ALL.get(code));
    }

    /** Those of one annex among the codes, each once, in the order of the table. */
    public static List<String> ordered(boolean annexA, Collection<String> codes) {
        return ALL.values().stream()
                .filter(criterion -> criterion.annexA() == annexA && codes.contains(criterion.code()))
                .map(Criterion::code)
                .toList();
    }

    private static Map<String, Criterion> read() {
        Map<String, Criterion> all = new LinkedHashMap<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/triage/criteria.csv")) {
            // What is our own is no ground of the agreement.
            if (!row.get("annex").isEmpty()) {
                all.put(
                        row.get("code"),
                        new Criterion(
                                row.get("code"),
                                row.get("annex").equals("A"),
                                row.get("criterion"),
                                row.get("immediate").equals("yes")));
            }
        }
        return all;
    }
}
