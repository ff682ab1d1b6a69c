package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** A police force by its two-digit PNC code, such as {@code 46}; anything else is {@code Rejected("invalid-force-code", where)}. */
public record ForceCode(String value) {

    private static final Pattern FORM = Pattern.compile("\\d{2}");

    public ForceCode {
        check(value, "/");
    }

    /**
     * @param text upper or lower case, blanks around it are ignored
     * @param where the field it came from, as a JSON pointer
     */
    public static ForceCode of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        check(value, where);
        return new ForceCode(value);
    }

    private static void check(String value, String where) {
        if (!FORM.matcher(value).matches()) {
            throw new Rejected("invalid-force-code", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
