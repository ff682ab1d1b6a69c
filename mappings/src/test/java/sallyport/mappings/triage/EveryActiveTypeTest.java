package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.table.CsvTable;

/** Every type that can be reported today has a golden case for each end it can have: referred, cleared, for a person. */
class EveryActiveTypeTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path CASES = Path.of("src/test/resources/golden/triage");
    private static final Map<String, Set<End>> ENDS_BY_TYPE = endsByType();

    /** Where a verdict leads; {@code word} is how {@code families.csv} says that a family never gets there. */
    private enum End {
        REFERRED("referred"),
        CLEARED("cleared"),
        FOR_A_PERSON("for a person");

        private final String word;

        End(String word) {
            this.word = word;
        }

        static End of(Verdict.Kind kind) {
            return switch (kind) {
                case MANDATORY, DISCRETIONARY -> REFERRED;
                case NOT_REFERABLE -> CLEARED;
                case NEEDS_REVIEW -> FOR_A_PERSON;
            };
        }
    }

    @TestFactory
    Stream<DynamicTest> hasACaseForEachEnd() {
        return activeTypes().entrySet().stream()
                .map(type -> dynamicTest(type.getValue(), () -> {
                    Map<String, String> row = family(type.getKey());
                    Set<End> shown = ENDS_BY_TYPE.getOrDefault(type.getValue(), Set.of());
                    for (End end : End.values()) {
                        if (!never(row).contains(end.word)) {
                            assertThat(shown)
                                    .as("%s has no case under %s that is %s", type.getValue(), CASES, end.word)
                                    .contains(end);
                        }
                    }
                }));
    }

    /** So that nothing is excused from a case that the rules can reach, and nothing is promised that they cannot. */
    @TestFactory
    Stream<DynamicTest> neverSaysExactlyWhatTheRulesCannotReach() {
        return CsvTable.rows("sallyport/triage/families.csv").stream()
                .map(row -> dynamicTest(row.get("family"), () -> {
                    Set<String> unreachable = Stream.of(End.REFERRED, End.CLEARED)
                            .filter(end -> !reachable(row).contains(end))
                            .map(end -> end.word)
                            .collect(Collectors.toSet());
                    assertThat(never(row)).isEqualTo(unreachable);
                    assertThat(row.get("neverBecause").isEmpty()).isEqualTo(unreachable.isEmpty());
                }));
    }

    @Test
    void everyReasonOfEveryCaseIsSaidInWords() {
        for (Path folder : cases()) {
            assertThat(Triage.rules().decide(report(folder)).reasons())
                    .as(folder.toString())
                    .isNotEmpty()
                    .allSatisfy(reason -> assertThat(reason.explanation()).isNotBlank());
        }
    }

    @Test
    void thereAreThirtyOneActiveTypes() {
        assertThat(activeTypes()).hasSize(31).containsEntry("ASSAULT", "ASSAULT_5");
    }

    /** The newest version of each active family: an older one can be corrected, but is not begun any more. */
    private static Map<String, String> activeTypes() {
        Set<String> active = CsvTable.rows("sallyport/incident/families.csv").stream()
                .filter(row -> row.get("active").equals("yes"))
                .map(row -> row.get("family"))
                .collect(Collectors.toSet());
        Map<String, Integer> newest = new TreeMap<>();
        for (JsonNode type : facts().at("/schema/ReportWithDetails/type/enum")) {
            int end = type.asText().lastIndexOf('_');
            String family = type.asText().substring(0, end);
            if (active.contains(family)) {
                newest.merge(family, Integer.valueOf(type.asText().substring(end + 1)), Math::max);
            }
        }
        assertThat(newest.keySet()).isEqualTo(active);
        Map<String, String> types = new TreeMap<>();
        newest.forEach((family, version) -> types.put(family, family + "_" + version));
        return types;
    }

    /** What the family's own rules and those of every family can lead to. */
    private static Set<End> reachable(Map<String, String> family) {
        Set<String> conditional = CsvTable.rows("sallyport/triage/conditions.csv").stream()
                .map(row -> row.get("ruleId"))
                .collect(Collectors.toSet());
        Set<Verdict.Kind> sometimes = EnumSet.noneOf(Verdict.Kind.class);
        Set<Verdict.Kind> always = EnumSet.noneOf(Verdict.Kind.class);
        for (Map<String, String> rule : CsvTable.rows("sallyport/triage/rules.csv")) {
            if (Set.of(family.get("family"), "*").contains(rule.get("family"))) {
                (conditional.contains(rule.get("ruleId")) ? sometimes : always)
                        .add(Verdict.Kind.valueOf(rule.get("verdict")));
            }
        }
        if (always.isEmpty()) {
            sometimes.add(Verdict.Kind.valueOf(family.get("verdict")));
        } else {
            // The first kind wins, so a rule that always holds hides the later ones.
            Verdict.Kind floor = always.iterator().next();
            sometimes.removeIf(kind -> kind.compareTo(floor) > 0);
            sometimes.add(floor);
        }
        return sometimes.stream().map(End::of).collect(Collectors.toSet());
    }

    private static Map<String, String> family(String name) {
        return CsvTable.rows("sallyport/triage/families.csv").stream()
                .filter(row -> row.get("family").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> never(Map<String, String> family) {
        return Stream.of(family.get("never").split("\\|"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Map<String, Set<End>> endsByType() {
        Map<String, Set<End>> ends = new HashMap<>();
        for (Path folder : cases()) {
            IncidentReport report = report(folder);
            ends.computeIfAbsent(report.type(), type -> EnumSet.noneOf(End.class))
                    .add(End.of(Triage.rules().decide(report).kind()));
        }
        return ends;
    }

    private static IncidentReport report(Path folder) {
        try {
            return IncidentReport.read(Files.readAllBytes(folder.resolve("in.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> cases() {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode facts() {
        try (InputStream in = EveryActiveTypeTest.class.getResourceAsStream("/sallyport/facts/incidents.json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
