package sallyport.mappings.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.event.DomainEvent;

/** The examples in the partners' own documents, and payloads drawn from them, are read; {@code make contracts DIR=…} names where they are. */
class PartnerPayloadsTest {

    private static final int PAYLOADS = 1_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @SuppressWarnings("unused")
    private static final List<String> SYSTEMS = ContractFacts.SYSTEMS;

    @ParameterizedTest
    @FieldSource("SYSTEMS")
    void everyPayloadTheirDocumentAllowsIsRead(String system) throws IOException {
        JsonNode facts = partnerFacts(system);
        ValidPayloads payloads = new ValidPayloads(facts);

        List<String> refused = new ArrayList<>();
        for (long seed = 0; seed < PAYLOADS; seed++) {
            JsonNode payload = payloads.root(new Random(seed));
            try {
                Readers.read(system, ValidPayloads.bytes(payload));
            } catch (Rejected rejected) {
                refused.add("seed " + seed + ": " + rejected.getMessage());
            }
        }

        assertThat(refused).isEmpty();
        report(
                "%s: %d payloads drawn from %d schemas, all read",
                system, PAYLOADS, facts.path("schema").size());
    }

    @ParameterizedTest
    @FieldSource("SYSTEMS")
    void everyExampleOfTheirDocumentIsRead(String system) throws IOException {
        JsonNode schemas = document(system + "-api-docs.json").at("/components/schemas");
        JsonNode facts = partnerFacts(system);
        Examples examples = new Examples(schemas, facts);

        JsonNode payload = examples.of(facts.at("/root/name").asText());
        JsonNode document =
                facts.at("/root/array").asBoolean() ? JSON.arrayNode().add(payload) : payload;

        Readers.read(system, ValidPayloads.bytes(document));
        report(
                "%s: %d examples of fields, all read; %d that are not what their own schema allows: %s",
                system, examples.taken, examples.wrong.size(), examples.wrong);
    }

    @Test
    void everyExampleOfAnEventIsRead() throws IOException {
        List<String> refused = new ArrayList<>();
        int read = 0;
        try (Stream<Path> files = Files.list(folder().resolve("events"))) {
            for (Path file : files.sorted().toList()) {
                JsonNode payload =
                        event(new YAMLMapper().readTree(file.toFile()).path("payload"));
                ObjectNode envelope = JSON.objectNode();
                envelope.put("Type", "Notification").put("MessageId", "m").put("Message", payload.toString());
                envelope.putObject("MessageAttributes")
                        .putObject("eventType")
                        .put("Type", "String")
                        .put("Value", payload.path("eventType").asText());
                try {
                    DomainEvent event = DomainEvent.read(ValidPayloads.bytes(envelope));
                    assertThat(event.eventType())
                            .as(file.getFileName().toString())
                            .isEqualTo(payload.path("eventType").asText());
                    read++;
                } catch (Rejected rejected) {
                    refused.add(file.getFileName() + ": " + rejected.getMessage() + " in " + payload);
                }
            }
        }

        assertThat(refused).isEmpty();
        report("events: %d documents, the example of each is read", read);
    }

    /** Objects of examples; what has none, or has one that its own schema forbids, is drawn. */
    private static final class Examples {

        private final JsonNode schemas;
        private final JsonNode facts;
        private final List<String> wrong = new ArrayList<>();
        private int taken;

        private Examples(JsonNode schemas, JsonNode facts) {
            this.schemas = schemas;
            this.facts = facts;
        }

        private ObjectNode of(String schema) {
            ObjectNode object = new ValidPayloads(facts).object(schema, new Random(1));
            for (Map.Entry<String, JsonNode> field :
                    facts.path("schema").path(schema).properties()) {
                JsonNode fact = field.getValue();
                JsonNode property = schemas.path(schema).path("properties").path(field.getKey());
                JsonNode value = fact.has("ref") ? of(fact.path("ref").asText()) : example(property, fact);
                if (value == null) {
                    continue;
                }
                if (!fact.has("ref")) {
                    if (!allowed(value, fact)) {
                        wrong.add(schema + "." + field.getKey());
                        continue;
                    }
                    taken++;
                }
                boolean single = fact.path("array").asBoolean() && !value.isArray();
                object.set(field.getKey(), single ? JSON.arrayNode().add(value) : value);
            }
            return object;
        }

        private static JsonNode example(JsonNode property, JsonNode fact) {
            for (JsonNode place : List.of(property, property.path("items"))) {
                if (place.has("example")) {
                    return place.get("example");
                }
                if (place.path("examples").has(0)) {
                    return place.path("examples").get(0);
                }
            }
            return null;
        }

        private static boolean allowed(JsonNode value, JsonNode fact) {
            if (value instanceof ArrayNode list) {
                for (JsonNode entry : list) {
                    if (!allowed(entry, fact)) {
                        return false;
                    }
                }
                return fact.path("array").asBoolean();
            }
            if (value.isNull()) {
                return fact.path("nullable").asBoolean();
            }
            if (fact.has("enum")) {
                for (JsonNode code : fact.path("enum")) {
                    if (code.equals(value)) {
                        return true;
                    }
                }
                return false;
            }
            return switch (fact.path("type").asText()) {
                case "string" ->
                    value.isTextual()
                            && fits(value.asText(), fact.path("format").asText());
                case "integer" -> value.isIntegralNumber();
                case "number" -> value.isNumber();
                default -> value.isBoolean();
            };
        }

        private static boolean fits(String text, String format) {
            return switch (format) {
                case "date" -> text.matches("\\d{4}-\\d\\d-\\d\\d");
                case "date-time" -> text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
                case "uuid" -> text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
                default -> true;
            };
        }
    }

    private static JsonNode event(JsonNode schema) {
        for (String said : List.of("const", "example")) {
            if (schema.has(said)) {
                return schema.get(said);
            }
        }
        if (schema.path("enum").has(0)) {
            return schema.path("enum").get(0);
        }
        if (schema.path("examples").has(0)) {
            return schema.path("examples").get(0);
        }
        if (schema.has("properties")) {
            ObjectNode object = JSON.objectNode();
            schema.path("properties")
                    .properties()
                    .forEach(field -> object.set(field.getKey(), event(field.getValue())));
            return object;
        }
        if (schema.has("items")) {
            JsonNode items = schema.get("items");
            return JSON.arrayNode().add(event(items.isArray() ? items.get(0) : items));
        }
        return JSON.textNode("text");
    }

    private static JsonNode partnerFacts(String system) throws IOException {
        return ContractFacts.of(
                document(system + "-api-docs.json"), ContractFacts.facts(system).path("root"));
    }

    private static JsonNode document(String file) throws IOException {
        return new ObjectMapper().readTree(folder().resolve(file).toFile());
    }

    private static Path folder() {
        String folder = System.getProperty("contracts.dir", "");
        assumeTrue(!folder.isEmpty(), "contracts.dir is not set");
        return Path.of(folder, "hmpps");
    }

    /** The figures are what {@code make contracts} is asked for. */
    private static void report(String words, Object... values) {
        System.out.printf(words + "%n", values);
    }
}
