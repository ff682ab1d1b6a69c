package sallyport.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** Spring Data's {@code {content, last, totalElements, …}}, numbered from 0. Another shape is {@link Unavailable}. */
public record SpringPage(JsonNode content, long total, boolean last) implements Page {

    public static final int FIRST = 0;

    public static SpringPage read(byte[] raw) {
        JsonNode page = Json.read(raw);
        JsonNode content = page.path("content");
        JsonNode last = page.path("last");
        JsonNode total = page.path("totalElements");
        if (!content.isArray() || !total.canConvertToLong() || !last.isBoolean()) {
            throw Json.unexpected();
        }
        return new SpringPage(content, total.asLong(), content.isEmpty() || last.asBoolean());
    }
}
