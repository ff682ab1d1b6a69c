package sallyport.mappings.intelligence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.SheetLines;
import sallyport.mappings.phonereport.SheetLines.Line;
import sallyport.mappings.phonereport.SheetText;

/**
 * A list of notices: comma, semicolon or tab between the cells, a first row with the names of the columns. It fails closed: a list with
 * a column that is not expected is refused as a whole, a row with anything that is not expected by itself, and neither is given back.
 */
public final class IntelligenceSheet {

    private static final int[] DELIMITERS = {',', ';', '\t'};

    private IntelligenceSheet() {}

    /** A row, with what it says or why it is refused; never its text. */
    public sealed interface Row {

        /** As a spreadsheet counts: the names of the columns are row 1. */
        int number();
    }

    public record Good(int number, IntelligenceNotice notice) implements Row {}

    /** @param where such as {@code /rows/7/handling} */
    public record Bad(int number, String code, String where) implements Row {}

    /**
     * @param readAt when it was read
     * @throws Rejected of the whole list: {@code not-text}, {@code unknown-column} by its place, {@code repeated-column} and
     *     {@code missing-column} by its name, {@code quotes-do-not-fit}, {@code too-many-rows}
     */
    public static List<Row> read(byte[] raw, int mostRows, Instant readAt) {
        SheetText text = SheetText.of(raw);
        SheetLines lines = lines(text);
        Line header = lines.next(0);
        List<Column> columns = columns(header);
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (int at = header.to(); at < text.length(); ) {
            Line line = lines.next(at);
            at = line.to();
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (rows.size() == mostRows) {
                throw new Rejected("too-many-rows", "/rows/" + number);
            }
            rows.add(row(line, columns, number, readAt));
        }
        return rows;
    }

    /** By the delimiter that finds the most columns. */
    private static SheetLines lines(SheetText text) {
        SheetLines best = null;
        long most = -1;
        for (int delimiter : DELIMITERS) {
            SheetLines lines = new SheetLines(text, delimiter);
            List<String> cells = lines.next(0).cells();
            long known = cells == null
                    ? 0
                    : cells.stream()
                            .filter(name -> Column.find(name).isPresent())
                            .count();
            if (best == null || known > most) {
                best = lines;
                most = known;
            }
        }
        return best;
    }

    private static List<Column> columns(Line header) {
        List<String> names = header.cells();
        if (names == null) {
            throw new Rejected("quotes-do-not-fit", "/rows/1");
        }
        List<Column> columns = new ArrayList<>();
        for (int place = 0; place < names.size(); place++) {
            int shown = place + 1;
            Column column =
                    Column.find(names.get(place)).orElseThrow(() -> new Rejected("unknown-column", "/rows/1/" + shown));
            if (columns.contains(column)) {
                throw new Rejected("repeated-column", "/rows/1/" + column.word());
            }
            columns.add(column);
        }
        for (Column column : Column.values()) {
            if (!columns.contains(column)) {
                throw new Rejected("missing-column", "/rows/1/" + column.word());
            }
        }
        return columns;
    }

    private static Row row(Line line, List<Column> columns, int number, Instant readAt) {
        String where = "/rows/" + number;
        List<String> cells = line.cells();
        if (cells == null) {
            return new Bad(number, "quotes-do-not-fit", where);
        }
        if (cells.size() != columns.size()) {
            return new Bad(number, "column-count", where);
        }
        Map<Column, String> byColumn = new EnumMap<>(Column.class);
        for (int place = 0; place < columns.size(); place++) {
            byColumn.put(columns.get(place), cells.get(place).strip());
        }
        try {
            return new Good(number, IntelligenceNotice.of(byColumn, where + "/", readAt));
        } catch (Rejected rejected) {
            return new Bad(number, rejected.code(), rejected.where());
        }
    }
}
