package sallyport.ledger.desk;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.TelephoneLists;
import sallyport.mappings.Rejected;
import sallyport.mappings.phonereport.PhoneReportSheet;
import sallyport.mappings.phonereport.PhoneReportSheet.Bad;
import sallyport.mappings.phonereport.PhoneReportSheet.Good;
import sallyport.mappings.phonereport.PhoneReportSheet.Row;

/**
 * Lists of telephone reports that people hand in. A list is read before it is taken, so that whoever has it at hand learns at once what is
 * wrong with it; once taken it is treated like one that came by mail. It may tell only of prisons in the scope of whoever hands it in.
 */
public final class TelephoneHandIn {

    public static final int MAX_BYTES = 5_000_000;

    private static final int MAX_REASON = 1_000;

    private final TelephoneLists lists;

    public TelephoneHandIn(TelephoneLists lists) {
        this.lists = lists;
    }

    /** What became of a list. */
    public sealed interface Answer permits Taken, Refused {}

    /**
     * It is stored.
     *
     * @param sha256 of its bytes, in hexadecimal
     * @param reports how many rows can be read
     * @param unread the rows that cannot: each is parked, and stops none of the others
     */
    public record Taken(String sha256, int reports, List<Line> unread) implements Answer {}

    /** Nothing of it is stored. */
    public record Refused(Why why, List<Line> lines) implements Answer {}

    /** Why a whole list is refused. */
    public enum Why {
        TOO_LARGE,
        CUT_SHORT,
        UNREADABLE,
        /** Of some rows the prison is outside of the scope, or cannot be read. */
        OUT_OF_SCOPE
    }

    /**
     * A line, and what is wrong with it; never what stands there.
     *
     * @param row as a spreadsheet counts; null for the whole list
     * @param column our name of it, or its place where it has none; null for the whole row
     * @param code as of {@link Rejected}
     */
    public record Line(@Nullable Integer row, @Nullable String column, String code) {

        /** @param where such as {@code /rows/7/occurred} */
        static Line at(String where, String code) {
            String[] parts = where.split("/");
            return new Line(
                    parts.length > 2 ? Integer.valueOf(parts[2]) : null, parts.length > 3 ? parts[3] : null, code);
        }
    }

    /**
     * No more of it is ever in memory than may be kept.
     *
     * @param length how many bytes are to come; negative where that is not known
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Answer take(InputStream bytes, long length, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        if (length > MAX_BYTES) {
            return new Refused(Why.TOO_LARGE, List.of());
        }
        byte[] list;
        try {
            list = bytes.readNBytes(MAX_BYTES + 1);
        } catch (IOException brokenOff) {
            return new Refused(Why.CUT_SHORT, List.of());
        }
        if (list.length > MAX_BYTES) {
            return new Refused(Why.TOO_LARGE, List.of());
        }
        return list.length < length ? new Refused(Why.CUT_SHORT, List.of()) : read(list, actor, reason.strip(), scope);
    }

    private Answer read(byte[] list, String actor, String reason, Scope scope) {
        List<Row> rows;
        try {
            rows = PhoneReportSheet.read(list, PhoneReportSheet.MOST_ROWS);
        } catch (Rejected rejected) {
            return new Refused(Why.UNREADABLE, List.of(Line.at(rejected.where(), rejected.code())));
        }
        if (rows.stream().noneMatch(row -> row.number() > 1)) {
            return new Refused(Why.UNREADABLE, List.of(new Line(null, null, "no-rows")));
        }
        List<Line> outside = rows.stream()
                .filter(row -> !covers(scope, row))
                .map(TelephoneHandIn::outside)
                .toList();
        if (!outside.isEmpty()) {
            return new Refused(Why.OUT_OF_SCOPE, outside);
        }
        List<Line> unread = rows.stream()
                .filter(Bad.class::isInstance)
                .map(row -> line((Bad) row))
                .toList();
        return new Taken(lists.take(list, actor, reason), rows.size() - unread.size(), unread);
    }

    /** Whose a row is that cannot be read nobody knows; the names of the columns are nobody's. */
    private static boolean covers(Scope scope, Row row) {
        return scope.seesEverything()
                || row.number() == 1
                || row instanceof Good good
                        && scope.prisons().contains(good.report().prison());
    }

    private static Line outside(Row row) {
        return row instanceof Bad bad ? line(bad) : new Line(row.number(), "prison", "outside-scope");
    }

    private static Line line(Bad bad) {
        return Line.at(bad.where(), bad.code());
    }
}
