package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;

/**
 * One thing a person is asked about an item.
 *
 * @param name in the answer's JSON
 * @param choices the words of a CHOICE; else empty
 */
public record FactField(
        String name, String title, Type type, boolean required, List<String> choices, @Nullable String hint) {

    /** Characters of one line. */
    public static final int MOST_TEXT = 200;
    /** Characters of several lines. */
    public static final int MOST_WORDS = 2_000;

    public static final int MOST_NUMBER = 999;

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}");
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    public enum Type {
        /** One line. */
        TEXT,
        /** Several lines. */
        WORDS,
        YES_NO,
        /** A whole number from 1. */
        NUMBER,
        /** {@code 2026-11-30}. */
        DAY,
        /** {@code 2026-11-30T14:05}, London. */
        TIME,
        CHOICE,
        /** The number of a document of the case. */
        DOCUMENT
    }

    public FactField {
        choices = List.copyOf(choices);
    }

    /**
     * The value as it is kept: a String, Integer or Boolean.
     *
     * @throws Rejected with {@code where}
     */
    Object read(JsonNode value, String where) {
        return switch (type) {
            case TEXT -> text(value, where, MOST_TEXT, false);
            case WORDS -> text(value, where, MOST_WORDS, true);
            case YES_NO -> {
                if (!value.isBoolean()) {
                    throw new Rejected("not-yes-or-no", where);
                }
                yield value.booleanValue();
            }
            case NUMBER -> {
                if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST_NUMBER) {
                    throw new Rejected("not-a-number", where);
                }
                yield value.intValue();
            }
            case DOCUMENT -> {
                if (!value.isInt() || value.intValue() < 1) {
                    throw new Rejected("not-a-document", where);
                }
                yield value.intValue();
            }
            case DAY -> day(value, where);
            case TIME -> time(value, where);
            case CHOICE -> {
                if (!value.isTextual() || !choices.contains(value.textValue())) {
                    throw new Rejected("not-a-choice", where);
                }
                yield value.textValue();
            }
        };
    }

    private static String day(JsonNode value, String where) {
        if (value.isTextual() && DAY.matcher(value.textValue()).matches()) {
            try {
                if (isPlausible(LocalDate.parse(value.textValue()).getYear())) {
                    return value.textValue();
                }
            } catch (DateTimeException noSuchDay) {
                // Said below.
            }
        }
        throw new Rejected("not-a-day", where);
    }

    private static String time(JsonNode value, String where) {
        if (value.isTextual() && TIME.matcher(value.textValue()).matches()) {
            try {
                if (isPlausible(LocalDateTime.parse(value.textValue()).getYear())) {
                    return value.textValue();
                }
            } catch (DateTimeException noSuchTime) {
                // Said below.
            }
        }
        throw new Rejected("not-a-time", where);
    }

    /** A year that was typed with a slip is a wrong date in a court's diary. */
    private static boolean isPlausible(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    static String text(JsonNode value, String where, int most, boolean lines) {
        if (!value.isTextual()) {
            throw new Rejected("not-a-text", where);
        }
        String text = value.textValue().strip();
        if (text.isEmpty()) {
            throw new Rejected("missing-field", where);
        }
        if (text.length() > most) {
            throw new Rejected(lines ? "too-long-words" : "too-long-text", where);
        }
        boolean plain = text.chars().noneMatch(c -> Character.isISOControl(c) && !(lines && isLineOrTab(c)))
                && text.codePoints()
                        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                                || c == 0xFFFE
                                || c == 0xFFFF);
        if (!plain) {
            throw new Rejected("not-plain-text", where);
        }
        return text;
    }

    private static boolean isLineOrTab(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }
}
