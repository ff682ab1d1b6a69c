package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** A prisoner (NOMS) number such as {@code A1234BC}; anything else is {@code Rejected("invalid-prisoner-number", where)}. */
public record PrisonerNumber(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Z]\\d{4}[A-Z]{2}");

    public PrisonerNumber {
        check(value, "/");
    }

    /**
     * @param text upper or lower case, blanks around it are ignored
     * @param where the field it came from, as a JSON pointer
     */
    public static PrisonerNumber of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        check(value, where);
        return new PrisonerNumber(value);
    }

    private static void check(String value, String where) {
        if (!FORM.matcher(value).matches()) {
            throw new Rejected("invalid-prisoner-number", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
