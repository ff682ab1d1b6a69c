package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** A CJS offence code: seven characters such as {@code PR52043} or {@code COML025}, and perhaps A (attempt), B (aid, abet) or C (conspire); anything else is {@code Rejected("invalid-offence-code", where)}. */
public record OffenceCode(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Z]{2}[A-Z0-9]{2}\\d{3}[ABC]?");

    public OffenceCode {
        check(value, "/");
    }

    /**
     * @param text upper or lower case, blanks around it are ignored
     * @param where the field it came from, as a JSON pointer
     */
    public static OffenceCode of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        check(value, where);
        return new OffenceCode(value);
    }

    private static void check(String value, String where) {
        if (!FORM.matcher(value).matches()) {
            throw new Rejected("invalid-offence-code", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
