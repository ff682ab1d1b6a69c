package sallyport.mappings.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields that one destination may receive. Only single values are ever listed, so a field added to a document reaches nobody until
 * somebody lists it.
 */
public final class DisclosureProfile {

    /** Stands for any place in a list. */
    static final String ANY = "*";

    private final String destination;
    private final SortedSet<String> fields;

    DisclosureProfile(String destination, SortedSet<String> fields) {
        this.destination = destination;
        this.fields = new TreeSet<>(fields);
    }

    public String destination() {
        return destination;
    }

    /** Whether a single value at this pattern may leave, such as {@code /persons/&#42;/lastName}. */
    public boolean allows(String pattern) {
        return fields.contains(pattern);
    }

    /**
     * What is left of a document: only listed values, and only the objects and lists around them. The document itself is not touched.
     * Cutting twice is cutting once.
     */
    public JsonNode cut(JsonNode document) {
        JsonNode left = cut(document, "");
        return left == null ? JsonNodeFactory.instance.objectNode() : left;
    }

    private @Nullable JsonNode cut(JsonNode node, String pattern) {
        if (node.isObject()) {
            ObjectNode left = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                // A name with a slash or a star in it could pose as another place.
                if (field.getKey().indexOf('/') >= 0 || field.getKey().equals(ANY)) {
                    continue;
                }
                JsonNode value = cut(field.getValue(), pattern + "/" + field.getKey());
                if (value != null) {
                    left.set(field.getKey(), value);
                }
            }
            return left.isEmpty() ? null : left;
        }
        if (node.isArray()) {
            ArrayNode left = JsonNodeFactory.instance.arrayNode();
            for (JsonNode entry : node) {
                JsonNode value = cut(entry, pattern + "/" + ANY);
                if (value != null) {
                    left.add(value);
                }
            }
            return left.isEmpty() ? null : left;
        }
        return allows(pattern) ? node : null;
    }
}
