package sallyport.mappings.document;

import java.util.Set;
import java.util.stream.Collectors;
import sallyport.mappings.table.CsvTable;

/** Kinds of documents that hold where a witness lives and can be reached ({@code sallyport/document/contact-kinds.csv}). */
public final class ContactKinds {

    private static final Set<String> ALL = CsvTable.rows("sallyport/document/contact-kinds.csv").stream()
            .map(row -> row.get("kind"))
            .collect(Collectors.toUnmodifiableSet());

    private ContactKinds() {}

    public static Set<String> all() {
        return ALL;
    }

    public static boolean has(String kind) {
        return ALL.contains(kind);
    }
}
