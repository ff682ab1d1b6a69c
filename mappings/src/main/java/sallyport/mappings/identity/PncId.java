package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/**
 * A person on the Police National Computer, canonical {@code YYYY/NNNNNNNC}; a wrong form or check letter is
 * {@code Rejected("invalid-pnc", where)}.
 */
public record PncId(String value) {

    private static final Pattern CANONICAL = Pattern.compile("((?:19|20)\\d{2})/(\\d{7})([A-Z])");
    private static final Pattern WITH_SLASH = Pattern.compile("((?:19|20)?\\d{2})/(\\d{1,7})([A-Z])");
    private static final Pattern LONG_YEAR = Pattern.compile("((?:19|20)\\d{2})(\\d{6,7})([A-Z])");
    private static final Pattern SHORT_YEAR = Pattern.compile("(\\d{2})(\\d{1,7})([A-Z])");

    public PncId {
        check(value, "/");
    }

    /**
     * Without a slash, ten or eleven digits begin with the whole year and fewer with its last two digits.
     *
     * @param text with two or four digits of the year, leading zeros of the serial may be missing
     * @param where the field it came from, as a JSON pointer
     * @param referenceYear the year it is now: a two-digit year is the latest one not after it
     */
    public static PncId of(String text, String where, int referenceYear) {
        String compact = text.strip().toUpperCase(Locale.ROOT);
        for (Pattern form : new Pattern[] {WITH_SLASH, LONG_YEAR, SHORT_YEAR}) {
            Matcher parts = form.matcher(compact);
            if (parts.matches()) {
                String value = wholeYear(parts.group(1), referenceYear) + "/" + padded(parts.group(2)) + parts.group(3);
                check(value, where);
                return new PncId(value);
            }
        }
        throw new Rejected("invalid-pnc", where);
    }

    private static int wholeYear(String year, int referenceYear) {
        int number = Integer.parseInt(year);
        if (year.length() == 4) {
            return number;
        }
        int inThisCentury = referenceYear - referenceYear % 100 + number;
        return inThisCentury > referenceYear ? inThisCentury - 100 : inThisCentury;
    }

    private static String padded(String serial) {
        return "0".repeat(7 - serial.length()) + serial;
    }

    private static void check(String value, String where) {
        Matcher parts = CANONICAL.matcher(value);
        if (!parts.matches()
                || !CheckLetter.fits(
                        parts.group(1).substring(2) + parts.group(2),
                        parts.group(3).charAt(0))) {
            throw new Rejected("invalid-pnc", where);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
