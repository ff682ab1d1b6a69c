package sallyport.mappings.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.document.ContactKinds;

/**
 * The fields that one destination may receive. Only single values are ever listed, so a field added to a document reaches nobody until
 * somebody lists it. Of third parties less leaves, and a member of staff's user name or e-mail address leaves in no text.
 */
public final class DisclosureProfile {

    /** Stands for any place in a list. */
    static final String ANY = "*";

    private static final String DOCUMENTS = "/documents/" + ANY;

    private final String destination;
    private final String version;
    private final SortedSet<String> fields;
    private final SortedMap<String, ThirdParties> thirdParties;
    private final SortedMap<String, String> reasons;
    private final SortedSet<String> contactKinds;

    DisclosureProfile(String destination, SortedSet<String> fields) {
        this(destination, "none", fields, new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    /**
     * @param thirdParties by the pattern of their list
     * @param reasons why a field is held back, by its pattern
     * @param contactKinds of documents with the contacts of a witness, those that leave
     */
    DisclosureProfile(
            String destination,
            String version,
            SortedSet<String> fields,
            SortedMap<String, ThirdParties> thirdParties,
            SortedMap<String, String> reasons,
            SortedSet<String> contactKinds) {
        this.destination = destination;
        this.version = version;
        this.fields = new TreeSet<>(fields);
        this.thirdParties = new TreeMap<>(thirdParties);
        this.reasons = new TreeMap<>(reasons);
        this.contactKinds = new TreeSet<>(contactKinds);
    }

    public String destination() {
        return destination;
    }

    /** Changes with any of its rules. */
    public String version() {
        return version;
    }

    /** Whether a single value at this pattern may leave, such as {@code /persons/&#42;/lastName}. */
    public boolean allows(String pattern) {
        return fields.contains(pattern);
    }

    /** All its rules as text, so that what was disclosed by them can be explained when they are others. */
    public String rules() {
        StringBuilder rules = new StringBuilder();
        fields.forEach(field -> rules.append(field).append('\n'));
        thirdParties.forEach((list, they) -> rules.append(they.words(list)).append('\n'));
        reasons.forEach((field, reason) ->
                rules.append(reason).append(' ').append(field).append('\n'));
        contactKinds.forEach(
                kind -> rules.append("documents with contacts: ").append(kind).append('\n'));
        return rules.toString();
    }

    /**
     * What is left of a document: only listed values, and only the objects and lists around them. The document itself is not touched.
     * Cutting twice is cutting once.
     */
    public JsonNode cut(JsonNode document) {
        return cut(document, new HeldBack.Counter());
    }

    /** What cutting a document takes away, and why; never a value. */
    public HeldBack heldBack(JsonNode document) {
        HeldBack.Counter counter = new HeldBack.Counter();
        cut(document, counter);
        return counter.counted(destination, version);
    }

    private JsonNode cut(JsonNode document, HeldBack.Counter counter) {
        JsonNode left = new Cut(counter, StaffIdentities.of(document)).of(document, "", null);
        return left == null ? JsonNodeFactory.instance.objectNode() : left;
    }

    /** One document being cut. */
    private final class Cut {

        private final HeldBack.Counter counter;
        private final StaffIdentities staff;

        private Cut(HeldBack.Counter counter, StaffIdentities staff) {
            this.counter = counter;
            this.staff = staff;
        }

        /** @param why the place is held back whatever the profile says; null where it is not */
        private @Nullable JsonNode of(JsonNode node, String pattern, @Nullable String why) {
            if (node.isObject()) {
                return object(node, pattern, why);
            }
            if (node.isArray()) {
                String entries = pattern + "/" + ANY;
                ThirdParties they = thirdParties.get(entries);
                ArrayNode left = JsonNodeFactory.instance.arrayNode();
                for (JsonNode entry : node) {
                    if (why == null && entries.equals(DOCUMENTS) && isHeldBack(entry)) {
                        of(entry, entries, HeldBack.WITNESS_CONTACTS);
                        continue;
                    }
                    JsonNode value = they != null && why == null && they.isOne(entry)
                            ? thirdParty(entry, entries, they)
                            : of(entry, entries, why);
                    if (value != null) {
                        left.add(value);
                    }
                }
                return left.isEmpty() ? null : left;
            }
            if (why != null || !allows(pattern)) {
                counter.add(pattern, why == null ? reasons.getOrDefault(pattern, HeldBack.NOT_IN_PROFILE) : why);
                return null;
            }
            counter.left();
            return node.isTextual() ? text(node, pattern) : node;
        }

        /** Nothing of it: a hash without a kind would be named for what it is by whoever has the others. */
        private boolean isHeldBack(JsonNode document) {
            String kind = document.path("kind").asText();
            return ContactKinds.has(kind) && !contactKinds.contains(kind);
        }

        private @Nullable ObjectNode object(JsonNode node, String pattern, @Nullable String why) {
            ObjectNode left = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                JsonNode value = field(field, pattern, why);
                if (value != null) {
                    left.set(field.getKey(), value);
                }
            }
            return left.isEmpty() ? null : left;
        }

        private @Nullable JsonNode thirdParty(JsonNode entry, String pattern, ThirdParties they) {
            if (!entry.isObject()) {
                return of(entry, pattern, HeldBack.THIRD_PARTY);
            }
            ObjectNode left = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : entry.properties()) {
                JsonNode value = field(field, pattern, they.leaves(field.getKey()) ? null : HeldBack.THIRD_PARTY);
                if (value != null) {
                    left.set(field.getKey(), value);
                }
            }
            return left.isEmpty() ? null : left;
        }

        /** A name with a slash or a star in it could pose as another place. */
        private @Nullable JsonNode field(Map.Entry<String, JsonNode> field, String pattern, @Nullable String why) {
            String name = field.getKey();
            return name.indexOf('/') >= 0 || name.equals(ANY)
                    ? of(field.getValue(), pattern + "/?", HeldBack.NOT_IN_PROFILE)
                    : of(field.getValue(), pattern + "/" + name, why);
        }

        private JsonNode text(JsonNode node, String pattern) {
            String text = node.textValue();
            String without = staff.without(text);
            if (without.equals(text)) {
                return node;
            }
            counter.add(pattern, HeldBack.STAFF_IDENTITY);
            return TextNode.valueOf(without);
        }
    }
}
