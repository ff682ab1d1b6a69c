package sallyport.simulators.world;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.CsvTable;

/**
 * One kind of incident: its type, who is in it and the answers given, in the order in which the real form asks.
 *
 * @param victimRole of a prisoner, if one is a victim
 * @param staffRole of the one member of staff named
 * @param placedOnReport whether an adjudication follows
 * @param answers question code to answer codes
 */
public record Scenario(
        String name,
        int weight,
        String type,
        Expected expected,
        String suspectRole,
        int suspects,
        @Nullable String victimRole,
        String staffRole,
        boolean placedOnReport,
        String title,
        Map<String, List<String>> answers) {

    public static List<Scenario> readAll() {
        return CsvTable.rows("scenarios.csv").stream().map(Scenario::of).toList();
    }

    private static Scenario of(Map<String, String> row) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String answer : row.get("answers").split(" ")) {
            String[] parts = answer.split("=");
            answers.put(parts[0], Arrays.asList(parts[1].split("\\+")));
        }
        String victim = row.get("victim_role");
        return new Scenario(
                row.get("scenario"),
                Integer.parseInt(row.get("weight")),
                row.get("type"),
                Expected.valueOf(row.get("expected").toUpperCase(Locale.ROOT).replace('-', '_')),
                row.get("suspect_role"),
                Integer.parseInt(row.get("suspects")),
                victim.isEmpty() ? null : victim,
                row.get("staff_role"),
                row.get("placed_on_report").equals("yes"),
                row.get("title"),
                answers);
    }
}
