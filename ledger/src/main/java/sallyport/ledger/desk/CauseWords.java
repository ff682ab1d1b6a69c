package sallyport.ledger.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.table.CsvTable;

/** Says what a cause of failures is and what to do about it. Every cause has words: those of its code, or those of its kind. */
public final class CauseWords {

    private static final String TABLE = "sallyport/ledger/causes.csv";
    private static final Pattern INSTANT =
            Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?Z");
    private static final DateTimeFormatter LONDON =
            DateTimeFormatter.ofPattern("HH:mm 'on' d MMM yyyy", Locale.UK).withZone(ZoneId.of("Europe/London"));

    /** Who is read by a step, or sent to by it. */
    private static final Map<String, String> STEPS = Map.ofEntries(
            Map.entry("incident-fetch", "incident reporting"),
            Map.entry("day-listing", "incident reporting's lists by day"),
            Map.entry("adjudication-fetch", "the adjudications service"),
            Map.entry("case-note-fetch", "the case notes service"),
            Map.entry("prisoner-alert-fetch", "the prisoner alerts service"),
            Map.entry("telephone-mail", "a mail with telephone reports"),
            Map.entry("telephone-match", "a telephone report"),
            Map.entry("use-of-force-match", "a use of force report"),
            Map.entry("charge-match", "a charge that is referred to the police"),
            Map.entry("triage", "triage"),
            Map.entry("assembly", "the assembly of packages"),
            Map.entry("case-sync", "the rendering of the tracker row"),
            Map.entry("command", "the carrying out of commands"),
            Map.entry("outcome", "the outcome from the force"),
            Map.entry("person-change", "what changed about a prisoner"),
            Map.entry("identity-change", "the change of a prisoner's number"),
            Map.entry("document-scan", "the virus scanner"),
            Map.entry("case-note-request", "the case notes service"),
            Map.entry("photo-request", "the service with the photographs"),
            Map.entry("prison-document-search", "the prisons' document service"),
            Map.entry("prison-document-take", "the prisons' document service"),
            Map.entry("tracker", "the tracker"));

    private static final Map<String, Words> WORDS = read();

    private CauseWords() {}

    /** @param todo what the person on call does */
    public record Words(String what, String todo) {}

    private static Map<String, Words> read() {
        Map<String, Words> words = new HashMap<>();
        CsvTable.rows(TABLE)
                .forEach(row -> words.put(
                        row.get("kind") + " " + row.get("code"), new Words(row.get("what"), row.get("todo"))));
        return Map.copyOf(words);
    }

    /**
     * @param of the lane or the step
     * @param detail where it tells a time, the words do too
     */
    public static Words of(String of, String kind, String code, @Nullable String detail) {
        Words found = WORDS.getOrDefault(kind + " " + code, WORDS.getOrDefault("* " + code, ofKind(kind)));
        return new Words(
                sentence(filled(found.what(), of, code, detail)), sentence(filled(found.todo(), of, code, detail)));
    }

    private static Words ofKind(String kind) {
        Words words = WORDS.get(kind + " *");
        return words == null
                ? new Words("{who} fails ({code}).", "Tell the developers: the hub has no words for this.")
                : words;
    }

    private static String filled(String words, String of, String code, @Nullable String detail) {
        return words.replace("{who}", who(of)).replace("{code}", code).replace("{when}", when(detail));
    }

    /** A lane or a step as somebody who can be asked. */
    public static String who(String of) {
        int colon = of.indexOf(':');
        String name = of.substring(colon + 1);
        return switch (colon < 0 ? "" : of.substring(0, colon)) {
            case "force" -> "force " + name;
            case "feed" -> "the queue of " + name;
            case "adjudication" -> "the adjudications of " + name;
            default -> STEPS.getOrDefault(of, of);
        };
    }

    private static String when(@Nullable String detail) {
        var time = INSTANT.matcher(detail == null ? "" : detail);
        try {
            return time.find() ? " at " + LONDON.format(Instant.parse(time.group())) : "";
        } catch (DateTimeException notATime) {
            return "";
        }
    }

    private static String sentence(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
