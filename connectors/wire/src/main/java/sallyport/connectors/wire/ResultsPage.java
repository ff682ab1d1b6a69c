package sallyport.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * {@code {request: {page, pageSize}, results, totalResultsCount}}, numbered from 0: what was asked comes back with the page. Another
 * shape is {@link Unavailable}.
 */
public record ResultsPage(JsonNode content, long total, boolean last) implements Page {

    public static final int FIRST = 0;

    public static ResultsPage read(byte[] raw) {
        JsonNode page = Json.read(raw);
        JsonNode content = page.path("results");
        JsonNode total = page.path("totalResultsCount");
        JsonNode number = page.at("/request/page");
        JsonNode size = page.at("/request/pageSize");
        if (!content.isArray() || !total.canConvertToLong() || !number.canConvertToInt() || !size.canConvertToInt()) {
            throw Json.unexpected();
        }
        return new ResultsPage(
                content, total.asLong(), content.isEmpty() || (number.asLong() + 1) * size.asLong() >= total.asLong());
    }
}
