package sallyport.mappings.adjudication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.table.CsvTable;

/** Which families of incident type a charge goes with, by its paragraph ({@code sallyport/adjudication/paragraphs.csv}). */
final class Paragraphs {

    private static final String TABLE = "sallyport/adjudication/paragraphs.csv";
    private static final Map<String, Row> ROWS = read(CsvTable.rows(TABLE));
    private static final Pattern NUMBER = Pattern.compile("([1-9][0-9]?)(?:[^0-9].*)?", Pattern.DOTALL);

    /** Paragraph, three digits of which letter and wording, and 24 behind it where it is of the rules of 2024. */
    private static final Pattern CODE = Pattern.compile("([1-9][0-9]?)[0-9]{3}|([1-9][0-9]?)[0-9]{3}24");

    private Paragraphs() {}

    record Row(Set<String> families, boolean immediate) {}

    /** Empty for a paragraph that goes with anything. */
    static Set<String> families(Adjudication charge) {
        Row row = ROWS.get(number(charge));
        return row == null ? Set.of() : row.families();
    }

    /** Whether the police are called at once about it. */
    static boolean immediate(Adjudication charge) {
        Row row = ROWS.get(number(charge));
        return row != null && row.immediate();
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

    static Map<String, Row> read(List<Map<String, String>> rows) {
        Map<String, Row> read = new HashMap<>();
        for (Map<String, String> row : rows) {
            Set<String> named =
                    Set.copyOf(List.of(row.getOrDefault("families", "").split(" ")));
            String paragraph = row.getOrDefault("paragraph", "");
            String immediate = row.getOrDefault("immediate", "");
            if (!paragraph.matches("[1-9][0-9]?")
                    || !immediate.matches("yes|no")
                    || !IncidentFamilies.all().containsAll(named)
                    || read.put(paragraph, new Row(named, immediate.equals("yes"))) != null) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row
                        + " needs a paragraph of its own, yes or no, and families that families.csv has");
            }
        }
        return Map.copyOf(read);
    }
}
