package sallyport.mappings.phonereport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a list into its lines and a line into its cells, as RFC 4180 has it: a cell in quotes may hold delimiters, doubled quotes and line
 * ends. A line that breaks these rules is given back as broken, and the lines behind it are cut as if it had not been there.
 */
public final class SheetLines {

    private static final int QUOTE = '"';
    /** Longer than any row may be: a quote that is never closed is not looked for to the end of the list, again and again. */
    private static final int LONGEST = 100_000;

    private final SheetText text;
    private final int delimiter;

    public SheetLines(SheetText text, int delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /**
     * One line, which may be several in an editor.
     *
     * @param from its first unit; {@code to} is the one after its line end
     * @param cells null for a line whose quotes do not fit
     */
    public record Line(int from, int to, @Nullable List<String> cells) {

        public boolean isBlank() {
            return cells != null && cells.stream().allMatch(String::isBlank);
        }
    }

    /** The line that begins there. */
    public Line next(int from) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int at = from;
        int plainFrom = from;
        boolean quoted = false;
        boolean closed = false;
        while (at < text.length()) {
            int unit = text.unit(at);
            if (at - from > LONGEST) {
                return broken(from);
            }
            if (quoted) {
                if (unit == QUOTE) {
                    cell.append(text.text(plainFrom, at));
                    boolean doubled = at + 1 < text.length() && text.unit(at + 1) == QUOTE;
                    if (doubled) {
                        cell.append('"');
                        at++;
                    } else {
                        quoted = false;
                        closed = true;
                    }
                    plainFrom = at + 1;
                }
            } else if (unit == delimiter || isLineEnd(unit)) {
                cells.add(cell.append(text.text(plainFrom, at)).toString());
                if (isLineEnd(unit)) {
                    return new Line(from, pastLineEnd(at), cells);
                }
                cell.setLength(0);
                closed = false;
                plainFrom = at + 1;
            } else if (closed || unit == QUOTE) {
                if (closed || cell.length() > 0 || at > plainFrom) {
                    return broken(from);
                }
                quoted = true;
                plainFrom = at + 1;
            }
            at++;
        }
        if (quoted) {
            // Everything to the end would hide in this cell.
            return broken(from);
        }
        cells.add(cell.append(text.text(plainFrom, at)).toString());
        return new Line(from, at, cells);
    }

    /** To the end of the line in which it began: the next may be whole again. */
    private Line broken(int from) {
        int at = from;
        while (at < text.length() && !isLineEnd(text.unit(at))) {
            at++;
        }
        return new Line(from, at == text.length() ? at : pastLineEnd(at), null);
    }

    private int pastLineEnd(int at) {
        boolean both = text.unit(at) == '\r' && at + 1 < text.length() && text.unit(at + 1) == '\n';
        return at + (both ? 2 : 1);
    }

    private static boolean isLineEnd(int unit) {
        return unit == '\n' || unit == '\r';
    }
}
