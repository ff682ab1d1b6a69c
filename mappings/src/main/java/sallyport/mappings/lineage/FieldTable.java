package sallyport.mappings.lineage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.table.CsvTable;

/** The table of fields, read once; a row with a way that nobody knows stops the start. */
final class FieldTable {

    private static final String RESOURCE = "sallyport/lineage/fields.csv";
    private static final int HASH_DIGITS = 8;

    private static final FieldTable LOADED = new FieldTable(CsvTable.bytes(RESOURCE));

    private final List<Row> rows = new ArrayList<>();
    private final Map<List<Step>, List<Row>> byField = new HashMap<>();
    private final List<Row> withVariables = new ArrayList<>();
    private final Map<Entries, List<Row>> byEntries = new HashMap<>();
    private final String hash;

    private record Entries(List<Step> list, String from) {}

    FieldTable(byte[] table) {
        for (Map<String, String> line : CsvTable.rows(RESOURCE, table)) {
            String paths = line.get("path");
            Row row = new Row(
                    rows.size(),
                    Step.read(line.get("field")),
                    line.get("from"),
                    paths.isEmpty() && !isAnswer(line.get("from"))
                            ? List.of()
                            : Arrays.stream(paths.split(" ")).map(Step::read).toList(),
                    line.get("way"),
                    line.get("or").equals("yes"),
                    line.get("rules"),
                    line.get("why"));
            if (!Ways.knows(row)) {
                throw new IllegalStateException(RESOURCE + ": " + line.get("field") + " has an unknown way or rules");
            }
            rows.add(row);
            if (row.field().stream().anyMatch(Step::isVariable)) {
                withVariables.add(row);
            } else {
                byField.computeIfAbsent(row.field(), field -> new ArrayList<>()).add(row);
                if (row.traces()) {
                    byEntries
                            .computeIfAbsent(
                                    new Entries(Step.listOf(row.field()), row.from()), entries -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        hash = HexFormat.of().formatHex(Sha256.of(table)).substring(0, HASH_DIGITS);
    }

    static FieldTable loaded() {
        return LOADED;
    }

    private static boolean isAnswer(String from) {
        return from.equals(SourceRecord.PERSON);
    }

    String hash() {
        return hash;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Of a place in a package, in the order of the table. */
    List<Row> at(List<Step> place) {
        List<Row> found = byField.get(place);
        if (found != null) {
            return found;
        }
        List<Row> named = new ArrayList<>();
        for (Row row : withVariables) {
            Row there = row.at(place);
            if (there != null) {
                named.add(there);
            }
        }
        return named;
    }

    /** The rows that speak of entries of this list of a package, from there; a variable's rows are left out. */
    List<Row> of(List<Step> list, String from) {
        return byEntries.getOrDefault(new Entries(list, from), List.of());
    }
}
