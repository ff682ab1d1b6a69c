package sallyport.mappings.intelligence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.time.LondonTime;

/**
 * That a unit holds intelligence about an incident, or about a prisoner at a prison in a window of time; or that it takes such a notice
 * back. Each value is one of a list, a number, a day or a time: there is no place into which words could be written.
 *
 * @param reference the unit's own, in capital letters; the same again with a later {@code issued} replaces it
 * @param about what it is about; null when it is taken back
 */
public record IntelligenceNotice(String reference, LondonTime issued, @Nullable About about) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Z]{2,5}-\\d{4}-\\d{1,9}");
    private static final Pattern INCIDENT = Pattern.compile("\\d{1,12}");
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    /** A longer window would put every case of somebody's sentence into it. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(31);

    private static final int LONGEST_YEARS = 2;

    /**
     * @param incident number of the incident report; null when it is about a prisoner
     * @param prisoner with {@code from} and {@code until} when there is no incident
     * @param handling a code of {@link HandlingCodes}
     * @param unit a code of {@link IntelligenceUnits}
     * @param expires the last day on which it says anything, in London
     */
    public record About(
            String prison,
            @Nullable String incident,
            @Nullable String prisoner,
            @Nullable Instant from,
            @Nullable Instant until,
            String handling,
            String unit,
            LocalDate expires) {}

    /**
     * @param cells every column, stripped; empty where nothing stands
     * @param where before the name of a column, in failures
     * @param readAt a notice cannot have been issued much later
     */
    static IntelligenceNotice of(Map<Column, String> cells, String where, Instant readAt) {
        Cells row = new Cells(cells, where);
        String reference = row.upper(Column.REFERENCE);
        if (!REFERENCE.matcher(reference).matches()) {
            throw row.wrong("invalid-reference", Column.REFERENCE);
        }
        LondonTime issued = row.time(Column.ISSUED);
        if (issued.instant().isAfter(readAt.plus(CLOCKS_APART))) {
            throw row.wrong("not-yet", Column.ISSUED);
        }
        return switch (row.upper(Column.ACTION)) {
            case "NOTICE" -> new IntelligenceNotice(reference, issued, about(row, issued));
            case "WITHDRAW" -> {
                row.onlyWithANotice();
                yield new IntelligenceNotice(reference, issued, null);
            }
            default -> throw row.wrong("unknown-action", Column.ACTION);
        };
    }

    private static About about(Cells row, LondonTime issued) {
        String prison = row.upper(Column.PRISON);
        if (PrisonForces.all().stream().noneMatch(known -> known.prisonId().equals(prison))) {
            throw row.wrong("unknown-prison", Column.PRISON);
        }
        String incident = row.optional(Column.INCIDENT);
        String prisoner = null;
        Instant from = null;
        Instant until = null;
        if (incident != null) {
            row.none(Column.PRISONER, Column.FROM, Column.UNTIL);
            if (!INCIDENT.matcher(incident).matches()) {
                throw row.wrong("invalid-incident-number", Column.INCIDENT);
            }
        } else {
            prisoner = PrisonerNumber.of(row.required(Column.PRISONER), row.at(Column.PRISONER))
                    .value();
            from = row.time(Column.FROM).instant();
            until = row.time(Column.UNTIL).instant();
            if (until.isBefore(from) || until.isAfter(from.plus(LONGEST_WINDOW))) {
                throw row.wrong("invalid-window", Column.UNTIL);
            }
        }
        String handling = row.upper(Column.HANDLING);
        if (HandlingCodes.find(handling).isEmpty()) {
            throw row.wrong("unknown-handling-code", Column.HANDLING);
        }
        String unit = row.upper(Column.CONTACT);
        if (IntelligenceUnits.find(unit).isEmpty()) {
            throw row.wrong("unknown-unit", Column.CONTACT);
        }
        LocalDate expires = row.day(Column.EXPIRES);
        if (expires.isAfter(
                LocalDate.ofInstant(issued.instant(), ZoneOffset.UTC).plusYears(LONGEST_YEARS))) {
            throw row.wrong("too-late", Column.EXPIRES);
        }
        return new About(prison, incident, prisoner, from, until, handling, unit, expires);
    }

    /** Made of what was understood: nothing that a sender wrote elsewhere in the row can be in it. */
    public byte[] canonical() {
        About said = about;
        String rest = said == null
                ? "withdrawn"
                : String.join(
                        ",",
                        said.prison,
                        text(said.incident),
                        text(said.prisoner),
                        text(said.from),
                        text(said.until),
                        said.handling,
                        said.unit,
                        said.expires.toString());
        return ("intelligence-notice-1," + reference + "," + issued.instant() + "," + rest + "\n").getBytes(UTF_8);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** One row, and where it stands. */
    private record Cells(Map<Column, String> cells, String where) {

        @Nullable
        String optional(Column column) {
            String text = cells.get(column);
            return text.isEmpty() ? null : text;
        }

        String required(Column column) {
            String text = optional(column);
            if (text == null) {
                throw wrong("missing-value", column);
            }
            return text;
        }

        String upper(Column column) {
            return required(column).toUpperCase(Locale.ROOT);
        }

        LondonTime time(Column column) {
            return LondonTime.parse(required(column).replaceFirst("(?<=\\d) +(?=\\d)", "T"), at(column));
        }

        LocalDate day(Column column) {
            try {
                return LocalDate.parse(required(column));
            } catch (DateTimeException e) {
                throw wrong("schema-invalid", column);
            }
        }

        void onlyWithANotice() {
            none(
                    Column.PRISON,
                    Column.INCIDENT,
                    Column.PRISONER,
                    Column.FROM,
                    Column.UNTIL,
                    Column.HANDLING,
                    Column.CONTACT,
                    Column.EXPIRES);
        }

        /** What says nothing here must not stand here either. */
        void none(Column... columns) {
            for (Column column : columns) {
                if (optional(column) != null) {
                    throw wrong("not-expected", column);
                }
            }
        }

        String at(Column column) {
            return where + column.word();
        }

        Rejected wrong(String code, Column column) {
            return new Rejected(code, at(column));
        }
    }
}
