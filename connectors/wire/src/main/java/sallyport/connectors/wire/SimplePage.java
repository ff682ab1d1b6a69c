package sallyport.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code {content, number, totalElements, totalPages, …}}, numbered from 0. Another shape is {@link Unavailable}. */
public record SimplePage(JsonNode content, long total, boolean last) implements Page {

    public static final int FIRST = 0;

    public static SimplePage read(byte[] raw) {
        JsonNode page = Json.read(raw);
        JsonNode content = page.path("content");
        JsonNode number = page.path("number");
        JsonNode pages = page.path("totalPages");
        JsonNode total = page.path("totalElements");
        if (!content.isArray()
                || !total.canConvertToLong()
                || !number.canConvertToLong()
                || !pages.canConvertToLong()) {
            throw Json.unexpected();
        }
        return new SimplePage(content, total.asLong(), content.isEmpty() || number.asLong() + 1 >= pages.asLong());
    }
}
