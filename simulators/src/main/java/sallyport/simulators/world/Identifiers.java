package sallyport.simulators.world;

import java.util.Locale;

/** Identifiers with the check letters that the real ones have, computed here and not by the hub's code, on purpose. */
final class Identifiers {

    private static final String CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";
    private static final int PRISONER_NUMBERS = 10_000 * 26 * 26;

    private Identifiers() {}

    /** {@code A1234BC}; a different one for every index below six million. */
    static String prisonerNumber(long index) {
        // 7919 shares no factor with the number of numbers, so no two indexes meet.
        int n = (int) (index * 7919 % PRISONER_NUMBERS);
        int letters = n / 10_000;
        return String.format(
                Locale.ROOT, "K%04d%c%c", n % 10_000, (char) ('A' + letters / 26), (char) ('A' + letters % 26));
    }

    /** Long form {@code 2012/0394773H}. */
    static String pnc(int year, int serial) {
        long number = (year % 100) * 10_000_000L + serial;
        return String.format(Locale.ROOT, "%04d/%07d%c", year, serial, check(number));
    }

    /** Short form {@code 12/394773H}, as prisoner search gives it. */
    static String pncShort(String pnc) {
        int serial = Integer.parseInt(pnc.substring(5, 12));
        return pnc.substring(2, 4) + "/" + serial + pnc.charAt(12);
    }

    /** Standard form {@code 123456/08T}. */
    static String cro(int year, int serial) {
        int shortYear = year % 100;
        return String.format(Locale.ROOT, "%06d/%02d%c", serial, shortYear, check(shortYear * 1_000_000L + serial));
    }

    private static char check(long number) {
        return CHECK_LETTERS.charAt((int) (number % CHECK_LETTERS.length()));
    }
}
