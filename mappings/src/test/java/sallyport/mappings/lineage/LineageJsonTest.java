package sallyport.mappings.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lineage as a file. */
class LineageJsonTest {

    @ParameterizedTest
    @MethodSource("cases")
    void obeysItsSchemaAndIsTheSameBytesAgain(TracedCase traced) throws IOException {
        byte[] written = written(traced);
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(LineageJson.schemaText());
        assertThat(schema.validate(new JsonMapper().readTree(written))).isEmpty();
        assertThat(written(traced)).isEqualTo(written);
    }

    /** No text of anybody, no number of anybody and no day of anybody: only the places in which they stand. */
    @ParameterizedTest
    @MethodSource("cases")
    void namesRecordsAndPlacesAndNoValue(TracedCase traced) {
        JsonNode pkg = traced.json();
        Set<String> values = new TreeSet<>();
        for (String part : List.of(
                "persons", "staff", "caseNotes", "adjudications", "useOfForce", "injuries", "answers", "exhibits")) {
            addTexts(pkg.path(part), values);
        }
        values.add(pkg.at("/incident/title").asText());
        values.add(pkg.at("/incident/description").asText());
        // A word for where something is from, in both.
        values.remove(FieldOrigin.Kind.PERSON.name());
        Set<String> said = new TreeSet<>();
        addTexts(TracedCase.parse(written(traced)), said);
        assertThat(values).isNotEmpty();
        for (String value : values) {
            assertThat(said)
                    .as("the value %s", value)
                    .noneMatch(text -> text.equals(value) && !isNameOfARecord(traced, value));
            if (value.contains(" ") && value.length() > 5) {
                assertThat(said).as("the value %s", value).noneMatch(text -> text.contains(value));
            }
        }
    }

    /** Reports and notes are named by their numbers, in the package and here. */
    private static boolean isNameOfARecord(TracedCase traced, String value) {
        return traced.records().stream().anyMatch(record -> record.recordId().equals(value));
    }

    private static byte[] written(TracedCase traced) {
        return LineageJson.write(traced.lineage(new HashSet<>()), "a".repeat(64));
    }

    static List<TracedCase> cases() {
        List<TracedCase> cases = new ArrayList<>(OtherRecords.all());
        cases.add(LineageMappingTest.answeredWithEverything());
        cases.add(LineageMappingTest.numbersOfEveryKind());
        return cases;
    }

    private static void addTexts(JsonNode node, Set<String> into) {
        if (node.isTextual()) {
            into.add(node.asText());
        }
        node.forEach(child -> addTexts(child, into));
    }
}
