package sallyport.mappings.match;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sallyport.mappings.table.CsvTable;
import sallyport.mappings.time.LondonTime;

/**
 * What each reason is worth: a table with the columns reason, points, withinMinutes (of the rows of time, the nearest first) and meaning.
 * One that does not fit stops the start and names the row.
 */
public final class Points {

    private static final Duration HOUR_OF_OCTOBER = Duration.ofHours(1);

    private final Map<String, Reason> named;
    private final List<Band> bands;

    private Points(Map<String, Reason> named, List<Band> bands) {
        this.named = named;
        this.bands = bands;
    }

    private record Band(long minutes, Reason reason) {}

    /** @param needed the reasons that are given, each a row; no other row is one, but for those of time */
    public static Points read(String table, Set<String> needed) {
        return read(table, needed, CsvTable.rows(table));
    }

    static Points read(String table, Set<String> needed, List<Map<String, String>> rows) {
        Map<String, Reason> named = new HashMap<>();
        Map<String, Band> bands = new LinkedHashMap<>();
        long before = 0;
        for (Map<String, String> row : rows) {
            String word = row.getOrDefault("reason", "");
            Reason reason = new Reason(word, number(table, row, "points"));
            if (row.getOrDefault("meaning", "").isBlank() || named.containsKey(word) || bands.containsKey(word)) {
                throw wrong(table, row, "needs a meaning, and a reason that no other row has");
            }
            if (!row.getOrDefault("withinMinutes", "").isEmpty()) {
                long minutes = number(table, row, "withinMinutes");
                if (minutes <= before) {
                    throw wrong(table, row, "needs more minutes than the row of time before it");
                }
                before = minutes;
                bands.put(word, new Band(minutes, reason));
            } else if (needed.contains(word)) {
                named.put(word, reason);
            } else {
                throw wrong(table, row, "names a reason that nobody gives");
            }
        }
        if (!named.keySet().equals(needed) || bands.isEmpty()) {
            throw new IllegalStateException(
                    "Table " + table + " needs a row for each of " + needed + ", and rows of time");
        }
        return new Points(Map.copyOf(named), new ArrayList<>(bands.values()));
    }

    /** Of a reason that is needed. */
    public Reason of(String reason) {
        return named.get(reason);
    }

    /** Empty for times that are too far from each other. A time that October repeats may be either. */
    public Optional<Reason> apart(LondonTime one, LondonTime other) {
        long seconds = seconds(one.instant(), other.instant());
        if (one.ambiguous()) {
            seconds = Math.min(seconds, seconds(one.instant().plus(HOUR_OF_OCTOBER), other.instant()));
        }
        if (other.ambiguous()) {
            seconds = Math.min(seconds, seconds(one.instant(), other.instant().plus(HOUR_OF_OCTOBER)));
        }
        long apart = seconds;
        return bands.stream()
                .filter(band -> apart <= band.minutes() * 60)
                .findFirst()
                .map(Band::reason);
    }

    /** Records whose times are further apart never fit, whatever October repeats. */
    public Duration furthest() {
        return Duration.ofMinutes(bands.get(bands.size() - 1).minutes()).plus(HOUR_OF_OCTOBER);
    }

    private static long seconds(Instant one, Instant other) {
        // Beyond any year that a report can name no duration overflows.
        return Math.abs(one.getEpochSecond() - other.getEpochSecond());
    }

    static int number(String table, Map<String, String> row, String column) {
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
