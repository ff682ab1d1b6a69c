package sallyport.simulators.police;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a force reads out of a package, wherever in it that stands: no more than a case reference, a version and the incident it
 * is about. A field named for it wins over the same pattern elsewhere.
 */
record Contents(@Nullable String caseReference, @Nullable Integer version, @Nullable String incident) {

    private static final Pattern CASE = Pattern.compile("\\bSP-\\d{4}-\\d{6,}\\b");
    private static final Pattern INCIDENT = Pattern.compile("\\b5\\d{7}\\b");
    private static final Pattern VERSION = Pattern.compile("(?i)\\bversion\\D{0,3}(\\d{1,5})\\b");

    static Contents of(byte[] text, JsonNode json, Predicate<String> knownIncident) {
        String plain = new String(text, StandardCharsets.UTF_8);
        String caseReference = field(json, "caseReference")
                .map(JsonNode::asText)
                .or(() -> first(CASE, plain, 0, found -> true))
                .orElse(null);
        Integer version = field(json, "packageVersion")
                .or(() -> field(json, "version"))
                .filter(node -> node.canConvertToInt() || node.asText().matches("\\d{1,5}"))
                .map(JsonNode::asInt)
                .or(() -> first(VERSION, plain, 1, found -> true).map(Integer::valueOf))
                .orElse(null);
        return new Contents(
                caseReference, version, first(INCIDENT, plain, 0, knownIncident).orElse(null));
    }

    /** Breadth first, so that a version at the top is not mistaken for one of a part. */
    private static Optional<JsonNode> field(JsonNode json, String name) {
        ArrayDeque<JsonNode> queue = new ArrayDeque<>();
        queue.add(json);
        while (!queue.isEmpty()) {
            JsonNode node = queue.remove();
            if (node.hasNonNull(name) && node.get(name).isValueNode()) {
                return Optional.of(node.get(name));
            }
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                queue.add(child.getValue());
            }
            if (node.isArray()) {
                node.forEach(queue::add);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(Pattern pattern, String text, int group, Predicate<String> wanted) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (wanted.test(matcher.group(group))) {
                return Optional.of(matcher.group(group));
            }
        }
        return Optional.empty();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
