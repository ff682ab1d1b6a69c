package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two versions of a package, field by field. Entries of a list are matched by what identifies them, not by their
 * place, so one more person is one addition.
 */
public final class PackageDiff {

    /** The fields that tell the entries of a list apart; a list that is not here is compared by its values. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("/persons", List.of("role", "reportedRole", "prisonerNumber", "prisonerNumberAsReceived")),
            Map.entry("/staff", List.of("role", "reportedRole", "username", "firstName", "lastName")),
            Map.entry("/injuries", List.of("questionCode", "answerCode")),
            Map.entry("/statements", List.of("kind", "givenBy", "takenOn")),
            Map.entry("/exhibits", List.of("source", "kind", "chargeNumber", "description")),
            Map.entry("/media", List.of("source", "kind", "chargeNumber", "description")),
            Map.entry("/adjudications", List.of("chargeNumber")),
            Map.entry("/caseNotes", List.of("id")),
            Map.entry("/proposedOffences", List.of("code")),
            Map.entry("/intelligence/contacts", List.of("prison", "unit", "handling")),
            Map.entry("/useOfForce", List.of("reportId")),
            Map.entry("/readiness", List.of("item")),
            Map.entry("/grounds/reasons", List.of("ruleId", "questionCode", "answerCode")),
            Map.entry("/grounds/series", List.of("kind", "prisonerNumber")),
            Map.entry("/lineage/sources", List.of("system", "recordId")));

    private PackageDiff() {}

    /**
     * One field.
     *
     * @param pointer in the later version; for a field that is gone, in the earlier one
     * @param before absent if the field is new
     * @param after absent if the field is gone
     */
    public record Change(String pointer, @Nullable String before, @Nullable String after) {}

    /** In the order of the package; empty when both say the same. */
    public static List<Change> between(ReferralPackage earlier, ReferralPackage later) {
        return between(PackageJson.tree(earlier), PackageJson.tree(later));
    }

    /** Of packages as trees, both cut to one disclosure profile or neither. */
    public static List<Change> between(JsonNode earlier, JsonNode later) {
        List<Change> changes = new ArrayList<>();
        compare("", "", earlier, later, changes);
        return changes;
    }

    private static void compare(
            String pointer,
            String beforePointer,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            List<Change> changes) {
        if (before == null && after == null || before != null && after != null && isPlace(pointer)) {
            return;
        }
        JsonNode shape = after == null ? before : after;
        if (shape.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            addNames(after, names);
            addNames(before, names);
            for (String name : names) {
                compare(
                        pointer + "/" + name,
                        beforePointer + "/" + name,
                        before == null ? null : before.get(name),
                        after == null ? null : after.get(name),
                        changes);
            }
        } else if (shape.isArray()) {
            compareLists(pointer, beforePointer, before, after, changes);
        } else if (before == null || after == null || !before.equals(after)) {
            changes.add(new Change(
                    after == null ? beforePointer : pointer,
                    before == null ? null : before.asText(),
                    after == null ? null : after.asText()));
        }
    }

    /** The number of a statement is its place among the others: one more in front of it is no change of it. */
    private static boolean isPlace(String pointer) {
        return pointer.startsWith("/statements/") && pointer.endsWith("/id");
    }

    private static void compareLists(
            String pointer,
            String beforePointer,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            List<Change> changes) {
        Map<String, Integer> beforeByKey = byKey(pointer, before);
        Map<String, Integer> afterByKey = byKey(pointer, after);
        afterByKey.forEach((key, index) -> {
            Integer old = beforeByKey.get(key);
            compare(
                    pointer + "/" + index,
                    beforePointer + "/" + old,
                    old == null || before == null ? null : before.get(old),
                    after == null ? null : after.get(index),
                    changes);
        });
        beforeByKey.forEach((key, index) -> {
            if (!afterByKey.containsKey(key) && before != null) {
                compare(pointer + "/" + index, beforePointer + "/" + index, before.get(index), null, changes);
            }
        });
    }

    private static Map<String, Integer> byKey(String pointer, @Nullable JsonNode list) {
        Map<String, Integer> byKey = new LinkedHashMap<>();
        for (int i = 0; list != null && i < list.size(); i++) {
            String key = key(KEYS.get(pointer), list.get(i));
            // Two entries with one key keep their order among themselves.
            int twin = 0;
            while (byKey.containsKey(key + "#" + twin)) {
                twin++;
            }
            byKey.put(key + "#" + twin, i);
        }
        return byKey;
    }

    private static String key(@Nullable List<String> fields, JsonNode entry) {
        if (fields == null || !entry.isObject()) {
            return entry.toString();
        }
        ObjectNode key = ((ObjectNode) entry.deepCopy()).retain(fields);
        return key.toString();
    }

    private static void addNames(@Nullable JsonNode node, Set<String> names) {
        if (node != null) {
            node.fieldNames().forEachRemaining(names::add);
        }
    }
}
