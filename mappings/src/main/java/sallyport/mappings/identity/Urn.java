package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/**
 * A unique reference number of a prosecution: force, unit, five-digit serial and two-digit year such as {@code 45AA0209820}, with the
 * marks for merged or split and for the part, where they were given; anything else is {@code Rejected("invalid-urn", where)}.
 */
public record Urn(String value) {

    private static final Pattern FORM =
            Pattern.compile("\\d{2}[A-Z0-9]{2}\\d{7}(?:M|\\(M\\)|S|\\(S\\))?(?:/\\d{1,2})?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public Urn {
        check(value, "/");
    }

    /**
     * @param text upper or lower case, with or without the blanks it is written with
     * @param where the field it came from, as a JSON pointer
     */
    public static Urn of(String text, String where) {
        String value = BLANKS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
        check(value, where);
        return new Urn(value);
    }

    private static void check(String value, String where) {
        if (!FORM.matcher(value).matches()) {
            throw new Rejected("invalid-urn", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
