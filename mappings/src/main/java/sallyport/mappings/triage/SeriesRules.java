package sallyport.mappings.triage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.table.AppliesTo;
import sallyport.mappings.table.CsvTable;

/**
 * When cases of one family count as a series, by the series table; a prison's own row counts before a force's, that before a family's.
 * A table that does not fit stops the start and names the row.
 */
public final class SeriesRules {

    private static final String TABLE = "sallyport/triage/series.csv";
    /** More are not looked for. */
    private static final int MOST = 50;

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static final List<Row> ROWS = read(CsvTable.rows(TABLE));

    private SeriesRules() {}

    /** What the cases of a series have in common besides their family. */
    public enum Kind {
        /** The same person is suspected in each. */
        SAME_SUSPECT,
        /** The same prison, and the same answers to where in it. */
        SAME_PLACE
    }

    /**
     * @param within back from the day of the case
     * @param least cases that make a series, this one among them
     */
    public record Rule(Kind kind, Period within, int least) {

        /** From when a case counts that ends in one of this time: the beginning of a day in London. */
        public Instant since(Instant occurred) {
            LocalDate day = occurred.atZone(LONDON).toLocalDate();
            return day.minus(within).atStartOfDay(LONDON).toInstant();
        }
    }

    record Row(AppliesTo to, Rule rule) {

        boolean fits(Kind kind, String family, String prison, @Nullable String force) {
            return rule.kind() == kind && to.fits(prison, force, family);
        }
    }

    /**
     * @param force two digits, or null while nobody knows it
     * @return empty where no number of cases makes a series
     */
    public static Optional<Rule> find(Kind kind, String family, String prison, @Nullable String force) {
        return find(ROWS, kind, family, prison, force);
    }

    static Optional<Rule> find(List<Row> rows, Kind kind, String family, String prison, @Nullable String force) {
        return rows.stream()
                .filter(row -> row.fits(kind, family, prison, force))
                .max(Comparator.comparingInt(row -> row.to().precision()))
                .map(Row::rule)
                .filter(rule -> rule.least() > 0);
    }

    static List<Row> read(List<Map<String, String>> table) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> line : table) {
            Row row = read(line);
            if (rows.stream().anyMatch(other -> sameCase(other, row))) {
                throw wrong(line, "names what another row names");
            }
            rows.add(row);
        }
        for (Kind kind : Kind.values()) {
            if (rows.stream()
                    .noneMatch(row -> row.rule().kind() == kind && row.to().precision() == 0)) {
                throw new IllegalStateException("Table " + TABLE + ": no row " + kind + ",*,*,* for all the rest");
            }
        }
        return List.copyOf(rows);
    }

    private static boolean sameCase(Row one, Row other) {
        return one.rule().kind() == other.rule().kind() && one.to().equals(other.to());
    }

    private static Row read(Map<String, String> line) {
        String family = line.getOrDefault("family", "");
        if (!family.equals(AppliesTo.ANY) && !IncidentFamilies.all().contains(family)) {
            throw wrong(line, "names a family that is none");
        }
        AppliesTo to = appliesTo(line, family);
        try {
            Rule rule = new Rule(
                    Kind.valueOf(line.getOrDefault("kind", "")),
                    Period.parse(line.getOrDefault("within", "")),
                    Integer.parseInt(line.getOrDefault("least", "")));
            boolean none = rule.least() == 0;
            if (!none && (rule.least() < 2 || rule.least() > MOST)
                    || rule.within().isZero()
                    || rule.within().isNegative()) {
                throw wrong(line, "needs a time back and 2 to " + MOST + " cases, or 0 for none ever");
            }
            return new Row(to, rule);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw wrong(line, "has a kind, a time or a number that nobody can read");
        }
    }

    private static AppliesTo appliesTo(Map<String, String> line, String family) {
        try {
            return AppliesTo.read(line, family);
        } catch (IllegalArgumentException wrong) {
            throw wrong(line, String.valueOf(wrong.getMessage()));
        }
    }

    private static IllegalStateException wrong(Map<String, String> line, String why) {
        return new IllegalStateException("Table " + TABLE + ": row " + line + " " + why);
    }
}
