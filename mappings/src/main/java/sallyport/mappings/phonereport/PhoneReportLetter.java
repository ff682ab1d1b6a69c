package sallyport.mappings.phonereport;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.Columns.Column;

/**
 * A report in the text of a mail: a line each of {@code label: value}, with the labels that are columns of a list. What follows the
 * summary's line is summary, up to the next label or a line of the signature ({@code -- }).
 */
final class PhoneReportLetter {

    private static final String WHERE = "/text/";

    private PhoneReportLetter() {}

    /** @throws Rejected {@code missing-value} with the label that is not there, {@code repeated-label}, or as a row of a list */
    static PhoneReport read(SheetText text) {
        Map<Column, String> values = new EnumMap<>(Column.class);
        boolean inSummary = false;
        for (String line : text.text(0, text.length()).split("\\R")) {
            if (line.equals("-- ") || line.equals("--")) {
                break;
            }
            int colon = line.indexOf(':');
            Optional<Column> label = colon < 0 ? Optional.empty() : Columns.find(line.substring(0, colon));
            if (label.isPresent()) {
                Column column = label.get();
                if (values.containsKey(column)) {
                    // A chain of answers: whichever was taken might be the wrong one.
                    throw new Rejected("repeated-label", WHERE + column.word());
                }
                values.put(column, line.substring(colon + 1));
                inSummary = column == Column.SUMMARY;
            } else if (inSummary) {
                values.merge(Column.SUMMARY, line, (before, more) -> before + "\n" + more);
            }
        }
        return PhoneReport.of(values, WHERE);
    }
}
