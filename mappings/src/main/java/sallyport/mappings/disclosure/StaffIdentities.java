package sallyport.mappings.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How staff sign in and are written to: the user names that a document lists, and addresses at the prison service's domains. Neither leaves
 * in any text. A user name that could be a word (no digit, no underscore, or shorter than five characters) is not looked for.
 */
final class StaffIdentities {

    static final String REMOVED = "[removed]";

    private static final Pattern USER_NAME = Pattern.compile("(?=[A-Z_]*[0-9_])[A-Z][A-Z0-9_]{4,29}");
    /** Bounded on every side, so that no text takes long. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![A-Za-z0-9.!#$%&'*+/=?^_`{|}~-])[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){0,5}"
                    + "(?:justice|hmps|noms|prisons)(?:\\.gsi)?\\.gov\\.uk(?![A-Za-z0-9-]|\\.[A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE);

    private static final int MOST_STAFF = 1_000;

    private final Set<String> userNames;

    private StaffIdentities(Set<String> userNames) {
        this.userNames = userNames;
    }

    static StaffIdentities of(JsonNode document) {
        Set<String> names = new TreeSet<>();
        for (JsonNode member : document.path("staff")) {
            String name = member.path("username").asText();
            if (names.size() < MOST_STAFF && USER_NAME.matcher(name).matches()) {
                names.add(name);
            }
        }
        return new StaffIdentities(names);
    }

    String without(String text) {
        String left = text;
        for (String name : userNames) {
            if (left.contains(name)) {
                left = left.replaceAll("(?<![A-Za-z0-9_])" + name + "(?![A-Za-z0-9_])", REMOVED);
            }
        }
        return left.indexOf('@') < 0 ? left : ADDRESS.matcher(left).replaceAll(REMOVED);
    }
}
