package sallyport.console.words;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseState;
import sallyport.ledger.desk.CaseQuery;
import sallyport.ledger.desk.Causes;
import sallyport.ledger.replay.ReplayFilter;
import sallyport.mappings.triage.SeriesRules;

/**
 * Reads what people and programs type; whatever does not fit is a {@link BadParameter}. What names a thing and cannot be the name of one
 * is a {@link NotThereException}, as is a name that nothing has.
 */
public final class Typed {

    /** Rows on a page when nobody says. */
    public static final int PAGE_SIZE = 20;

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,8}");
    private static final Pattern REFERENCE = Pattern.compile("SP-[0-9]{4}-[0-9]{6,12}");
    private static final Pattern FORCE = Pattern.compile("[0-9]{2}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DAY = Pattern.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}");
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Z_]{1,29}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final List<String> SERIES = Stream.concat(
                    Stream.of(CaseQuery.ANY_SERIES),
                    Arrays.stream(SeriesRules.Kind.values()).map(Enum::name))
            .toList();
    private static final int MAX_REASON = 1_000;

    private Typed() {}

    public static CaseQuery caseQuery(
            @Nullable String state,
            @Nullable String force,
            @Nullable String prison,
            @Nullable String series,
            @Nullable String q,
            @Nullable String page,
            @Nullable String size) {
        int rows = number("size", size, PAGE_SIZE, 1, CaseQuery.MAX_SIZE);
        return new CaseQuery(
                state(state),
                code("force", force),
                code("prison", prison),
                series(series),
                search(q),
                number("page", page, 0, 0, CaseQuery.MAX_OFFSET / rows),
                rows);
    }

    public static int page(@Nullable String page, int size) {
        return number("page", page, 0, 0, CaseQuery.MAX_OFFSET / size);
    }

    /** Rows on a page. */
    public static int size(@Nullable String size, int most) {
        return number("size", size, PAGE_SIZE, 1, most);
    }

    /** A prison's id; null when none is named. */
    public static @Nullable String prison(@Nullable String prison) {
        return code("prison", prison);
    }

    /** A day as {@code 2026-03-01}. */
    public static LocalDate day(String parameter, @Nullable String day, LocalDate otherwise) {
        return day == null || day.isBlank() ? otherwise : day(parameter, day);
    }

    /** A day that must be there. */
    public static LocalDate day(String parameter, @Nullable String day) {
        try {
            if (day != null && DAY.matcher(day).matches()) {
                return LocalDate.parse(day);
            }
        } catch (DateTimeException noSuchDay) {
            // Said below.
        }
        throw new BadParameter(parameter, "must be a day such as 2026-03-01");
    }

    /** A kind of work item; null for all. */
    public static @Nullable String taskKind(@Nullable String kind) {
        if (kind == null || kind.isBlank()) {
            return null;
        }
        if (!KIND.matcher(kind).matches()) {
            throw new BadParameter("kind", "must be a kind of work item");
        }
        return kind;
    }

    /** A wish that is false when nobody says. */
    public static boolean yes(String parameter, @Nullable String text) {
        if (text == null || text.isBlank() || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw new BadParameter(parameter, "must be true or false");
        }
        return true;
    }

    /** The number of a row. */
    public static long id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new NotThereException();
        }
        return Long.parseLong(text);
    }

    /** The number of a version. */
    public static int version(String text) {
        if (!VERSION.matcher(text).matches()) {
            throw new NotThereException();
        }
        return Integer.parseInt(text);
    }

    /** The reference of the case that is asked for. */
    public static String reference(String text) {
        if (!isReference(text)) {
            throw new NotThereException();
        }
        return text;
    }

    /** Whether it could be a case reference at all. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    public static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw new BadParameter("reason", "must say why");
        }
        if (reason.length() > MAX_REASON) {
            throw new BadParameter("reason", "must be 1,000 characters or fewer");
        }
        if (reason.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw new BadParameter("reason", "must be plain text");
        }
        return reason.strip();
    }

    /** The force that an approval names; null when none is. */
    public static @Nullable String force(@Nullable String force) {
        if (force == null || force.isBlank()) {
            return null;
        }
        if (!FORCE.matcher(force.strip()).matches()) {
            throw new BadParameter("force", "must be the two digits of a force");
        }
        return force.strip();
    }

    /** A cause of failures. */
    public static Causes.Key cause(@Nullable String of, @Nullable String kind, @Nullable String code) {
        try {
            return new Causes.Key(of == null ? "" : of, kind == null ? "" : kind, code == null ? "" : code);
        } catch (IllegalArgumentException none) {
            throw new BadParameter("cause", "must be a lane or step, a kind and a code");
        }
    }

    /**
     * What is to be sent again. Without a word about how it stands, a cause means what is parked for it.
     *
     * @throws sallyport.ledger.replay.BadReplay when nothing narrows it, or a field cannot be what it should be
     */
    public static ReplayFilter replay(
            @Nullable String lane,
            @Nullable String force,
            @Nullable String cause,
            @Nullable String from,
            @Nullable String to,
            @Nullable String standing,
            boolean everywhere) {
        ReplayFilter.Standing said = oneOf("standing", standing, ReplayFilter.Standing.class);
        return new ReplayFilter(
                filled(lane),
                filled(force),
                filled(cause),
                instant("from", from),
                instant("to", to),
                said != null ? said : filled(cause) == null ? ReplayFilter.Standing.ANY : ReplayFilter.Standing.PARKED,
                everywhere);
    }

    /** How many in a second; 0 when nobody says, which is refused. */
    public static double rate(@Nullable String rate) {
        if (filled(rate) == null) {
            return 0;
        }
        if (!rate.strip().matches("[0-9]{1,6}([.][0-9]{1,3})?")) {
            throw new BadParameter("rate", "must be a number above 0");
        }
        return Double.parseDouble(rate.strip());
    }

    /** One of the names of an enum; null when there is none. */
    public static <E extends Enum<E>> @Nullable E oneOf(String parameter, @Nullable String text, Class<E> type) {
        if (filled(text) == null) {
            return null;
        }
        List<String> allowed =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        if (!allowed.contains(text.strip())) {
            throw new BadParameter(parameter, "must be one of " + String.join(", ", allowed), allowed);
        }
        return Enum.valueOf(type, text.strip());
    }

    /** An instant, or a time without offset, which is London's. */
    private static @Nullable Instant instant(String parameter, @Nullable String text) {
        if (filled(text) == null) {
            return null;
        }
        try {
            return text.strip().matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                    ? OffsetDateTime.parse(text.strip()).toInstant()
                    : LocalDateTime.parse(text.strip())
                            .atZone(ZoneId.of("Europe/London"))
                            .toInstant();
        } catch (DateTimeException notATime) {
            throw new BadParameter(parameter, "must be a time, such as 2026-03-01T12:00");
        }
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** What cases of a series have in common, or any of that. */
    private static @Nullable String series(@Nullable String series) {
        String asked = filled(series);
        if (asked != null && !SERIES.contains(asked)) {
            throw new BadParameter("series", "must be one of " + String.join(", ", SERIES), SERIES);
        }
        return asked;
    }

    private static @Nullable CaseState state(@Nullable String state) {
        if (state == null || state.isBlank()) {
            return null;
        }
        return Arrays.stream(CaseState.values())
                .filter(known -> known.name().equals(state.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> allowed =
                            Arrays.stream(CaseState.values()).map(Enum::name).toList();
                    return new BadParameter("state", "must be one of " + String.join(", ", allowed), allowed);
                });
    }

    private static @Nullable String code(String parameter, @Nullable String code) {
        if (code == null || code.isBlank()) {
            return null;
        }
        String upper = code.strip().toUpperCase(Locale.ROOT);
        if (!CODE.matcher(upper).matches()) {
            throw new BadParameter(parameter, "must be 1 to 8 letters and digits");
        }
        return upper;
    }

    private static @Nullable String search(@Nullable String q) {
        if (q == null || q.isBlank()) {
            return null;
        }
        String text = q.strip();
        if (text.length() > CaseQuery.MAX_Q) {
            throw new BadParameter("q", "must be " + CaseQuery.MAX_Q + " characters or fewer");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new BadParameter("q", "must be plain text");
        }
        return text;
    }

    private static int number(String parameter, @Nullable String text, int otherwise, int least, int most) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        boolean fits =
                NUMBER.matcher(text).matches() && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
        if (!fits) {
            throw new BadParameter(parameter, "must be a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }
}
