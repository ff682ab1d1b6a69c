package sallyport.mappings.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any payload that is valid under a fact file, with the corners that real ones have: nulls, absences, odd text, odd times, news. */
public final class ValidPayloads {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Escapes everything beyond ASCII, so that U+0000 and lone halves of surrogate pairs arrive as they would on the wire. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true)
            .build();

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "an ordinary sentence",
            "null",
            "A1234BC",
            "line\r\n\ttab",
            "\u0000",
            "x\u0000\u0001\u001F\u007F\u0085y",
            "\uD83D",
            "\uDE00 low first \uD83D\uDE00",
            "\uFFFE\uFFFF",
            "Llanfairpwllgwyngyll Ŵ ŷ 囚 \u202E",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///'>]>&e;",
            "{\"nested\": \"json\"}",
            "'; drop table report; --");
    private static final List<String> TIMES = List.of(
            "2026-08-03T09:40:00",
            "2026-10-25T01:30:00",
            "2026-03-29T01:30:00",
            "2024-02-29T23:59:59",
            "0000-01-01T12:00:00",
            "9999-12-31T12:00:00",
            "1990-12-31T23:59:60");

    private final JsonNode facts;

    public ValidPayloads(String system) {
        this(ContractFacts.facts(system));
    }

    ValidPayloads(JsonNode facts) {
        this.facts = facts;
    }

    Arbitrary<JsonNode> arbitrary() {
        return Arbitraries.randomValue(this::root);
    }

    public static byte[] bytes(JsonNode payload) {
        try {
            return MAPPER.writeValueAsBytes(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root(Random random) {
        String name = facts.at("/root/name").asText();
        if (!facts.at("/root/array").asBoolean()) {
            return object(name, random);
        }
        ArrayNode array = JSON.arrayNode();
        for (int i = size(random); i > 0; i--) {
            array.add(object(name, random));
        }
        return array;
    }

    ObjectNode object(String schema, Random random) {
        List<Map.Entry<String, JsonNode>> fields =
                new ArrayList<>(facts.path("schema").path(schema).properties());
        Collections.shuffle(fields, random);
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> field : fields) {
            JsonNode fact = field.getValue();
            if (!fact.path("required").asBoolean() && random.nextInt(3) == 0) {
                continue;
            }
            if (fact.path("nullable").asBoolean() && random.nextInt(3) == 0) {
                object.putNull(field.getKey());
                continue;
            }
            object.set(field.getKey(), value(fact, random));
        }
        if (random.nextInt(4) == 0) {
            object.set("fieldOfTomorrow", news(random, 5));
        }
        return object;
    }

    private JsonNode value(JsonNode fact, Random random) {
        if (!fact.path("array").asBoolean()) {
            return item(fact, random);
        }
        ArrayNode array = JSON.arrayNode();
        for (int i = size(random); i > 0; i--) {
            array.add(item(fact, random));
        }
        return array;
    }

    private JsonNode item(JsonNode fact, Random random) {
        if (fact.has("ref")) {
            return object(fact.path("ref").asText(), random);
        }
        JsonNode codes = fact.path("enum");
        if (codes.isArray()) {
            return codes.get(random.nextInt(codes.size()));
        }
        String format = fact.path("format").asText();
        return switch (fact.path("type").asText()) {
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> integer(format, random);
            case "number" ->
                random.nextBoolean() ? JSON.numberNode(random.nextInt()) : JSON.numberNode(random.nextGaussian() * 1e6);
            case "string" -> JSON.textNode(text(format, random));
            default -> throw new IllegalStateException("A fact of a type nobody knows: " + fact);
        };
    }

    private static JsonNode integer(String format, Random random) {
        boolean wide = format.equals("int64");
        return switch (random.nextInt(4)) {
            case 0 -> wide ? JSON.numberNode(Long.MIN_VALUE) : JSON.numberNode(Integer.MIN_VALUE);
            case 1 -> wide ? JSON.numberNode(Long.MAX_VALUE) : JSON.numberNode(Integer.MAX_VALUE);
            case 2 -> JSON.numberNode(new BigDecimal("7.0"));
            default -> JSON.numberNode(random.nextInt());
        };
    }

    private static String text(String format, Random random) {
        return switch (format) {
            case "date-time" -> time(random);
            case "date" -> LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000).toString();
            case "uuid" -> {
                String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
                yield random.nextBoolean() ? uuid : uuid.toUpperCase(Locale.ROOT);
            }
            default ->
                random.nextInt(200) == 0 ? "long text \u0000 ".repeat(20_000) : TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private static String time(Random random) {
        StringBuilder time = new StringBuilder(TIMES.get(random.nextInt(TIMES.size())));
        int digits = random.nextInt(10);
        if (digits > 0) {
            time.append('.');
            for (int i = 0; i < digits; i++) {
                time.append(random.nextInt(10));
            }
        }
        return time.append(List.of("", "", "", "Z", "z", "+01:00", "-11:30").get(random.nextInt(7)))
                .toString();
    }

    private static JsonNode news(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.arrayNode().add(news(random, depth - 1)).add(1e300);
            case 2 -> JSON.objectNode().set("id", news(random, depth - 1));
            default -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private static int size(Random random) {
        return random.nextInt(20) == 0 ? 30 : random.nextInt(3);
    }
}
