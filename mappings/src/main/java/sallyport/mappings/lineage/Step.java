package sallyport.mappings.lineage;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of a place: a name, or any place in a list.
 *
 * @param name the field's name, {@value #ANY} for a list, {@code {…}} in a table for any name
 * @param list kept apart, because a field may be called {@value #ANY}
 */
record Step(String name, boolean list) {

    static final String ANY = "*";

    /** {@code /} alone is the whole record. */
    static List<Step> read(String pattern) {
        List<Step> steps = new ArrayList<>();
        if (!pattern.isEmpty() && !pattern.equals("/")) {
            for (String name : pattern.substring(1).split("/", -1)) {
                steps.add(new Step(name, name.equals(ANY)));
            }
        }
        return List.copyOf(steps);
    }

    boolean isVariable() {
        return !list && name.startsWith("{");
    }

    /** As a token of a JSON Pointer (RFC 6901). */
    static String token(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Up to the innermost list and its {@value #ANY}; empty without one. */
    static List<Step> listOf(List<Step> steps) {
        for (int end = steps.size(); end > 0; end--) {
            if (steps.get(end - 1).list()) {
                return List.copyOf(steps.subList(0, end));
            }
        }
        return List.of();
    }
}
