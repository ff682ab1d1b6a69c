package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/**
 * A criminal records office number, {@code NNNNNN/YYC} or, from a short file, {@code SFYY/NC}; a wrong form or check letter is
 * {@code Rejected("invalid-cro", where)}.
 */
public record CroNumber(String value) {

    private static final Pattern STANDARD = Pattern.compile("(\\d{1,6})/(\\d{2})([A-Z])");
    private static final Pattern SHORT_FILE = Pattern.compile("SF(\\d{2})/(\\d{1,6})([A-Z])");

    public CroNumber {
        check(value, "/");
    }

    /**
     * @param text leading zeros of a standard number may be missing; a short file number is kept as it is written
     * @param where the field it came from, as a JSON pointer
     */
    public static CroNumber of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        Matcher standard = STANDARD.matcher(value);
        if (standard.matches()) {
            value = "0".repeat(6 - standard.group(1).length()) + value;
        }
        check(value, where);
        return new CroNumber(value);
    }

    private static void check(String value, String where) {
        Matcher standard = STANDARD.matcher(value);
        if (standard.matches()
                && standard.group(1).length() == 6
                && fits(standard, standard.group(2) + standard.group(1))) {
            return;
        }
        Matcher shortFile = SHORT_FILE.matcher(value);
        // The serial of a short file is counted as written: padding it would change the check letter.
        if (shortFile.matches() && fits(shortFile, shortFile.group(1) + shortFile.group(2))) {
            return;
        }
        throw new Rejected("invalid-cro", where);
    }

    private static boolean fits(Matcher parts, String digits) {
        return CheckLetter.fits(digits, parts.group(3).charAt(0));
    }

    @Override
    public String toString() {
        return value;
    }
}
