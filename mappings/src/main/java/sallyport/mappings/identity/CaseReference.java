package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** The human reference of a case, {@code SP-}, the year and six or more digits, such as {@code SP-2026-000123}; anything else is {@code Rejected("invalid-case-reference", where)}. */
public record CaseReference(String value) {

    private static final Pattern FORM = Pattern.compile("SP-\\d{4}-\\d{6,12}");

    public CaseReference {
        check(value, "/");
    }

    /**
     * @param text upper or lower case, blanks around it are ignored
     * @param where the field it came from, as a JSON pointer
     */
    public static CaseReference of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        check(value, where);
        return new CaseReference(value);
    }

    private static void check(String value, String where) {
        if (!FORM.matcher(value).matches()) {
            throw new Rejected("invalid-case-reference", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
