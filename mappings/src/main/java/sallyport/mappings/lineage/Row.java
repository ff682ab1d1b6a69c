package sallyport.mappings.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table, see {@code fields.csv}.
 *
 * @param number in the table, from 0
 * @param paths the place itself first; none for what is in no record
 */
record Row(
        int number,
        List<Step> field,
        String from,
        List<List<Step>> paths,
        String way,
        boolean alternative,
        String rules,
        String why) {

    /** The system that it speaks of, whatever the record and the shape. */
    String system() {
        String whole = withoutShape(from);
        int record = whole.indexOf(':');
        return record < 0 ? whole : whole.substring(0, record);
    }

    static String withoutShape(String from) {
        int shape = from.indexOf('#');
        return shape < 0 ? from : from.substring(0, shape);
    }

    /** Whether it speaks of a value in a record. */
    boolean traces() {
        return !paths.isEmpty();
    }

    /** The list in the source whose entries become entries of the package. */
    List<Step> sourceList() {
        return Step.listOf(paths.get(0));
    }

    /** With the names that its variables stand for in this place of a package; null where it speaks of another place. */
    @Nullable
    Row at(List<Step> place) {
        if (place.size() != field.size()) {
            return null;
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < place.size(); i++) {
            Step step = field.get(i);
            Step there = place.get(i);
            if (step.list() != there.list()) {
                return null;
            }
            if (step.isVariable()) {
                names.put(step.name(), there.name());
            } else if (!step.name().equals(there.name())) {
                return null;
            }
        }
        return names.isEmpty() ? this : named(names);
    }

    private Row named(Map<String, String> names) {
        String named = from;
        for (Map.Entry<String, String> name : names.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        List<List<Step>> there = new ArrayList<>();
        for (List<Step> path : paths) {
            there.add(path.stream()
                    .map(step -> new Step(names.getOrDefault(step.name(), step.name()), step.list()))
                    .toList());
        }
        return new Row(number, field, named, List.copyOf(there), way, alternative, rules, why);
    }
}
