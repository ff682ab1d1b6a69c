package sallyport.connectors.wire;

import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** What may stand in the path of an address: ids of a known form and nothing else. Another text is {@link Rejected}. */
public final class PathSegment {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern PRISONER_NUMBER = Pattern.compile("[A-Z][0-9]{4}[A-Z]{2}");

    private PathSegment() {}

    public static String uuid(String text) {
        return matching(UUID, text, "invalid-id", "/id");
    }

    public static String prisonerNumber(String text) {
        return matching(PRISONER_NUMBER, text, "invalid-prisoner-number", "/prisonerNumber");
    }

    private static String matching(Pattern form, String text, String code, String where) {
        if (!form.matcher(text).matches()) {
            throw new Rejected(code, where);
        }
        return text;
    }
}
