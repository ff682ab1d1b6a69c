package sallyport.mappings.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver got then beside what today's mapping would send, field by field, JSON and XML alike. Entries of a list are matched
 * by what identifies them where they have that, else by their place. Documents that are no trees are one field.
 */
public final class Difference {

    /** What tells the entries of a list apart, the first that all of them have and no two share. */
    private static final List<String> IDENTITIES = List.of(
            "id",
            "chargeNumber",
            "prisonerNumber",
            "ruleId",
            "code",
            "questionCode",
            "item",
            "recordId",
            "system",
            "reference");

    private Difference() {}

    /**
     * One field.
     *
     * @param path where it stands, as in {@code /data/attributes/surname}; of a field that is gone, where it stood
     * @param then what the receiver got; null if it got no such field
     * @param today what would be sent; null if no such field would
     */
    public record Field(String path, @Nullable String then, @Nullable String today) {

        public boolean differs() {
            return then == null || today == null || !then.equals(today);
        }

        /** The last name in the path that is not a place in a list. */
        public String name() {
            int end = path.length();
            while (true) {
                int slash = path.lastIndexOf('/', end - 1);
                String last = path.substring(slash + 1, end);
                if (slash <= 0 || !last.chars().allMatch(Character::isDigit) && !last.equals("#text")) {
                    int nth = last.indexOf('[');
                    return nth > 0 ? last.substring(0, nth) : last;
                }
                end = slash;
            }
        }
    }

    /** All fields of both, in the order of today's; what is gone stands at the end of what it stood in. */
    public static List<Field> fields(byte[] then, byte[] today) {
        JsonNode before = DocumentTree.of(then);
        JsonNode after = DocumentTree.of(today);
        List<Field> fields = new ArrayList<>();
        if (before == null || after == null) {
            String same = then.length + " bytes";
            fields.add(new Field("/", same, Arrays.equals(then, today) ? same : today.length + " other bytes"));
        } else {
            compare("", "", before, after, fields);
        }
        return fields;
    }

    /** How many fields differ. */
    public static int count(byte[] then, byte[] today) {
        return Arrays.equals(then, today)
                ? 0
                : (int) fields(then, today).stream().filter(Field::differs).count();
    }

    private static void compare(
            String path, String pathThen, @Nullable JsonNode then, @Nullable JsonNode today, List<Field> fields) {
        boolean both = then != null && today != null;
        if (both && then.isObject() && today.isObject()) {
            compareObjects(path, pathThen, then, today, fields);
        } else if (both && then.isArray() && today.isArray()) {
            compareLists(path, pathThen, then, today, fields);
        } else if (both && then.isValueNode() && today.isValueNode()) {
            fields.add(new Field(path, then.asText(), today.asText()));
        } else {
            // Another shape is another field: nothing of the one stands for anything of the other.
            if (today != null) {
                list(path, today, false, fields);
            }
            if (then != null) {
                list(pathThen, then, true, fields);
            }
        }
    }

    private static void compareObjects(
            String path, String pathThen, JsonNode then, JsonNode today, List<Field> fields) {
        if (then.isEmpty() && today.isEmpty()) {
            fields.add(new Field(path + "/", "", ""));
        }
        Set<String> names = new LinkedHashSet<>();
        today.fieldNames().forEachRemaining(names::add);
        then.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            compare(
                    path + "/" + escaped(name),
                    pathThen + "/" + escaped(name),
                    then.get(name),
                    today.get(name),
                    fields);
        }
    }

    private static void compareLists(String path, String pathThen, JsonNode then, JsonNode today, List<Field> fields) {
        String identity = identity(then, today);
        Map<String, Integer> placesThen = new HashMap<>();
        for (int i = 0; i < then.size(); i++) {
            placesThen.put(
                    identity == null
                            ? Integer.toString(i)
                            : then.get(i).path(identity).asText(),
                    i);
        }
        for (int i = 0; i < today.size(); i++) {
            String key = identity == null
                    ? Integer.toString(i)
                    : today.get(i).path(identity).asText();
            Integer place = placesThen.remove(key);
            compare(
                    path + "/" + i,
                    pathThen + "/" + (place == null ? i : place),
                    place == null ? null : then.get(place),
                    today.get(i),
                    fields);
        }
        placesThen.values().stream()
                .sorted()
                .forEach(place -> list(pathThen + "/" + place, then.get(place), true, fields));
    }

    private static @Nullable String identity(JsonNode then, JsonNode today) {
        return IDENTITIES.stream()
                .filter(name -> identifies(name, then) && identifies(name, today))
                .findFirst()
                .orElse(null);
    }

    private static boolean identifies(String name, JsonNode list) {
        Set<String> seen = new HashSet<>();
        for (JsonNode entry : list) {
            JsonNode value = entry.path(name);
            if (!value.isValueNode() || !seen.add(value.asText())) {
                return false;
            }
        }
        return true;
    }

    private static void list(String path, JsonNode node, boolean gone, List<Field> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(field -> list(path + "/" + escaped(field.getKey()), field.getValue(), gone, fields));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                list(path + "/" + i, node.get(i), gone, fields);
            }
        } else {
            String value = node.isContainerNode() ? "" : node.asText();
            fields.add(new Field(path.isEmpty() ? "/" : path, gone ? value : null, gone ? null : value));
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
