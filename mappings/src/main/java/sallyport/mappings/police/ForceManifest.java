package sallyport.mappings.police;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/**
 * What a force says it received on one day, {@code sallyport-manifest-v1}; whoever reads it has checked the signature. Anything that is
 * not exactly that is {@link Rejected} as a whole: half a manifest would look like loss.
 *
 * @param force two digits
 * @param day in London
 * @param asOf the manifest names all that was received until then
 */
public record ForceManifest(String force, LocalDate day, Instant asOf, List<Item> items) {

    public static final String TYPE = "sallyport-manifest-v1";
    public static final int MOST_ITEMS = 100_000;

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    /** How far a force's clock may be ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Pattern MESSAGE = Pattern.compile("[\\x21-\\x7e]{1,50}");
    private static final Pattern REFERENCE = Pattern.compile("SP-[0-9]{4}-[0-9]{6,12}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10)
                            .maxStringLength(1_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public ForceManifest {
        items = List.copyOf(items);
    }

    /**
     * One message that the force has.
     *
     * @param messageId the sender's
     * @param sha256 of the bytes as they were received, 64 lower-case hexadecimal digits
     */
    public record Item(String messageId, String caseReference, int version, String sha256, Instant receivedAt) {}

    /** The entry for this message, if there is one. */
    public Optional<Item> of(String messageId) {
        return items.stream().filter(item -> item.messageId().equals(messageId)).findFirst();
    }

    /** Whether the day was over when the manifest was made. */
    public boolean wholeDay() {
        return !asOf.isBefore(day.plusDays(1).atStartOfDay(LONDON).toInstant());
    }

    /**
     * @param json the signed bytes
     * @param force whose manifest was asked for
     * @param day of which day
     * @throws Rejected {@code schema-invalid}, {@code other-force}, {@code other-day}, {@code cut-short}, {@code too-many-items} or
     *     {@code from-the-future}
     */
    public static ForceManifest read(byte[] json, String force, LocalDate day, Instant now) {
        JsonNode root = tree(json);
        if (!text(root, "type", "/type").equals(TYPE)) {
            throw new Rejected("schema-invalid", "/type");
        }
        if (!text(root, "force", "/force").equals(force)) {
            throw new Rejected("other-force", "/force");
        }
        if (!text(root, "day", "/day").equals(day.toString())) {
            throw new Rejected("other-day", "/day");
        }
        Instant asOf = instant(root, "asOf", "/asOf");
        if (asOf.isAfter(now.plus(SKEW))) {
            throw new Rejected("from-the-future", "/asOf");
        }
        JsonNode list = root.path("items");
        if (!list.isArray()) {
            throw new Rejected("schema-invalid", "/items");
        }
        if (list.size() > MOST_ITEMS) {
            throw new Rejected("too-many-items", "/items");
        }
        JsonNode count = root.path("count");
        if (!count.isInt() || count.intValue() != list.size()) {
            throw new Rejected("cut-short", "/count");
        }
        var items = new ArrayList<Item>(list.size());
        for (int n = 0; n < list.size(); n++) {
            items.add(item(list.get(n), "/items/" + n, day, asOf));
        }
        return new ForceManifest(force, day, asOf, items);
    }

    private static Item item(JsonNode node, String at, LocalDate day, Instant asOf) {
        String message = matching(node, "messageId", at, MESSAGE);
        String reference = matching(node, "caseReference", at, REFERENCE);
        JsonNode version = node.path("version");
        if (!version.isInt() || version.intValue() < 1) {
            throw new Rejected("schema-invalid", at + "/version");
        }
        String sha256 = matching(node, "sha256", at, SHA256);
        Instant receivedAt = instant(node, "receivedAt", at + "/receivedAt");
        if (!LocalDate.ofInstant(receivedAt, LONDON).equals(day) || receivedAt.isAfter(asOf)) {
            throw new Rejected("other-day", at + "/receivedAt");
        }
        return new Item(message, reference, version.intValue(), sha256, receivedAt);
    }

    private static JsonNode tree(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) {
                throw new Rejected("schema-invalid", "/");
            }
            return root;
        } catch (IOException unreadable) {
            throw new Rejected("schema-invalid", "/");
        }
    }

    private static String matching(JsonNode node, String field, String at, Pattern form) {
        String text = text(node, field, at + "/" + field);
        if (!form.matcher(text).matches()) {
            throw new Rejected("schema-invalid", at + "/" + field);
        }
        return text;
    }

    private static String text(JsonNode node, String field, String where) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new Rejected("schema-invalid", where);
        }
        return value.textValue();
    }

    private static Instant instant(JsonNode node, String field, String where) {
        try {
            return Instant.parse(text(node, field, where));
        } catch (DateTimeException noTime) {
            throw new Rejected("schema-invalid", where);
        }
    }
}
