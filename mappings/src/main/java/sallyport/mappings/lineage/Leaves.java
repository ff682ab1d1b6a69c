package sallyport.mappings.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a package in their order, each with the entry of the innermost list that it is in. */
final class Leaves {

    /** An entry of a list; a value outside of every list is an entry of its own. */
    static final class Entry {

        private final @Nullable Entry around;
        private final List<Step> list;
        private final List<Leaf> leaves = new ArrayList<>();
        /** Where the entry was found, by where it was looked for. */
        private final Map<String, Match> matches = new HashMap<>();

        private Entry(@Nullable Entry around, List<Step> list) {
            this.around = around;
            this.list = list;
        }

        @Nullable
        Entry around() {
            return around;
        }

        List<Step> list() {
            return list;
        }

        List<Leaf> leaves() {
            return leaves;
        }

        Map<String, Match> matches() {
            return matches;
        }

        @Nullable
        Leaf leaf(String name) {
            return leaves.stream()
                    .filter(leaf -> leaf.place.get(leaf.place.size() - 1).equals(new Step(name, false)))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * @param only the row by which it was found, where it is one of several places; else any row holds
     */
    record Match(Source.Place place, @Nullable Row only) {}

    /** A single value. */
    record Leaf(String pointer, List<Step> place, String value, Entry entry) {}

    private final List<Leaf> all = new ArrayList<>();

    private Leaves() {}

    static List<Leaf> of(JsonNode pkg) {
        Leaves leaves = new Leaves();
        leaves.add(pkg, "", List.of(), null);
        return leaves.all;
    }

    private void add(JsonNode node, String pointer, List<Step> place, @Nullable Entry entry) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> add(
                            field.getValue(),
                            pointer + Step.token(field.getKey()),
                            and(place, new Step(field.getKey(), false)),
                            entry));
        } else if (node.isArray()) {
            List<Step> list = and(place, new Step(Step.ANY, true));
            for (int i = 0; i < node.size(); i++) {
                add(node.get(i), pointer + "/" + i, list, new Entry(entry, list));
            }
        } else {
            Entry in = entry == null ? new Entry(null, List.of()) : entry;
            Leaf leaf = new Leaf(pointer, place, node.asText(), in);
            in.leaves.add(leaf);
            all.add(leaf);
        }
    }

    private static List<Step> and(List<Step> place, Step step) {
        List<Step> longer = new ArrayList<>(place);
        longer.add(step);
        return List.copyOf(longer);
    }
}
