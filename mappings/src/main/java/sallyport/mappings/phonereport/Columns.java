package sallyport.mappings.phonereport;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sallyport.mappings.table.CsvTable;

/** What a column may be called. A table that does not fit stops the start and names the row. */
final class Columns {

    private static final String TABLE = "sallyport/phonereport/columns.csv";
    private static final Map<String, Column> BY_NAME = read(CsvTable.rows(TABLE));

    private Columns() {}

    /** What a telephone report says, in the order in which it is told. */
    enum Column {
        REFERENCE(true),
        PRISON(true),
        OCCURRED(true),
        REPORTED(false),
        TYPE(false),
        PRISONERS(false),
        SUMMARY(false);

        final boolean required;

        Column(boolean required) {
            this.required = required;
        }

        /** As failures name it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Optional<Column> find(String name) {
        return Optional.ofNullable(BY_NAME.get(plain(name)));
    }

    static Map<String, Column> read(List<Map<String, String>> rows) {
        Map<String, Column> columns = new HashMap<>();
        for (Map<String, String> row : rows) {
            String name = plain(row.getOrDefault("name", ""));
            Optional<Column> column = Arrays.stream(Column.values())
                    .filter(known -> known.word().equals(row.get("column")))
                    .findFirst();
            if (name.isEmpty() || column.isEmpty() || columns.putIfAbsent(name, column.get()) != null) {
                throw new IllegalStateException(
                        "Table " + TABLE + ": row " + row + " needs a name that no other row has, and one of "
                                + Arrays.toString(Column.values()) + " in lower case");
            }
        }
        return Map.copyOf(columns);
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ \\u00a0_-]+", " ");
    }
}
