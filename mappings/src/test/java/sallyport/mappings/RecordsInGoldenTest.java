package sallyport.mappings;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.prisoneralert.PrisonerAlertPage;
import sallyport.mappings.prisonregister.Prison;
import sallyport.mappings.triage.Triage;

/** Every folder {@code golden/<mapping>/<case>} of a mapping of records coming in: what it reads, or the refusal it makes. */
class RecordsInGoldenTest {

    private static final Map<String, Function<byte[], Object>> MAPPINGS = new TreeMap<>(Map.of(
            "incident", IncidentReport::read,
            "case-notes", CaseNotePage::read,
            "adjudications", Adjudication::readAll,
            "prisoner-alerts", PrisonerAlertPage::read,
            "prisoners", Prisoner::readAll,
            "prisons", Prison::readAll,
            "triage", raw -> Triage.rules().decide(IncidentReport.read(raw))));

    @TestFactory
    Stream<DynamicTest> everyCaseIsReadOrRefusedAsItsFolderSays() {
        return MAPPINGS.keySet().stream().flatMap(mapping -> cases(mapping)
                .map(folder ->
                        dynamicTest(mapping + "/" + folder.getFileName(), () -> check(MAPPINGS.get(mapping), folder))));
    }

    private static void check(Function<byte[], Object> mapping, Path folder) throws IOException {
        byte[] in = Files.readAllBytes(folder.resolve("in.json"));
        Path rejection = folder.resolve("rejected.txt");
        try {
            JsonNode read = json(mapping.apply(in));
            assertThat(rejection).as("read although it should be rejected").doesNotExist();
            assertThatJson(read).isEqualTo(Files.readString(folder.resolve("out.json")));
        } catch (Rejected rejected) {
            assertThat(rejected.code() + " " + rejected.where())
                    .isEqualTo(Files.readString(rejection).strip());
        }
    }

    private static Stream<Path> cases(String mapping) {
        try (Stream<Path> folders = Files.list(Path.of(
                RecordsInGoldenTest.class.getResource("/golden/" + mapping).toURI()))) {
            List<Path> sorted = folders.sorted().toList();
            assertThat(sorted).isNotEmpty();
            return sorted.stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record as a tree by its component names; the version of the rules is left out, it changes with every table. */
    static JsonNode json(@Nullable Object value) {
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> array.add(json(item)));
            return array;
        }
        if (value instanceof Record composite) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (RecordComponent component : composite.getClass().getRecordComponents()) {
                if (!component.getName().equals("ruleVersion")) {
                    object.set(component.getName(), json(valueOf(component, composite)));
                }
            }
            return object;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return new ObjectMapper().valueToTree(value);
        }
        return JsonNodeFactory.instance.textNode(value.toString());
    }

    private static @Nullable Object valueOf(RecordComponent component, Record composite) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(composite);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
