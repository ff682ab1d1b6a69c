package sallyport.mappings.useofforce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sallyport.mappings.table.CsvTable;
import sallyport.mappings.useofforce.UseOfForceMatch.Policy;
import sallyport.mappings.useofforce.UseOfForceMatch.Reason;

/** What each reason is worth, and how much is enough. Tables that do not fit stop the start and name the row. */
final class Points {

    static final String SAME_PRISON = "same-prison";
    static final String SAME_PRISONER = "same-prisoner";
    static final String OTHER_PRISONERS = "other-prisoners";
    static final String FITTING_REASON = "fitting-reason";
    static final String OTHER_REASON = "other-reason";

    private static final String TABLE = "sallyport/useofforce/points.csv";
    private static final String THRESHOLDS = "sallyport/useofforce/thresholds.csv";
    private static final Set<String> NAMED =
            Set.of(SAME_PRISON, SAME_PRISONER, OTHER_PRISONERS, FITTING_REASON, OTHER_REASON);

    private static final Points IN_FORCE = read(CsvTable.rows(TABLE));
    private static final Policy POLICY = policy(CsvTable.rows(THRESHOLDS));

    private final Map<String, Reason> named;
    private final List<Band> bands;

    private Points(Map<String, Reason> named, List<Band> bands) {
        this.named = named;
        this.bands = bands;
    }

    private record Band(long minutes, Reason reason) {}

    static Points inForce() {
        return IN_FORCE;
    }

    static Policy policyInForce() {
        return POLICY;
    }

    Reason of(String reason) {
        return named.get(reason);
    }

    /** Empty for times that are too far from each other. */
    Optional<Reason> apart(long seconds) {
        return bands.stream()
                .filter(band -> seconds <= band.minutes() * 60)
                .findFirst()
                .map(Band::reason);
    }

    static Points read(List<Map<String, String>> rows) {
        Map<String, Reason> named = new HashMap<>();
        Map<String, Band> bands = new LinkedHashMap<>();
        long before = 0;
        for (Map<String, String> row : rows) {
            String word = row.getOrDefault("reason", "");
            String within = row.getOrDefault("withinMinutes", "");
            Reason reason = new Reason(word, number(TABLE, row, "points"));
            if (row.getOrDefault("meaning", "").isBlank() || named.containsKey(word) || bands.containsKey(word)) {
                throw wrong(TABLE, row, "needs a meaning, and a reason that no other row has");
            }
            if (within.isEmpty()) {
                if (!NAMED.contains(word)) {
                    throw wrong(TABLE, row, "names a reason that nobody gives");
                }
                named.put(word, reason);
            } else {
                long minutes = number(TABLE, row, "withinMinutes");
                if (minutes <= before) {
                    throw wrong(TABLE, row, "needs more minutes than the row of time before it");
                }
                before = minutes;
                bands.put(word, new Band(minutes, reason));
            }
        }
        if (!named.keySet().equals(NAMED) || bands.isEmpty()) {
            throw new IllegalStateException(
                    "Table " + TABLE + " needs a row for each of " + NAMED + ", and rows of time");
        }
        return new Points(Map.copyOf(named), new ArrayList<>(bands.values()));
    }

    static Policy policy(List<Map<String, String>> rows) {
        Map<String, Integer> points = new HashMap<>();
        for (Map<String, String> row : rows) {
            points.put(row.getOrDefault("threshold", ""), number(THRESHOLDS, row, "points"));
        }
        if (!points.keySet().equals(Set.of("link", "lead", "ask"))) {
            throw new IllegalStateException("Table " + THRESHOLDS + " needs the rows link, lead and ask");
        }
        return new Policy(points.get("link"), points.get("lead"), points.get("ask"));
    }

    private static int number(String table, Map<String, String> row, String column) {
        try {
            return Integer.parseInt(row.getOrDefault(column, ""));
        } catch (NumberFormatException e) {
            throw wrong(table, row, "needs a whole number as " + column);
        }
    }

    private static IllegalStateException wrong(String table, Map<String, String> row, String why) {
        return new IllegalStateException("Table " + table + ": row " + row + " " + why);
    }
}
