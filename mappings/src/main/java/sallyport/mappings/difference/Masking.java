package sallyport.mappings.difference;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.difference.Difference.Field;
import sallyport.mappings.table.CsvTable;

/**
 * Takes what may be personal out of a difference and leaves that there is one. Only names in the table are shown: a field that is
 * added to a document is masked until somebody lists it. A value that is no code, number or time is masked whatever its name.
 */
public final class Masking {

    /** Stands where a value was; never anything that depends on the value. */
    public static final String MASK = "••••••";

    private static final Set<String> SHOWN = CsvTable.rows("sallyport/difference/impersonal-fields.csv").stream()
            .map((Map<String, String> row) -> row.get("field"))
            .collect(Collectors.toUnmodifiableSet());

    /** Free text has spaces; nothing that long is a code. */
    private static final String PLAIN = "[\\w.:+/@#~-]{0,120}";

    private Masking() {}

    /** The fields as somebody may see them who may not see the people in them. */
    public static List<Field> masked(List<Field> fields) {
        return fields.stream().map(Masking::masked).toList();
    }

    private static Field masked(Field field) {
        boolean shown = SHOWN.contains(field.name());
        String then = value(shown, field.then());
        String today = value(shown, field.today());
        // Two masks look alike: that they hide different values must still be seen.
        return field.differs() && then != null && then.equals(today)
                ? new Field(field.path(), then, MASK + " (other)")
                : new Field(field.path(), then, today);
    }

    private static @Nullable String value(boolean shown, @Nullable String value) {
        return value == null || shown && value.matches(PLAIN) ? value : MASK;
    }
}
