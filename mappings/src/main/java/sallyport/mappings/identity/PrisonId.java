package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** A prison by its NOMIS id, such as {@code MDI}; anything else is {@code Rejected("invalid-prison-id", where)}. */
public record PrisonId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]{2,5}");

    public PrisonId {
        check(value, "/");
    }

    /**
     * @param text upper or lower case, blanks around it are ignored
     * @param where the field it came from, as a JSON pointer
     */
    public static PrisonId of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        check(value, where);
        return new PrisonId(value);
    }

    private static void check(String value, String where) {
        if (!FORM.matcher(value).matches()) {
            throw new Rejected("invalid-prison-id", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
