package sallyport.simulators.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import sallyport.simulators.journal.Json;

/** What a partner answers. */
public record Answer(int status, byte[] body, Map<String, String> headers, Duration delay) {

    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Json.bytes(body), Map.of("Content-Type", "application/json"), Duration.ZERO);
    }

    public static Answer empty(int status) {
        return new Answer(status, new byte[0], Map.of(), Duration.ZERO);
    }

    /** The error body that all HMPPS services share. */
    public static Answer hmppsError(int status, int errorCode, String message) {
        return json(
                status,
                Json.object()
                        .put("status", status)
                        .put("errorCode", errorCode)
                        .put("userMessage", message)
                        .put("developerMessage", message)
                        .putNull("moreInfo"));
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more, delay);
    }

    public Answer after(Duration longer) {
        return new Answer(status, body, headers, longer);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
