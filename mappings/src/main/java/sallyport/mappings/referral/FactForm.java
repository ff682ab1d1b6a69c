package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.table.CsvTable;

/**
 * What a person is asked about one readiness item, and what an answer must be like. What a system holds has no fields: a person can only
 * say why it is missing or not applicable, since it is mended at the source.
 *
 * @param several whether there may be more than one entry
 */
public record FactForm(ReadinessItem item, boolean several, List<FactField> fields) {

    public static final int MOST_ENTRIES = 50;
    public static final int MOST_NOTE = 500;
    public static final int MOST_SOURCE = 500;

    private static final Set<String> MEMBERS = Set.of("state", "entries", "note", "source");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<ReadinessItem, FactForm> FORMS = read();

    public FactForm {
        fields = List.copyOf(fields);
    }

    /**
     * @throws Rejected {@code derived-item}: it follows from the answers to others
     */
    public static FactForm of(ReadinessItem item) {
        FactForm form = FORMS.get(item);
        if (form == null) {
            throw new Rejected("derived-item", "/item");
        }
        return form;
    }

    /** In the order of the checklist. */
    public static List<FactForm> all() {
        return List.copyOf(FORMS.values());
    }

    public static boolean exists(ReadinessItem item) {
        return FORMS.containsKey(item);
    }

    public boolean heldBySystem() {
        return fields.isEmpty();
    }

    /**
     * An answer as it was sent.
     *
     * @throws Rejected {@code not-json}, or what is wrong with the JSON pointer of the element
     */
    public Fact read(byte[] json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (IOException e) {
            // No cause: Jackson's message quotes the data.
            throw new Rejected("not-json", "/");
        }
        return read(tree == null ? JsonNodeFactory.instance.missingNode() : tree);
    }

    /**
     * An answer as a tree.
     *
     * @throws Rejected what is wrong, with the JSON pointer of the element
     */
    public Fact read(JsonNode answer) {
        if (!answer.isObject()) {
            throw new Rejected("not-an-object", "/");
        }
        answer.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new Rejected("unknown-field", "/");
            }
        });
        State state = state(answer.path("state"));
        if (heldBySystem() && state == State.PRESENT) {
            throw new Rejected("held-by-system", "/state");
        }
        String source = FactField.text(present(answer.path("source"), "/source"), "/source", MOST_SOURCE, true);
        String note =
                isAbsent(answer.path("note")) ? null : FactField.text(answer.path("note"), "/note", MOST_NOTE, true);
        if (note == null && state != State.PRESENT) {
            throw new Rejected("missing-field", "/note");
        }
        List<Map<String, Object>> entries = entries(answer.path("entries"), state);
        return new Fact(item, state, entries, note, source);
    }

    private static State state(JsonNode value) {
        present(value, "/state");
        return Arrays.stream(State.values())
                .filter(state -> value.isTextual() && state.name().equals(value.textValue()))
                .findFirst()
                .orElseThrow(() -> new Rejected("not-a-state", "/state"));
    }

    private List<Map<String, Object>> entries(JsonNode list, State state) {
        if (isAbsent(list) || list.isArray() && list.isEmpty()) {
            if (state == State.PRESENT) {
                throw new Rejected("missing-entries", "/entries");
            }
            return List.of();
        }
        if (state != State.PRESENT) {
            throw new Rejected("surplus-entries", "/entries");
        }
        if (!list.isArray()) {
            throw new Rejected("not-a-list", "/entries");
        }
        if (list.size() > (several ? MOST_ENTRIES : 1)) {
            throw new Rejected("too-many-entries", "/entries");
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            entries.add(entry(list.get(index), "/entries/" + index));
        }
        refuseContradictions(entries);
        return entries;
    }

    private Map<String, Object> entry(JsonNode entry, String where) {
        if (!entry.isObject()) {
            throw new Rejected("not-an-object", where);
        }
        entry.fieldNames().forEachRemaining(name -> {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                throw new Rejected("unknown-field", where);
            }
        });
        Map<String, Object> values = new LinkedHashMap<>();
        for (FactField field : fields) {
            String place = where + "/" + field.name();
            JsonNode value = entry.path(field.name());
            if (!isAbsent(value)) {
                values.put(field.name(), field.read(value, place));
            } else if (field.required()) {
                throw new Rejected("missing-field", place);
            }
        }
        return values;
    }

    private void refuseContradictions(List<Map<String, Object>> entries) {
        Set<Object> seals = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            Map<String, Object> entry = entries.get(index);
            if (item == ReadinessItem.WITNESS_AVAILABILITY
                    && text(entry, "until").compareTo(text(entry, "from")) < 0) {
                throw new Rejected("ends-before-it-begins", "/entries/" + index + "/until");
            }
            if (item == ReadinessItem.FOOTAGE) {
                refuseHalfHandedOver(entry, "/entries/" + index);
            }
            if (item == ReadinessItem.EXHIBITS && !seals.add(text(entry, "seal"))) {
                throw new Rejected("twice", "/entries/" + index + "/seal");
            }
        }
    }

    /** Who has it and since when belong together: with one of them alone nobody knows whether it was handed over. */
    private static void refuseHalfHandedOver(Map<String, Object> entry, String where) {
        if (entry.containsKey("handedTo") != entry.containsKey("handedOn")) {
            throw new Rejected("missing-field", where + (entry.containsKey("handedTo") ? "/handedOn" : "/handedTo"));
        }
    }

    private static String text(Map<String, Object> entry, String name) {
        return String.valueOf(entry.get(name));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static JsonNode present(JsonNode value, String where) {
        if (isAbsent(value)) {
            throw new Rejected("missing-field", where);
        }
        return value;
    }

    private static Map<ReadinessItem, FactForm> read() {
        Map<ReadinessItem, List<FactField>> fields = new EnumMap<>(ReadinessItem.class);
        Map<ReadinessItem, Boolean> several = new EnumMap<>(ReadinessItem.class);
        for (Map<String, String> row : CsvTable.rows("sallyport/referral/fact-fields.csv")) {
            ReadinessItem item = ReadinessItem.of(row.get("item"));
            boolean many = row.get("entries").equals("SEVERAL");
            Boolean before = several.putIfAbsent(item, many);
            if (before != null && before != many) {
                throw new IllegalStateException(item.code() + " has ONE entry and SEVERAL");
            }
            fields.computeIfAbsent(item, any -> new ArrayList<>()).add(field(row));
        }
        Map<ReadinessItem, FactForm> forms = new EnumMap<>(ReadinessItem.class);
        for (ReadinessItem item : ReadinessItem.values()) {
            if (item != ReadinessItem.STATEMENT_QUALITY) {
                forms.put(
                        item,
                        new FactForm(item, several.getOrDefault(item, false), fields.getOrDefault(item, List.of())));
            }
        }
        return forms;
    }

    private static FactField field(Map<String, String> row) {
        return new FactField(
                row.get("field"),
                row.get("title"),
                FactField.Type.valueOf(row.get("type")),
                row.get("required").equals("yes"),
                row.get("choices").isEmpty()
                        ? List.of()
                        : List.of(row.get("choices").split("\\|")),
                filled(row.get("hint")));
    }

    private static @Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }
}
