package sallyport.mappings.phonereport;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.Columns.Column;
import sallyport.mappings.phonereport.SheetLines.Line;

/**
 * A list of telephone reports: comma, semicolon or tab between the cells, a first row with the names of the columns. A row that cannot be
 * read is given back with its number and the column, and stops none of the others.
 */
public final class PhoneReportSheet {

    /** A day of every prison in the country has far fewer. */
    public static final int MOST_ROWS = 2_000;

    private static final int[] DELIMITERS = {',', ';', '\t'};
    private static final String ROWS = "/rows/";
    /** It is stored with each row. */
    private static final int LONGEST_HEADER = 4_000;

    private PhoneReportSheet() {}

    /** A row, with what it says or why it cannot be read. */
    public sealed interface Row {

        /** As a spreadsheet counts: the names of the columns are row 1, and a cell with line ends in it is one row. */
        int number();

        /** A list of this row only, whole in itself: the names of the columns and the row, byte for byte as they came. */
        byte[] raw();
    }

    public record Good(int number, byte[] raw, PhoneReport report) implements Row {}

    /**
     * @param code as of {@link Rejected}
     * @param where such as {@code /rows/7/occurred}
     */
    public record Bad(int number, byte[] raw, String code, String where) implements Row {}

    /**
     * @throws Rejected of the whole list: {@code not-text}, {@code empty}, {@code missing-column} and {@code repeated-column} with the
     *     column at {@code /rows/1/…}, {@code too-many-rows}
     */
    public static List<Row> read(byte[] raw, int mostRows) {
        Sheet sheet = Sheet.of(SheetText.of(raw));
        List<Row> rows = new ArrayList<>(sheet.strangers());
        int number = 1;
        for (int at = sheet.header.to(); at < sheet.text.length(); ) {
            Line line = sheet.lines.next(at);
            at = line.to();
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (rows.size() == mostRows) {
                throw new Rejected("too-many-rows", ROWS + number);
            }
            byte[] own = sheet.text.cut(sheet.header.from(), sheet.header.to(), line.from(), line.to());
            rows.add(sheet.row(line, number, own));
        }
        return rows;
    }

    /** Whether the first line names the columns of such a list. */
    static boolean isOne(SheetText text) {
        return Sheet.find(text).filter(sheet -> sheet.missing().isEmpty()).isPresent();
    }

    /** What a row says that was cut out of a list. */
    static PhoneReport single(byte[] raw, int number) {
        Sheet sheet = Sheet.of(SheetText.of(raw));
        if (number == 1) {
            sheet.strangers().stream().findFirst().ifPresent(stranger -> {
                throw new Rejected(stranger.code(), stranger.where());
            });
        }
        Line line = sheet.lines.next(sheet.header.to());
        Row row = sheet.row(line, number, raw);
        if (row instanceof Bad bad) {
            throw new Rejected(bad.code(), bad.where());
        }
        return ((Good) row).report();
    }

    /** @param columns by place; null for one that is not known */
    private record Sheet(SheetText text, SheetLines lines, Line header, List<@Nullable Column> columns) {

        static Sheet of(SheetText text) {
            if (text.length() == 0) {
                throw new Rejected("empty", "/");
            }
            Sheet sheet = find(text).orElseThrow(() -> new Rejected("missing-column", ROWS + "1"));
            sheet.missing().stream().findFirst().ifPresent(column -> {
                throw new Rejected("missing-column", ROWS + "1/" + column.word());
            });
            return sheet;
        }

        /** With the delimiter by which most of the first line's cells are columns. */
        static Optional<Sheet> find(SheetText text) {
            Sheet best = null;
            for (int delimiter : DELIMITERS) {
                SheetLines lines = new SheetLines(text, delimiter);
                Line header = lines.next(0);
                if (header.cells() != null && header.to() <= LONGEST_HEADER) {
                    List<@Nullable Column> columns = new ArrayList<>();
                    header.cells()
                            .forEach(name -> columns.add(Columns.find(name).orElse(null)));
                    Sheet sheet = new Sheet(text, lines, header, columns);
                    if (sheet.known() > (best == null ? 0 : best.known())) {
                        best = sheet;
                    }
                }
            }
            return Optional.ofNullable(best);
        }

        private long known() {
            return columns.stream().filter(column -> column != null).count();
        }

        Set<Column> missing() {
            Set<Column> missing = EnumSet.noneOf(Column.class);
            for (Column column : Column.values()) {
                long times = columns.stream().filter(there -> there == column).count();
                if (times > 1) {
                    throw new Rejected("repeated-column", ROWS + "1/" + column.word());
                }
                if (times == 0 && column.required) {
                    missing.add(column);
                }
            }
            return missing;
        }

        /** Columns that nobody reads are said, by place: a list without names would have a person's there. */
        List<Bad> strangers() {
            List<Bad> strangers = new ArrayList<>();
            for (int place = 0; place < columns.size(); place++) {
                // A spreadsheet leaves empty columns behind.
                boolean named = !header.cells().get(place).isBlank();
                if (columns.get(place) == null && named && strangers.isEmpty()) {
                    byte[] own = text.cut(header.from(), header.to(), 0, 0);
                    strangers.add(new Bad(1, own, "unknown-column", ROWS + "1/" + (place + 1)));
                }
            }
            return strangers;
        }

        Row row(Line line, int number, byte[] own) {
            String where = ROWS + number;
            if (line.cells() == null) {
                return new Bad(number, own, "quotes-do-not-fit", where);
            }
            if (line.cells().size() != columns.size()) {
                return new Bad(number, own, "column-count", where);
            }
            Map<Column, String> cells = new EnumMap<>(Column.class);
            for (int place = 0; place < columns.size(); place++) {
                Column column = columns.get(place);
                if (column != null) {
                    cells.put(column, line.cells().get(place));
                }
            }
            try {
                return new Good(number, own, PhoneReport.of(cells, where + "/"));
            } catch (Rejected rejected) {
                return new Bad(number, own, rejected.code(), rejected.where());
            }
        }
    }
}
