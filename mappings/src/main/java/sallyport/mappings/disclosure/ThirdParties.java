package sallyport.mappings.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * What leaves of those in a list who are neither suspect nor victim.
 *
 * @param by the field that says who somebody is
 * @param whole words of that field with which somebody is no third party
 * @param fields what leaves of a third party
 */
record ThirdParties(String by, Set<String> whole, Set<String> fields) {

    /** Somebody of whom nothing is said is one, and so is what is no person at all. */
    boolean isOne(JsonNode entry) {
        JsonNode said = entry.path(by);
        return !said.isTextual() || !whole.contains(said.textValue());
    }

    boolean leaves(String field) {
        return fields.contains(field);
    }

    String words(String list) {
        return "third parties in " + list + ": " + by + " not " + String.join("|", new TreeSet<>(whole)) + ", leaves "
                + String.join(" ", new TreeSet<>(fields));
    }
}
