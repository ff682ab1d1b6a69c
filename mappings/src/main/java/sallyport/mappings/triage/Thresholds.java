package sallyport.mappings.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.table.AppliesTo;

/** How long or how much a rule asks for, by prison and force. */
final class Thresholds {

    private record Line(AppliesTo to, String value) {}

    private final Map<String, List<Line>> lines = new HashMap<>();

    /** A value that depends on where it happened. */
    static final class Threshold<T> {

        private record Row<T>(AppliesTo to, T value) {}

        private final List<Row<T>> rows = new ArrayList<>();

        T at(String prison) {
            String force = PrisonForces.suggestion(prison)
                    .map(found -> found.force().value())
                    .orElse(null);
            return rows.stream()
                    .filter(row -> row.to().fits(prison, force, AppliesTo.ANY))
                    .max(Comparator.comparingInt(row -> row.to().precision()))
                    .orElseThrow()
                    .value();
        }
    }

    void add(Map<String, String> row) {
        List<Line> others = lines.computeIfAbsent(row.get("threshold"), name -> new ArrayList<>());
        AppliesTo to = AppliesTo.read(row, AppliesTo.ANY);
        if (others.stream().anyMatch(other -> other.to().equals(to))) {
            throw new IllegalArgumentException("names what another row names");
        }
        others.add(new Line(to, row.get("value")));
    }

    /** @throws IllegalArgumentException when the table does not have it for all prisons, or a value cannot be read */
    <T> Threshold<T> of(String name, Function<String, T> read) {
        Threshold<T> threshold = new Threshold<>();
        for (Line line : lines.getOrDefault(name, List.of())) {
            threshold.rows.add(new Threshold.Row<>(line.to(), read.apply(line.value())));
        }
        if (threshold.rows.stream().noneMatch(row -> row.to().precision() == 0)) {
            throw new IllegalArgumentException("thresholds.csv has no " + name + ",*,* for all the rest");
        }
        return threshold;
    }
}
