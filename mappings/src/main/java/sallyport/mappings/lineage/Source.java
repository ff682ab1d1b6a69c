package sallyport.mappings.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * A source record as a tree.
 *
 * @param tree null where its bytes are not kept, or are no JSON
 */
record Source(SourceRecord record, @Nullable JsonNode tree) {

    static Source of(SourceRecord record) {
        if (record.raw() == null) {
            return new Source(record, null);
        }
        try {
            return new Source(record, JsonFields.tree(record.raw()));
        } catch (Rejected unreadable) {
            return new Source(record, null);
        }
    }

    /** {@code person:<item>} is the answer to that item, any other name a whole system; a shape does not tell records apart. */
    boolean isFrom(String from) {
        String whole = Row.withoutShape(from);
        return whole.equals(record.system()) || whole.equals(record.system() + ":" + record.recordId());
    }

    /** An entry of a list in the source, by the place in each list around it. */
    record Place(Source source, List<Integer> at) {

        boolean isWithin(Place other) {
            return source.equals(other.source)
                    && at.size() >= other.at.size()
                    && at.subList(0, other.at.size()).equals(other.at);
        }

        @Nullable
        JsonNode value(List<Step> path) {
            JsonNode node = source.tree;
            int list = 0;
            for (Step step : path) {
                if (node instanceof ArrayNode array && step.list() && list < at.size()) {
                    node = array.get(at.get(list++));
                } else if (node instanceof ObjectNode object && !step.list()) {
                    node = object.get(step.name());
                } else {
                    return null;
                }
            }
            return node;
        }

        String pointer(List<Step> path) {
            StringBuilder pointer = new StringBuilder();
            int list = 0;
            for (Step step : path) {
                pointer.append(step.list() ? "/" + at.get(list++) : Step.token(step.name()));
            }
            return pointer.toString();
        }
    }

    /** Every entry of a list, in the order of the document; the record itself where no list is asked for. */
    List<Place> places(List<Step> list) {
        List<Place> places = new ArrayList<>();
        if (tree != null) {
            collect(tree, list, new int[0], places);
        }
        return places;
    }

    private void collect(JsonNode node, List<Step> rest, int[] at, List<Place> into) {
        if (rest.isEmpty()) {
            into.add(new Place(this, Arrays.stream(at).boxed().toList()));
        } else if (rest.get(0).list() && node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int[] deeper = Arrays.copyOf(at, at.length + 1);
                deeper[at.length] = i;
                collect(array.get(i), rest.subList(1, rest.size()), deeper, into);
            }
        } else if (!rest.get(0).list()
                && node instanceof ObjectNode object
                && object.has(rest.get(0).name())) {
            collect(object.get(rest.get(0).name()), rest.subList(1, rest.size()), at, into);
        }
    }

    /** Two versions may have equal bytes; which one it is matters, what is in it does not. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
