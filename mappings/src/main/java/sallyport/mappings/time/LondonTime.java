package sallyport.mappings.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;

/**
 * A time as it was received, with the instant it means; text that is no time is {@code Rejected("schema-invalid", where)}.
 *
 * <p>Text without an offset is the wall clock in London. In the hour that October repeats the earlier offset (BST) is taken and
 * {@code ambiguous} is set: two such times are put in order by their text. In the hour that March leaves out the clock is read as if
 * it had not been put forward. No instant is outside of the years 0000 to 9999.
 *
 * @param text as received
 * @param instant to the nanosecond, further digits are cut off
 * @param ambiguous whether the text names two instants
 */
public record LondonTime(String text, Instant instant, boolean ambiguous) {

    private static final ZoneRules LONDON = ZoneId.of("Europe/London").getRules();
    private static final int LONGEST = 64;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Pattern FORM =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[Tt](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?"
                    + "([Zz]|([+-])(\\d\\d):?(\\d\\d))?");

    /**
     * @param text {@code yyyy-MM-ddTHH:mm[:ss[.fraction]]}, with or without an offset
     * @param where the field it came from, as a JSON pointer
     */
    public static LondonTime parse(String text, String where) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new Rejected("schema-invalid", where);
        }
        try {
            return parse(text, form);
        } catch (DateTimeException e) {
            throw new Rejected("schema-invalid", where);
        }
    }

    private static LondonTime parse(String text, Matcher form) {
        int second = form.group(6) == null ? 0 : number(form, 6);
        // RFC 3339 allows a leap second; it is taken as the first moment after it.
        boolean leap = second == 60;
        LocalDateTime local = LocalDateTime.of(
                number(form, 1),
                number(form, 2),
                number(form, 3),
                number(form, 4),
                number(form, 5),
                leap ? 59 : second,
                nanos(form.group(7)));
        if (leap) {
            local = local.plusSeconds(1).withNano(0);
        }
        if (form.group(8) != null) {
            return new LondonTime(
                    text, writable(local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds(form))), false);
        }
        boolean repeated = LONDON.getValidOffsets(local).size() > 1;
        return new LondonTime(text, writable(local.toInstant(LONDON.getOffset(local))), repeated);
    }

    /** An offset can carry a time out of the years that a date of four digits can say. */
    private static Instant writable(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("year");
        }
        return instant;
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static int offsetSeconds(Matcher form) {
        if (form.group(9) == null) {
            return 0;
        }
        int hours = number(form, 10);
        int minutes = number(form, 11);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("offset");
        }
        int seconds = hours * 3600 + minutes * 60;
        return form.group(9).equals("-") ? -seconds : seconds;
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
