package sallyport.mappings.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Another value in any field of a payload is another record; where it is not, the field is on the list of what is left out. */
class NothingLostTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @SuppressWarnings("unused")
    private static final List<String> SYSTEMS = ContractFacts.READ;

    /** A value of the contract, and where it stands: field names only, a list is its one entry. */
    private record Leaf(String path, JsonNode fact) {}

    @ParameterizedTest
    @FieldSource("SYSTEMS")
    void onlyWhatIsListedIsLeftOut(String system) throws IOException {
        JsonNode facts = ContractFacts.facts(system);
        String root = facts.at("/root/name").asText();
        List<Leaf> leaves = new ArrayList<>();
        leaves(facts, root, "", leaves);
        Object read = Readers.read(system, payload(facts, root, ""));
        TreeSet<String> lost = new TreeSet<>();
        for (Leaf leaf : leaves) {
            if (leaf.fact().path("enum").size() != 1
                    && read.equals(Readers.read(system, payload(facts, root, leaf.path())))) {
                lost.add(leaf.path());
            }
        }

        assertThat(shortest(lost, leaves))
                .containsExactlyElementsOf(
                        Files.readAllLines(Path.of("src/test/resources/contract/left-out/" + system + ".txt")));
    }

    private static void leaves(JsonNode facts, String schema, String at, List<Leaf> leaves) {
        for (Map.Entry<String, JsonNode> field :
                facts.path("schema").path(schema).properties()) {
            String path = at + "/" + field.getKey();
            if (field.getValue().has("ref")) {
                leaves(facts, field.getValue().path("ref").asText(), path, leaves);
            } else {
                leaves.add(new Leaf(path, field.getValue()));
            }
        }
    }

    /** Of whole objects that are left out, only the object. */
    private static TreeSet<String> shortest(TreeSet<String> lost, List<Leaf> leaves) {
        TreeSet<String> shortest = new TreeSet<>();
        for (String path : lost) {
            String object = path;
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                String around = path.substring(0, slash + 1);
                if (leaves.stream()
                        .map(Leaf::path)
                        .filter(leaf -> leaf.startsWith(around))
                        .allMatch(lost::contains)) {
                    object = path.substring(0, slash);
                    break;
                }
            }
            shortest.add(object);
        }
        return shortest;
    }

    private static byte[] payload(JsonNode facts, String root, String other) {
        JsonNode object = object(facts, root, "", other);
        return ValidPayloads.bytes(
                facts.at("/root/array").asBoolean() ? JSON.arrayNode().add(object) : object);
    }

    private static ObjectNode object(JsonNode facts, String schema, String at, String other) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> field :
                facts.path("schema").path(schema).properties()) {
            String path = at + "/" + field.getKey();
            JsonNode fact = field.getValue();
            JsonNode value = fact.has("ref")
                    ? object(facts, fact.path("ref").asText(), path, other)
                    : value(fact, path.equals(other));
            object.set(field.getKey(), fact.path("array").asBoolean() ? list(value) : value);
        }
        return object;
    }

    private static ArrayNode list(JsonNode entry) {
        return JSON.arrayNode().add(entry);
    }

    private static JsonNode value(JsonNode fact, boolean other) {
        if (fact.has("enum")) {
            return fact.path("enum").get(other && fact.path("enum").size() > 1 ? 1 : 0);
        }
        return switch (fact.path("type").asText() + " " + fact.path("format").asText()) {
            case "boolean " -> JSON.booleanNode(other);
            case "string date-time" -> JSON.textNode(other ? "2026-08-03T09:40:01" : "2026-08-03T09:40:00");
            case "string date" -> JSON.textNode(other ? "2026-08-04" : "2026-08-03");
            case "string uuid" ->
                JSON.textNode(other ? "0198a5c6-7b1a-7c3e-9d2f-000000000002" : "0198a5c6-7b1a-7c3e-9d2f-000000000001");
            default ->
                fact.path("type").asText().equals("string")
                        ? JSON.textNode(other ? "another" : "one")
                        : JSON.numberNode(other ? 2 : 1);
        };
    }
}
