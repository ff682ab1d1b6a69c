package sallyport.mappings.phonereport;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.PrisonId;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.phonereport.Columns.Column;
import sallyport.mappings.text.CleanText;
import sallyport.mappings.time.LondonTime;

/**
 * What a prison said on the telephone about an immediate incident, as it was written down.
 *
 * @param reference of whoever wrote it down, in capital letters: the same reference again is the same report, perhaps amended
 * @param occurredAt when it happened, as far as was known
 * @param reportedAt when the prison rang
 * @param type in the words of the caller
 * @param families the families of incident type that these words may mean; empty when they name none that is known
 * @param prisoners the numbers that can be read, in capital letters
 * @param unreadableNumbers how many words stood in their place that are no prisoner number
 * @param replacedCharacters how many characters could not be stored and were replaced
 */
public record PhoneReport(
        String reference,
        String prison,
        LondonTime occurredAt,
        @Nullable LondonTime reportedAt,
        @Nullable String type,
        Set<String> families,
        List<String> prisoners,
        int unreadableNumbers,
        @Nullable String summary,
        int replacedCharacters) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Z0-9][A-Z0-9/._ -]{0,63}");
    /** As people in this country and their spreadsheets write it. */
    private static final Pattern DAY_FIRST =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})[ ,]+(\\d{1,2}):(\\d\\d)(?::(\\d\\d))?");

    private static final Pattern WITH_A_BLANK = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) +(\\d\\d:\\d\\d.*)");
    private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[\\s,;/&|]+");
    /** A spreadsheet runs what begins so, whoever opens the list next. */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static final int MOST_PRISONERS = 100;
    private static final int LONGEST = 20_000;

    /**
     * Reads what is stored of one report: a list of one row, or the text of a mail.
     *
     * @param row the number of the row in the list that it came from, for {@link Rejected#where}
     */
    public static PhoneReport read(byte[] raw, int row) {
        SheetText text = SheetText.of(raw);
        return PhoneReportSheet.isOne(text) ? PhoneReportSheet.single(raw, row) : PhoneReportLetter.read(text);
    }

    static PhoneReport of(Map<Column, String> cells, String where) {
        int replaced = 0;
        for (Map.Entry<Column, String> cell : cells.entrySet()) {
            CleanText clean = CleanText.clean(cell.getValue().strip());
            replaced += clean.replaced();
            cell.setValue(checked(clean.text(), where + cell.getKey().word()));
        }
        for (Column column : Column.values()) {
            if (column.required && cells.getOrDefault(column, "").isEmpty()) {
                throw new Rejected("missing-value", where + column.word());
            }
        }
        String reference = cells.get(Column.REFERENCE).toUpperCase(Locale.ROOT);
        if (!REFERENCE.matcher(reference).matches()) {
            throw new Rejected("schema-invalid", where + Column.REFERENCE.word());
        }
        String type = optional(cells, Column.TYPE);
        Set<String> prisoners = new LinkedHashSet<>();
        int unreadable = prisoners(cells.getOrDefault(Column.PRISONERS, ""), prisoners, where);
        String reported = optional(cells, Column.REPORTED);
        return new PhoneReport(
                reference,
                prison(cells.get(Column.PRISON), where),
                time(cells.get(Column.OCCURRED), where + Column.OCCURRED.word()),
                reported == null ? null : time(reported, where + Column.REPORTED.word()),
                type,
                type == null ? Set.of() : TypeWords.families(type),
                new ArrayList<>(prisoners),
                unreadable,
                optional(cells, Column.SUMMARY),
                replaced);
    }

    private static String checked(String text, String where) {
        if (text.length() > LONGEST) {
            throw new Rejected("too-long", where);
        }
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            throw new Rejected("formula-cell", where);
        }
        return text;
    }

    private static @Nullable String optional(Map<Column, String> cells, Column column) {
        String text = cells.getOrDefault(column, "");
        return text.isEmpty() ? null : text;
    }

    private static String prison(String text, String where) {
        return PrisonNames.find(text)
                .map(PrisonId::value)
                .orElseThrow(() -> new Rejected("unknown-prison", where + Column.PRISON.word()));
    }

    private static int prisoners(String text, Set<String> found, String where) {
        int unreadable = 0;
        for (String word : BETWEEN_NUMBERS.split(text)) {
            if (word.isEmpty()) {
                continue;
            }
            try {
                found.add(PrisonerNumber.of(word, where).value());
            } catch (Rejected noNumber) {
                unreadable++;
            }
        }
        if (found.size() + unreadable > MOST_PRISONERS) {
            throw new Rejected("too-long", where + Column.PRISONERS.word());
        }
        return unreadable;
    }

    private static LondonTime time(String text, String where) {
        Matcher dayFirst = DAY_FIRST.matcher(text);
        String plain = text;
        if (dayFirst.matches()) {
            plain = dayFirst(dayFirst, where);
        } else {
            Matcher blank = WITH_A_BLANK.matcher(text);
            if (blank.matches()) {
                plain = blank.group(1) + "T" + blank.group(2);
            }
        }
        LondonTime time = LondonTime.parse(plain, where);
        return new LondonTime(text, time.instant(), time.ambiguous());
    }

    private static String dayFirst(Matcher form, String where) {
        try {
            LocalDateTime at = LocalDateTime.of(
                    Integer.parseInt(form.group(3)),
                    Integer.parseInt(form.group(2)),
                    Integer.parseInt(form.group(1)),
                    Integer.parseInt(form.group(4)),
                    Integer.parseInt(form.group(5)),
                    form.group(6) == null ? 0 : Integer.parseInt(form.group(6)));
            return at.toString();
        } catch (DateTimeException e) {
            throw new Rejected("schema-invalid", where);
        }
    }
}
