package sallyport.mappings.lineage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one value of a package came from.
 *
 * @param field its place in the package, a JSON Pointer
 * @param system of the record; absent where no record is known
 * @param version the hub's number of the version of the record
 * @param sha256 of the record's bytes
 * @param paths the place in the record and those that decide with it, as JSON Pointers; with {@code *} where the bytes are not kept
 * @param way what was done to it; absent where it is not copied
 * @param rules ids of the triage rules that made it
 * @param why in words, where there is no path
 */
public record FieldOrigin(
        String field,
        Kind kind,
        @Nullable String system,
        @Nullable String recordId,
        @Nullable Integer version,
        @Nullable String sha256,
        List<String> paths,
        @Nullable String way,
        List<String> rules,
        @Nullable String why) {

    public enum Kind {
        /** Stands in a record of a prison system. */
        SOURCE,
        /** A person said it. */
        PERSON,
        /** Stands in the version of the package before this one. */
        PACKAGE,
        /** A triage rule says so. */
        RULE,
        /** The hub wrote it by itself. */
        HUB,
        /** The record that it came from is not kept any more. */
        NOT_KEPT,
        /** No record that the hub knows to have been read has it. */
        UNKNOWN
    }

    public FieldOrigin {
        paths = List.copyOf(paths);
        rules = List.copyOf(rules);
    }

    static FieldOrigin without(String field, Kind kind, List<String> rules, String why) {
        return new FieldOrigin(field, kind, null, null, null, null, List.of(), null, rules, why);
    }
}
