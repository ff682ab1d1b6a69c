package sallyport.mappings.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sallyport.mappings.table.CsvTable;

/**
 * When a match is made without a person.
 *
 * @param link at least this score
 * @param lead and at least so much more than the next best
 * @param ask below this score nobody is asked either
 */
public record Policy(int link, int lead, int ask) {

    public Policy {
        if (ask < 1 || link < ask || link > 100 || lead < 1 || lead > 100) {
            throw new IllegalArgumentException("1 <= ask <= link <= 100 and 1 <= lead <= 100");
        }
    }

    /** A table that does not fit stops the start. */
    public static Policy read(String table) {
        return read(table, CsvTable.rows(table));
    }

    static Policy read(String table, List<Map<String, String>> rows) {
        Map<String, Integer> points = new HashMap<>();
        for (Map<String, String> row : rows) {
            points.put(row.getOrDefault("threshold", ""), Points.number(table, row, "points"));
        }
        if (!points.keySet().equals(Set.of("link", "lead", "ask"))) {
            throw new IllegalStateException("Table " + table + " needs the rows link, lead and ask");
        }
        return new Policy(points.get("link"), points.get("lead"), points.get("ask"));
    }
}
