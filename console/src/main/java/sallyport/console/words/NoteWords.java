package sallyport.console.words;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.desk.CaseNoteDesk;
import sallyport.mappings.casenote.Justification;

/** Reads a request for case notes as people and programs type it; whatever does not fit is a {@link BadParameter}. */
public final class NoteWords {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{1,20}");
    private static final Pattern TYPES = Pattern.compile("[ ,]+");
    private static final Pattern TYPE = Pattern.compile("[A-Z0-9][A-Z0-9_]{0,11}");

    private NoteWords() {}

    /**
     * @param from first day, in London; {@code until} is the last, both whole
     * @param types codes, apart by commas or blanks; none means all
     */
    public static CaseNoteDesk.Wanted wanted(
            @Nullable String prisonerNumber,
            @Nullable String from,
            @Nullable String until,
            @Nullable String types,
            boolean sensitive,
            @Nullable String justification,
            @Nullable String reason) {
        String number = number(prisonerNumber);
        LocalDate first = day("from", from);
        LocalDate last = day("until", until);
        if (last.isBefore(first)) {
            throw new BadParameter("until", "must not be before the first day");
        }
        Instant begins = first.atStartOfDay(LONDON).toInstant();
        Instant ends = last.plusDays(1).atStartOfDay(LONDON).toInstant().minusSeconds(1);
        if (first.plusYears(2).isBefore(last)) {
            throw new BadParameter("until", "must be at most two years after the first day");
        }
        return new CaseNoteDesk.Wanted(
                number, begins, ends, types(types), sensitive, justification(justification), Typed.reason(reason));
    }

    /** The number of a prisoner, in capitals. */
    public static String number(@Nullable String text) {
        String number = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
        if (!NUMBER.matcher(number).matches()) {
            throw new BadParameter("prisonerNumber", "must be a prisoner number");
        }
        return number;
    }

    private static LocalDate day(String parameter, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new BadParameter(parameter, "must be a day such as 2026-03-01");
        }
        return Typed.day(parameter, text.strip(), LocalDate.EPOCH);
    }

    private static List<String> types(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        List<String> types = Arrays.stream(TYPES.split(text.strip().toUpperCase(Locale.ROOT)))
                .distinct()
                .toList();
        if (types.size() > 20
                || !types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
            throw new BadParameter("types", "must be up to 20 codes such as OBSERVE, or empty for all");
        }
        return types;
    }

    private static Justification justification(@Nullable String code) {
        return Justification.of(Objects.requireNonNullElse(code, "").strip())
                .orElseThrow(() -> new BadParameter(
                        "justification",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Justification.values())
                                                .map(Enum::name)
                                                .toList())));
    }
}
