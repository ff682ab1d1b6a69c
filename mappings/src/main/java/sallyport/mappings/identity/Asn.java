package sallyport.mappings.identity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/**
 * An arrest summons number, canonical {@code YYFFUUSSNNNNNNNNNNNC} and, where the force writes a top-level character, 21 long; a wrong
 * form or check letter is {@code Rejected("invalid-asn", where)}.
 */
public record Asn(String value) {

    private static final Pattern CANONICAL =
            Pattern.compile("(\\d{2})([A-Z0-9]?)([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\\d{11})([A-HJ-NP-RT-Z])");
    private static final Pattern DISPLAYED =
            Pattern.compile("(\\d{2})/([A-Z0-9]{4,5})/([A-Z0-9]{2})/(\\d{1,11})([A-HJ-NP-RT-Z])");

    public Asn {
        check(value, "/");
    }

    /**
     * @param text canonical, or as it is displayed: {@code YY/FFUU/SS/NC} without leading zeros
     * @param where the field it came from, as a JSON pointer
     */
    public static Asn of(String text, String where) {
        String value = text.strip().toUpperCase(Locale.ROOT);
        Matcher displayed = DISPLAYED.matcher(value);
        if (displayed.matches()) {
            String serial = displayed.group(4);
            value = displayed.group(1)
                    + displayed.group(2)
                    + displayed.group(3)
                    + "0".repeat(11 - serial.length())
                    + serial
                    + displayed.group(5);
        }
        check(value, where);
        return new Asn(value);
    }

    private static void check(String value, String where) {
        Matcher parts = CANONICAL.matcher(value);
        if (!parts.matches()
                || !CheckLetter.fits(countedDigits(parts), parts.group(7).charAt(0))) {
            throw new Rejected("invalid-asn", where);
        }
    }

    /** Force, system, year and serial; the unit is not counted, nor a force or system that is not a number. */
    private static String countedDigits(Matcher parts) {
        return numberOrNothing(parts.group(3)) + numberOrNothing(parts.group(5)) + parts.group(1) + parts.group(6);
    }

    private static String numberOrNothing(String part) {
        return part.chars().allMatch(Character::isDigit) ? part : "";
    }

    @Override
    public String toString() {
        return value;
    }
}
