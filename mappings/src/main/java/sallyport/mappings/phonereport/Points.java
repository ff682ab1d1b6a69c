package sallyport.mappings.phonereport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sallyport.mappings.table.CsvTable;

/** What each reason is worth. A table that does not fit stops the start and names the row. */
final class Points {

    static final String SAME_PRISON = "same-prison";
    static final String SAME_TYPE = "same-type";
    static final String OTHER_TYPE = "other-type";
    static final String SAME_PRISONER = "same-prisoner";
    static final String FURTHER_PRISONER = "further-prisoner";
    static final String OTHER_PRISONERS = "other-prisoners";
    static final String WORDS_ALIKE = "words-alike";
    static final String WORDS_SOMEWHAT_ALIKE = "words-somewhat-alike";

    private static final String TABLE = "sallyport/phonereport/points.csv";
    private static final Set<String> NAMED = Set.of(
            SAME_PRISON,
            SAME_TYPE,
            OTHER_TYPE,
            SAME_PRISONER,
            FURTHER_PRISONER,
            OTHER_PRISONERS,
            WORDS_ALIKE,
            WORDS_SOMEWHAT_ALIKE);

    private static final Points IN_FORCE = read(CsvTable.rows(TABLE));

    private final Map<String, PhoneMatch.Reason> named;
    private final List<Band> bands;

    private Points(Map<String, PhoneMatch.Reason> named, List<Band> bands) {
        this.named = named;
        this.bands = bands;
    }

    private record Band(long minutes, PhoneMatch.Reason reason) {}

    static Points inForce() {
        return IN_FORCE;
    }

    PhoneMatch.Reason of(String reason) {
        return named.get(reason);
    }

    /** Empty for times that are too far from each other. */
    Optional<PhoneMatch.Reason> apart(long seconds) {
        return bands.stream()
                .filter(band -> seconds <= band.minutes() * 60)
                .findFirst()
                .map(Band::reason);
    }

    /** The longest time apart. */
    long mostMinutes() {
        return bands.get(bands.size() - 1).minutes();
    }

    static Points read(List<Map<String, String>> rows) {
        Map<String, PhoneMatch.Reason> named = new HashMap<>();
        Map<String, Band> bands = new LinkedHashMap<>();
        long before = 0;
        for (Map<String, String> row : rows) {
            String word = row.getOrDefault("reason", "");
            String within = row.getOrDefault("withinMinutes", "");
            PhoneMatch.Reason reason = new PhoneMatch.Reason(word, number(row, "points"));
            if (row.getOrDefault("meaning", "").isBlank() || named.containsKey(word) || bands.containsKey(word)) {
                throw wrong(row, "needs a meaning, and a reason that no other row has");
            }
            if (within.isEmpty()) {
                if (!NAMED.contains(word)) {
                    throw wrong(row, "names a reason that nobody gives");
                }
                named.put(word, reason);
            } else {
                long minutes = number(row, "withinMinutes");
                if (minutes <= before) {
                    throw wrong(row, "needs more minutes than the row of time before it");
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

    private static int number(Map<String, String> row, String column) {
        try {
            return Integer.parseInt(row.getOrDefault(column, ""));
        } catch (NumberFormatException e) {
            throw wrong(row, "needs a whole number as " + column);
        }
    }

    private static IllegalStateException wrong(Map<String, String> row, String why) {
        return new IllegalStateException("Table " + TABLE + ": row " + row + " " + why);
    }
}
