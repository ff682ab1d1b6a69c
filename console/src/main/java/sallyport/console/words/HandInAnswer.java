package sallyport.console.words;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.desk.TelephoneHandIn;
import sallyport.mappings.phonereport.PhoneReportSheet;

/** What became of a list that was handed in, in words. They never repeat what stands in it. */
public final class HandInAnswer {

    private HandInAnswer() {}

    /**
     * A line of the list, and what is wrong with it.
     *
     * @param row as a spreadsheet counts; null for the whole list
     * @param column null for the whole row
     * @param why goes on from the name of the line
     */
    public record Line(@Nullable Integer row, @Nullable String column, String code, String why) {

        /** The line as people name it. */
        public String place() {
            return (row == null ? "The list" : "Row " + row) + (column == null ? "" : ", column " + column);
        }
    }

    public static List<Line> lines(List<TelephoneHandIn.Line> lines) {
        return lines.stream()
                .map(line -> new Line(line.row(), line.column(), line.code(), why(line)))
                .toList();
    }

    /** What kind of refusal it is, in HTTP. */
    public static int status(TelephoneHandIn.Refused refused) {
        return switch (refused.why()) {
            case TOO_LARGE -> 413;
            case OUT_OF_SCOPE -> 403;
            case CUT_SHORT, UNREADABLE -> 400;
        };
    }

    /** Why nothing was taken, and what to do. */
    public static String why(TelephoneHandIn.Refused refused) {
        return switch (refused.why()) {
            case TOO_LARGE ->
                "Nothing was taken: the list has more than " + TelephoneHandIn.MAX_BYTES / 1_000_000
                        + " MB. Hand it in in parts.";
            case CUT_SHORT -> "Nothing was taken: the list did not come whole. Hand it in again.";
            case UNREADABLE ->
                "Nothing was taken: the list cannot be read. Mend the line that is named and hand it in again.";
            case OUT_OF_SCOPE ->
                "Nothing was taken: the prisons of these rows are outside your scope or cannot be read. Mend them or leave"
                        + " them out.";
        };
    }

    private static String why(TelephoneHandIn.Line line) {
        return switch (line.code()) {
            case "no-rows" -> "has no row below the names of the columns";
            case "empty" -> "is empty";
            case "not-text" -> "is not text: save it as CSV";
            case "missing-column" ->
                line.column() == null ? "must name the columns: reference, prison and occurred at least" : "is missing";
            case "repeated-column" -> "is there twice";
            case "too-many-rows" -> "is one too many: hand in " + PhoneReportSheet.MOST_ROWS + " rows at a time";
            case "unknown-column" -> "is of no known name; it is left out, and the rows are read";
            case "column-count" -> "has not as many cells as there are names of columns";
            case "quotes-do-not-fit" -> "has quotation marks that do not fit together";
            case "missing-value" -> "must not be empty";
            case "unknown-prison" -> "is no prison's id or name";
            case "formula-cell" -> "begins like a formula, which a spreadsheet would run";
            case "too-long" -> "is too long";
            case "outside-scope" -> "is outside your scope";
            default -> "is not of the form that it must have";
        };
    }
}
