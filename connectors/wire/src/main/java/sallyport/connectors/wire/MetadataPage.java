package sallyport.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code {content, metadata: {totalElements, page, size}}}, numbered from 1. Another shape is {@link Unavailable}. */
public record MetadataPage(JsonNode content, long total, boolean last) implements Page {

    public static final int FIRST = 1;

    public static MetadataPage read(byte[] raw) {
        JsonNode page = Json.read(raw);
        JsonNode content = page.path("content");
        JsonNode metadata = page.path("metadata");
        JsonNode total = metadata.path("totalElements");
        JsonNode number = metadata.path("page");
        JsonNode size = metadata.path("size");
        if (!content.isArray() || !total.canConvertToLong() || !number.canConvertToInt() || !size.canConvertToInt()) {
            throw Json.unexpected();
        }
        return new MetadataPage(
                content, total.asLong(), content.isEmpty() || (long) number.asInt() * size.asInt() >= total.asLong());
    }
}
