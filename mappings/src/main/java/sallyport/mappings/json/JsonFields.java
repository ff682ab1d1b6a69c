package sallyport.mappings.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.text.CleanText;
import sallyport.mappings.time.LondonTime;

/**
 * One JSON object from outside, read field by field: a field that is missing or of another type is
 * {@code Rejected("schema-invalid", pointer)}, and so is one that is there twice; a code that is not known is
 * {@code Rejected("unknown-code", pointer)}.
 *
 * <p>Fields that nobody asks for are ignored. Optional fields may be absent or null. All text is cleaned ({@link CleanText}) and the
 * replaced characters are counted over the whole document.
 */
public final class JsonFields {

    /** More than any response a prison system gives; connectors set tighter limits of their own. */
    private static final long LARGEST_DOCUMENT = 64L * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LARGEST_DOCUMENT)
                            .maxStringLength((int) LARGEST_DOCUMENT)
                            .maxNestingDepth(1_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // As received: a version 1.0 is not 1.
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** A name beyond these may be anything, and what is refused is logged. */
    private static final Pattern FIELDS = Pattern.compile("(?:/[A-Za-z0-9]{1,64}){1,20}");

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    private final ObjectNode node;
    private final String base;
    private final @Nullable JsonFields parent;
    private final Tally tally;

    private JsonFields(ObjectNode node, String base, @Nullable JsonFields parent, Tally tally) {
        this.node = node;
        this.base = base;
        this.parent = parent;
        this.tally = tally;
    }

    /** Reads a document that is one object; {@code Rejected("not-json", "/")} when it is no JSON at all. */
    public static JsonFields read(byte[] raw) {
        return of(tree(raw), "", new Tally());
    }

    /** Reads a document that stands as text inside the field {@code where} of another one. */
    public static JsonFields readWithin(String text, String where) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (IOException | NumberFormatException e) {
            throw unreadable(e, where);
        }
        return of(tree, where, new Tally());
    }

    /** Reads a document that is an array of objects, each with its own count of replaced characters. */
    public static List<JsonFields> readAll(byte[] raw) {
        JsonNode tree = tree(raw);
        if (!(tree instanceof ArrayNode array)) {
            throw new Rejected("schema-invalid", "/");
        }
        List<JsonFields> all = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            all.add(of(array.get(i), "/" + i, new Tally()));
        }
        return all;
    }

    /** The objects of a document that is an array of them, each as a document of its own; fields that nobody asks for are in it, too. */
    public static List<byte[]> split(byte[] raw) {
        JsonNode tree = tree(raw);
        if (!(tree instanceof ArrayNode array)) {
            throw new Rejected("schema-invalid", "/");
        }
        List<byte[]> all = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            all.add(item.toString().getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /** The whole document, for whoever looks for a value by its path; {@code Rejected("not-json", "/")} when it is none. */
    public static JsonNode tree(byte[] raw) {
        try {
            return MAPPER.readTree(raw);
        } catch (IOException | NumberFormatException e) {
            throw unreadable(e, "");
        }
    }

    /**
     * Of two fields with one name nobody knows which is meant. The parser lets a number whose exponent does not fit go by as it is. No
     * cause: its message quotes the data.
     */
    private static Rejected unreadable(Exception e, String base) {
        if (e instanceof MismatchedInputException mismatch && mismatch.getProcessor() instanceof JsonParser parser) {
            String twice = parser.getParsingContext().pathAsPointer().toString();
            if (!twice.isEmpty()) {
                return new Rejected(
                        "schema-invalid", base + (FIELDS.matcher(twice).matches() ? twice : "/"));
            }
        }
        return new Rejected("not-json", base.isEmpty() ? "/" : base);
    }

    private static JsonFields of(JsonNode tree, String base, Tally tally) {
        if (tree instanceof ObjectNode object) {
            return new JsonFields(object, base, null, tally);
        }
        throw new Rejected("schema-invalid", base.isEmpty() ? "/" : base);
    }

    /** How many characters were replaced in the text read from this document so far. */
    public int replacedCharacters() {
        return tally.replaced;
    }

    /** The place of a field of this object, as a JSON pointer. */
    public String pointer(String name) {
        return path() + "/" + name;
    }

    /** This object alone, its fields in the order they came. */
    public byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was read can be written", impossible);
        }
    }

    public boolean has(String name) {
        return present(name) != null;
    }

    public String text(String name) {
        return cleaned(required(name), name);
    }

    public @Nullable String optionalText(String name) {
        JsonNode value = present(name);
        return value == null ? null : cleaned(value, name);
    }

    /** A text that is one of the constants of an enum. */
    public <E extends Enum<E>> E code(String name, Class<E> codes) {
        return code(required(name), name, codes);
    }

    public <E extends Enum<E>> @Nullable E optionalCode(String name, Class<E> codes) {
        JsonNode value = present(name);
        return value == null ? null : code(value, name, codes);
    }

    /** An array of codes; absent or null is empty. */
    public <E extends Enum<E>> List<E> codes(String name, Class<E> codes) {
        return items(present(name), name, (item, at) -> code(item, at, codes));
    }

    public LondonTime time(String name) {
        return time(required(name), name);
    }

    public @Nullable LondonTime optionalTime(String name) {
        JsonNode value = present(name);
        return value == null ? null : time(value, name);
    }

    public LocalDate date(String name) {
        return date(required(name), name);
    }

    public @Nullable LocalDate optionalDate(String name) {
        JsonNode value = present(name);
        return value == null ? null : date(value, name);
    }

    /** A UUID in lower case, so that the same record has the same key however it was written. */
    public String uuid(String name) {
        return uuid(required(name), name);
    }

    public @Nullable String optionalUuid(String name) {
        JsonNode value = present(name);
        return value == null ? null : uuid(value, name);
    }

    public boolean flag(String name) {
        return flag(required(name), name);
    }

    public @Nullable Boolean optionalFlag(String name) {
        JsonNode value = present(name);
        return value == null ? null : flag(value, name);
    }

    public long integer(String name) {
        return integer(required(name), name);
    }

    public @Nullable Long optionalInteger(String name) {
        JsonNode value = present(name);
        return value == null ? null : integer(value, name);
    }

    public @Nullable BigDecimal optionalNumber(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw invalid(name);
        }
        return value.decimalValue();
    }

    public JsonFields object(String name) {
        return child(required(name), name);
    }

    public @Nullable JsonFields optionalObject(String name) {
        JsonNode value = present(name);
        return value == null ? null : child(value, name);
    }

    /** A required array of objects. */
    public <T> List<T> list(String name, Function<JsonFields, T> read) {
        return items(required(name), name, (item, at) -> read.apply(child(item, at)));
    }

    /** An array of objects; absent or null is empty. */
    public <T> List<T> optionalList(String name, Function<JsonFields, T> read) {
        return items(present(name), name, (item, at) -> read.apply(child(item, at)));
    }

    /** A required array of texts. */
    public List<String> texts(String name) {
        return items(required(name), name, this::cleaned);
    }

    /** The fields that hold text, a number or a truth value, as text; others are left out. */
    public Map<String, String> scalars() {
        Map<String, String> scalars = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                scalars.put(clean(field.getKey()), clean(field.getValue().asText()));
            }
        }
        return scalars;
    }

    /** A text, number or truth value, as text. */
    public @Nullable String optionalScalar(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isValueNode()) {
            throw invalid(name);
        }
        return clean(value.asText());
    }

    public Rejected invalid(String name) {
        return new Rejected("schema-invalid", pointer(name));
    }

    private interface ItemReader<T> {
        T read(JsonNode item, String at);
    }

    private <T> List<T> items(@Nullable JsonNode value, String name, ItemReader<T> reader) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array)) {
            throw invalid(name);
        }
        List<T> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            items.add(reader.read(array.get(i), name + "/" + i));
        }
        return List.copyOf(items);
    }

    private JsonFields child(JsonNode value, String name) {
        if (value instanceof ObjectNode object) {
            return new JsonFields(object, name, this, tally);
        }
        throw invalid(name);
    }

    private String path() {
        return parent == null ? base : parent.pointer(base);
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private JsonNode required(String name) {
        JsonNode value = present(name);
        if (value == null) {
            throw invalid(name);
        }
        return value;
    }

    private String plain(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw invalid(name);
        }
        return value.textValue();
    }

    private String cleaned(JsonNode value, String name) {
        return clean(plain(value, name));
    }

    private String clean(String text) {
        CleanText clean = CleanText.clean(text);
        tally.replaced += clean.replaced();
        return clean.text();
    }

    private <E extends Enum<E>> E code(JsonNode value, String name, Class<E> codes) {
        try {
            return Enum.valueOf(codes, plain(value, name));
        } catch (IllegalArgumentException e) {
            throw new Rejected("unknown-code", pointer(name));
        }
    }

    private LondonTime time(JsonNode value, String name) {
        return LondonTime.parse(plain(value, name), pointer(name));
    }

    private LocalDate date(JsonNode value, String name) {
        String text = plain(value, name);
        try {
            if (text.length() == "yyyy-mm-dd".length()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // Falls through to the one refusal below.
        }
        throw invalid(name);
    }

    private String uuid(JsonNode value, String name) {
        String text = plain(value, name);
        if (!UUID_FORM.matcher(text).matches()) {
            throw invalid(name);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean flag(JsonNode value, String name) {
        if (!value.isBoolean()) {
            throw invalid(name);
        }
        return value.booleanValue();
    }

    private long integer(JsonNode value, String name) {
        // JSON Schema counts 1.0 as an integer.
        if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
            return value.longValue();
        }
        throw invalid(name);
    }

    private static final class Tally {
        private int replaced;
    }
}
