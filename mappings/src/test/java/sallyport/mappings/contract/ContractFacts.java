package sallyport.mappings.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Our fact files about the partners' schemas (field, type, required, nullable, enum) and how they differ from the partners' OpenAPI
 * documents; each difference is one line that names the field.
 */
final class ContractFacts {

    /** The partners whose payloads are read here, by the name of their fact file and of their document. */
    static final List<String> SYSTEMS =
            List.of("incidents", "casenotes", "adjudications", "alerts", "prisoner-search", "prison-register");

    /** Those and the one whose facts stand in no document that could be compared. */
    static final List<String> READ =
            Stream.concat(SYSTEMS.stream(), Stream.of("documents")).toList();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ContractFacts() {}

    static JsonNode facts(String system) {
        String resource = "/sallyport/facts/" + system + ".json";
        try (InputStream in = ContractFacts.class.getResourceAsStream(resource)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> differences(String system, JsonNode facts, JsonNode openApi) {
        List<String> differences = new ArrayList<>();
        JsonNode partner = openApi.at("/components/schemas");
        JsonNode ours = facts.get("schema");
        for (String schema : reachable(facts.at("/root/name").asText(), partner)) {
            if (!ours.has(schema)) {
                differences.add(system + ": " + schema + " is new");
                continue;
            }
            compare(system + ": " + schema, ours.get(schema), partner.get(schema), differences);
        }
        names(ours).stream()
                .filter(schema -> !partner.has(schema))
                .forEach(schema -> differences.add(system + ": " + schema + " is gone"));
        return differences;
    }

    /** A fact file made from a partner's document: what {@link #facts} would say if nothing differed. */
    static JsonNode of(JsonNode openApi, JsonNode root) {
        JsonNode partner = openApi.at("/components/schemas");
        ObjectNode facts = MAPPER.createObjectNode();
        facts.set("root", root);
        ObjectNode schemas = facts.putObject("schema");
        for (String schema : reachable(root.path("name").asText(), partner)) {
            Set<String> required = texts(partner.path(schema).path("required"));
            ObjectNode fields = schemas.putObject(schema);
            partner.path(schema)
                    .path("properties")
                    .properties()
                    .forEach(field -> fields.set(
                            field.getKey(),
                            Shape.ofProperty(field.getValue(), required.contains(field.getKey()))
                                    .fact()));
        }
        return facts;
    }

    private static void compare(String schema, JsonNode ours, JsonNode partner, List<String> differences) {
        Set<String> required = texts(partner.path("required"));
        Set<String> fields = new TreeSet<>(names(ours));
        fields.addAll(names(partner.path("properties")));
        for (String field : fields) {
            String place = schema + "." + field;
            JsonNode theirs = partner.path("properties").get(field);
            JsonNode known = ours.get(field);
            if (theirs == null) {
                differences.add(place + " is gone");
            } else if (known == null) {
                differences.add(place + " is new");
            } else {
                Shape expected = Shape.ofFact(known);
                Shape found = Shape.ofProperty(theirs, required.contains(field));
                if (!expected.equals(found)) {
                    differences.add(place + " was " + expected + " and is " + found);
                }
            }
        }
    }

    private static Set<String> reachable(String root, JsonNode schemas) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            String schema = open.pop();
            if (reached.add(schema)) {
                schemas.path(schema).path("properties").findValuesAsText("$ref").stream()
                        .map(ContractFacts::lastPart)
                        .forEach(open::push);
            }
        }
        return reached;
    }

    private static String lastPart(String ref) {
        return ref.substring(ref.lastIndexOf('/') + 1);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** What a fact file says about a field, whichever version of OpenAPI the partner writes. */
    private record Shape(
            String type,
            String format,
            boolean array,
            String ref,
            boolean required,
            boolean nullable,
            Set<String> codes) {

        static Shape ofFact(JsonNode fact) {
            return new Shape(
                    fact.path("type").asText(),
                    fact.path("format").asText(),
                    fact.path("array").asBoolean(),
                    fact.path("ref").asText(),
                    fact.path("required").asBoolean(),
                    fact.path("nullable").asBoolean(),
                    texts(fact.path("enum")));
        }

        static Shape ofProperty(JsonNode property, boolean required) {
            Set<String> types = types(property);
            boolean nullable = types.remove("null") || property.path("nullable").asBoolean();
            JsonNode target = property;
            for (JsonNode alternative : property.path("oneOf")) {
                if (types(alternative).contains("null")) {
                    nullable = true;
                } else {
                    target = alternative;
                }
            }
            boolean array = types.contains("array");
            JsonNode item = array ? property.path("items") : target;
            String ref = lastPart(item.path("$ref").asText());
            Set<String> itemTypes = types(item);
            itemTypes.remove("null");
            return new Shape(
                    ref.isEmpty() ? String.join(",", itemTypes) : "object",
                    item.path("format").asText(),
                    array,
                    ref,
                    required,
                    nullable,
                    codes(item));
        }

        ObjectNode fact() {
            ObjectNode fact = MAPPER.createObjectNode();
            fact.put("type", type).put("format", format).put("array", array);
            fact.put("required", required).put("nullable", nullable);
            if (!ref.isEmpty()) {
                fact.put("ref", ref);
            }
            if (!codes.isEmpty()) {
                codes.forEach(fact.putArray("enum")::add);
            }
            return fact;
        }

        private static Set<String> codes(JsonNode item) {
            Set<String> codes = new TreeSet<>();
            item.path("enum").forEach(code -> {
                if (!code.isNull()) {
                    codes.add(code.asText());
                }
            });
            return codes;
        }

        private static Set<String> types(JsonNode schema) {
            JsonNode type = schema.path("type");
            return type.isArray()
                    ? texts(type)
                    : new HashSet<>(type.isMissingNode() ? Set.of() : Set.of(type.asText()));
        }
    }
}
