package sallyport.console.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.FactField;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.Readiness;
import sallyport.mappings.referral.ReadinessItem;

/** Answers to readiness items as people and programs send them; what is wrong is a {@link BadParameter} that names the element. */
public final class FactWords {

    private static final Pattern ENTRY = Pattern.compile("/entries/([0-9]{1,3})/([A-Za-z]+)");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,6}");

    private static final Map<String, String> RULES = Map.ofEntries(
            Map.entry("not-json", "must be JSON"),
            Map.entry("not-an-object", "must be a JSON object"),
            Map.entry("not-a-list", "must be a list"),
            Map.entry("unknown-field", "has a field that is not asked for"),
            Map.entry("missing-field", "must be given"),
            Map.entry("missing-entries", "must say what is there"),
            Map.entry("surplus-entries", "must be empty unless the item is there"),
            Map.entry("too-many-entries", "has more entries than are taken"),
            Map.entry(
                    "held-by-system", "cannot be PRESENT by a person's word: it is mended in the system that holds it"),
            Map.entry("not-a-text", "must be a text"),
            Map.entry("not-plain-text", "must be plain text"),
            Map.entry("too-long-text", "must be " + FactField.MOST_TEXT + " characters or fewer"),
            Map.entry("too-long-words", "is too long"),
            Map.entry("not-a-number", "must be a whole number from 1 to " + FactField.MOST_NUMBER),
            Map.entry("not-a-document", "must be the number of a document of the case"),
            Map.entry("not-yes-or-no", "must be yes or no"),
            Map.entry("not-a-day", "must be a day such as 2026-03-01"),
            Map.entry("not-a-time", "must be a time such as 2026-03-01T14:05"),
            Map.entry("ends-before-it-begins", "must not be before the first day"),
            Map.entry("twice", "must not be there twice"));

    private FactWords() {}

    /** The item of an address; empty where there is none of that name. */
    public static Optional<ReadinessItem> item(String code) {
        return Arrays.stream(ReadinessItem.values())
                .filter(item -> item.code().equals(code))
                .findFirst();
    }

    /** An answer as a program sends it; {@code after} is read beside it. */
    public static Fact sent(FactForm form, JsonNode body) {
        try {
            if (body instanceof ObjectNode object) {
                ObjectNode answer = object.deepCopy();
                answer.remove("after");
                return form.read(answer);
            }
            return form.read(body);
        } catch (Rejected wrong) {
            throw bad(form, wrong, wrong.where().substring(1));
        }
    }

    /** The version that a program has seen; null when it does not care. */
    public static @Nullable Integer after(@Nullable JsonNode after) {
        if (after == null || after.isNull() || after.isMissingNode()) {
            return null;
        }
        if (!after.isInt() || after.intValue() < 0) {
            throw new BadParameter("after", "must be the number of a version, or 0");
        }
        return after.intValue();
    }

    /** The version that a form was shown with. */
    public static @Nullable Integer after(@Nullable String after) {
        if (after == null || after.isBlank()) {
            return null;
        }
        if (!WHOLE.matcher(after).matches()) {
            throw new BadParameter("after", "must be the number of a version, or 0");
        }
        return Integer.valueOf(after);
    }

    /** An answer as a form sends it: {@code state}, {@code note}, {@code source} and {@code e<n>.<field>}. */
    public static Fact typed(FactForm form, Map<String, String> typed) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        for (String member : List.of("state", "note", "source")) {
            String text = typed.getOrDefault(member, "").replace("\r\n", "\n");
            if (!text.isBlank()) {
                answer.put(member, text);
            }
        }
        boolean there = Readiness.State.PRESENT.name().equals(typed.get("state"));
        List<Integer> shown = new ArrayList<>();
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (int n = 0; n < FactForm.MOST_ENTRIES; n++) {
            ObjectNode entry = entry(form, typed, n);
            // The first one is looked at even when it is empty, so that the answer names what it lacks.
            if (!entry.isEmpty() || there && n == 0 && !form.heldBySystem() && !anything(form, typed)) {
                entries.add(entry);
                shown.add(n);
            }
        }
        if (!entries.isEmpty()) {
            answer.set("entries", entries);
        }
        try {
            return form.read(answer);
        } catch (Rejected wrong) {
            throw bad(form, wrong, place(wrong.where(), shown));
        }
    }

    private static boolean anything(FactForm form, Map<String, String> typed) {
        for (int n = 0; n < FactForm.MOST_ENTRIES; n++) {
            if (!entry(form, typed, n).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode entry(FactForm form, Map<String, String> typed, int n) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        for (FactField field : form.fields()) {
            String text = typed.getOrDefault("e" + n + "." + field.name(), "")
                    .replace("\r\n", "\n")
                    .strip();
            if (!text.isEmpty()) {
                switch (field.type()) {
                    case YES_NO -> {
                        if (text.equals("true") || text.equals("false")) {
                            entry.put(field.name(), text.equals("true"));
                        } else {
                            entry.put(field.name(), text);
                        }
                    }
                    case NUMBER, DOCUMENT -> {
                        if (WHOLE.matcher(text).matches()) {
                            entry.put(field.name(), Integer.parseInt(text));
                        } else {
                            entry.put(field.name(), text);
                        }
                    }
                    case TIME -> entry.put(field.name(), text.replace(' ', 'T'));
                    default -> entry.put(field.name(), text);
                }
            }
        }
        return entry;
    }

    /** {@code /entries/0/pages} of what was sent is {@code e2-pages} on the form it was typed into. */
    private static String place(String where, List<Integer> shown) {
        Matcher entry = ENTRY.matcher(where);
        if (entry.matches()) {
            return "e" + shown.get(Integer.parseInt(entry.group(1))) + "-" + entry.group(2);
        }
        return where.equals("/") || where.startsWith("/entries") ? "state" : where.substring(1);
    }

    private static BadParameter bad(FactForm form, Rejected wrong, String parameter) {
        if (wrong.code().equals("not-a-state")) {
            List<String> states =
                    Arrays.stream(Readiness.State.values()).map(Enum::name).toList();
            return new BadParameter(parameter, "must be one of " + String.join(", ", states), states);
        }
        if (wrong.code().equals("not-a-choice")) {
            List<String> choices =
                    field(form, wrong.where()).map(FactField::choices).orElse(List.of());
            return new BadParameter(parameter, "must be one of " + String.join(", ", choices), choices);
        }
        return new BadParameter(
                parameter.isEmpty() ? "body" : parameter, RULES.getOrDefault(wrong.code(), "is not as asked for"));
    }

    /** What a field of a form is called, by the place of what is wrong on it. */
    public static String title(FactForm form, String place) {
        return switch (place) {
            case "state" -> "The answer";
            case "note" -> "What the force may read";
            case "source" -> "How you know";
            default ->
                form.fields().stream()
                        .filter(field -> place.endsWith("-" + field.name()))
                        .map(FactField::title)
                        .findFirst()
                        .orElse(place);
        };
    }

    private static Optional<FactField> field(FactForm form, String where) {
        return form.fields().stream()
                .filter(field -> where.endsWith("/" + field.name()))
                .findFirst();
    }
}
