package sallyport.mappings.adjudication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.offence.Offences;
import sallyport.mappings.table.CsvTable;
import sallyport.mappings.triage.ProposedOffence;

/** Which families of incident type a charge goes with, by its paragraph ({@code sallyport/adjudication/paragraphs.csv}). */
final class Paragraphs {

    private static final String TABLE = "sallyport/adjudication/paragraphs.csv";
    private static final Map<String, Row> ROWS = read(CsvTable.rows(TABLE));
    private static final Pattern NUMBER = Pattern.compile("([1-9][0-9]?)(?:[^0-9].*)?", Pattern.DOTALL);

    /** Paragraph, three digits of which letter and wording, and 24 behind it where it is of the rules of 2024. */
    private static final Pattern CODE = Pattern.compile("([1-9][0-9]?)[0-9]{3}|([1-9][0-9]?)[0-9]{3}24");

    private Paragraphs() {}

    /** The letter behind the number, where it has a row of its own. */
    private static final Pattern LETTER = Pattern.compile("\\s*[1-9][0-9]?\\s*\\(?([a-z])\\b.*", Pattern.DOTALL);

    record Row(Set<String> families, boolean immediate, List<OffenceCode> offences, List<OffenceCode> staffOffences) {}

    /** Empty for a paragraph that goes with anything. */
    static Set<String> families(Adjudication charge) {
        Row row = row(charge);
        return row == null ? Set.of() : row.families();
    }

    /** Whether the police are called at once about it. */
    static boolean immediate(Adjudication charge) {
        Row row = row(charge);
        return row != null && row.immediate();
    }

    /** Each with the paragraph as the rule that proposes it; none where the paragraph is too wide. */
    static List<ProposedOffence> offences(Adjudication charge) {
        Row row = row(charge);
        if (row == null) {
            return List.of();
        }
        String staff = charge.offenceDetails().victimStaffUsername();
        boolean ofStaff =
                staff != null && !staff.isBlank() && !row.staffOffences().isEmpty();
        return (ofStaff ? row.staffOffences() : row.offences())
                .stream()
                        .map(code -> new ProposedOffence(code, "CHARGE-PARAGRAPH-" + number(charge)))
                        .toList();
    }

    private static @Nullable Row row(Adjudication charge) {
        String number = number(charge);
        Matcher letter = LETTER.matcher(charge.offenceDetails().paragraphNumber());
        Row own = letter.matches() ? ROWS.get(number + letter.group(1)) : null;
        return own == null ? ROWS.get(number) : own;
    }

    /** The number of the adults' rules; empty where the charge does not tell. */
    static String number(Adjudication charge) {
        Matcher code = CODE.matcher(Long.toString(charge.offenceDetails().offenceCode()));
        if (code.matches()) {
            return code.group(1) == null ? code.group(2) : code.group(1);
        }
        // The young offenders' paragraphs have other numbers.
        Matcher number =
                NUMBER.matcher(charge.offenceDetails().paragraphNumber().strip());
        return !charge.isYouthOffender() && number.matches() ? number.group(1) : "";
    }

    /** @throws sallyport.mappings.Rejected for one that the table of offences does not have */
    private static List<OffenceCode> codes(String words) {
        return words.isEmpty()
                ? List.of()
                : Stream.of(words.split(" "))
                        .map(code ->
                                Offences.get(new OffenceCode(code), "/" + TABLE).code())
                        .toList();
    }

    static Map<String, Row> read(List<Map<String, String>> rows) {
        Map<String, Row> read = new HashMap<>();
        for (Map<String, String> row : rows) {
            Set<String> named =
                    Set.copyOf(List.of(row.getOrDefault("families", "").split(" ")));
            String paragraph = row.getOrDefault("paragraph", "");
            String immediate = row.getOrDefault("immediate", "");
            if (!paragraph.matches("[1-9][0-9]?[a-z]?")
                    || !immediate.matches("yes|no")
                    || !IncidentFamilies.all().containsAll(named)
                    || read.put(
                                    paragraph,
                                    new Row(
                                            named,
                                            immediate.equals("yes"),
                                            codes(row.getOrDefault("offences", "")),
                                            codes(row.getOrDefault("staffOffences", ""))))
                            != null) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row
                        + " needs a paragraph of its own, yes or no, and families that families.csv has");
            }
        }
        return Map.copyOf(read);
    }
}
