package sallyport.console.words;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.desk.LineageDesk;
import sallyport.mappings.disclosure.HeldBack;
import sallyport.mappings.lineage.FieldOrigin;

/** Where the values of a package came from, as people read it. */
public final class OriginWords {

    /** A page that holds more is none that anybody reads; the API has all of it. */
    public static final int MOST_LINES = 2_000;

    private static final int HASH_SHOWN = 12;

    private OriginWords() {}

    /**
     * One value.
     *
     * @param value null where values are not shown
     * @param from the record and its version, or who
     */
    public record Line(
            String field,
            @Nullable String value,
            String from,
            @Nullable String sha256,
            List<String> paths,
            @Nullable String way,
            List<String> rules,
            @Nullable String why) {}

    /** What a force does not get, in one place. */
    public record Held(String reason, String field, int values) {}

    /** The values by the part of the package that they are in, in its order. */
    public static Map<String, List<Line>> sections(LineageDesk.Traced traced, boolean values) {
        Map<String, List<Line>> sections = new LinkedHashMap<>();
        traced.lineage().fields().stream().limit(MOST_LINES).forEach(origin -> sections.computeIfAbsent(
                        section(origin.field()), first -> new ArrayList<>())
                .add(line(origin, values ? value(traced.pkg(), origin) : null)));
        return sections;
    }

    public static List<Held> held(HeldBack held) {
        return held.lines().stream()
                .map(line -> new Held(reason(line.reason()), line.field(), line.values()))
                .toList();
    }

    /** The value itself, as text. */
    public static String value(JsonNode pkg, FieldOrigin origin) {
        return pkg.at(origin.field()).asText();
    }

    private static Line line(FieldOrigin origin, @Nullable String value) {
        String sha256 = origin.sha256();
        return new Line(
                origin.field(),
                value,
                from(origin),
                sha256 == null ? null : sha256.substring(0, HASH_SHOWN),
                origin.paths(),
                origin.way(),
                origin.rules(),
                origin.why());
    }

    private static String from(FieldOrigin origin) {
        String record = origin.recordId() == null ? "" : " " + origin.recordId();
        String version = origin.version() == null ? "" : ", version " + origin.version();
        return switch (origin.kind()) {
            case SOURCE -> origin.system() + record + version;
            case PERSON -> origin.recordId() == null ? "A person" : "A person:" + record + version;
            case PACKAGE -> "The package before" + version;
            case RULE -> "Triage";
            case HUB -> "The hub";
            case NOT_KEPT -> "Not kept any more: " + origin.system() + record + version;
            case UNKNOWN -> "Not known";
        };
    }

    private static String section(String field) {
        int end = field.indexOf('/', 1);
        String name = (end < 0 ? "" : field.substring(1, end)).replaceAll("([A-Z])", " $1");
        return name.isEmpty()
                ? "Package"
                : name.substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** A reason of {@link HeldBack} as people say it. */
    public static String reason(String code) {
        return switch (code) {
            case HeldBack.THIRD_PARTY -> "Of somebody who is neither suspect nor victim";
            case HeldBack.STAFF_IDENTITY -> "How a member of staff signs in or is written to";
            case "sensitive" -> "About somebody's private life";
            case "internal-id" -> "Means something in the prison's systems only";
            default -> "Not listed for this destination";
        };
    }
}
