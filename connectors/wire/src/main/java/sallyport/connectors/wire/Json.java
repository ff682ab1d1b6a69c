package sallyport.connectors.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * A partner's answer as JSON, within limits on depth and length. What is not JSON at all (a maintenance page, half a body)
 * is {@link Unavailable}: the record may well be fine, and asking again later can bring it.
 */
public final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200).build())
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The tree, for what paging needs. */
    public static JsonNode read(byte[] raw) {
        try {
            JsonNode tree = MAPPER.readTree(raw);
            if (tree == null || tree.isMissingNode()) {
                throw notJson();
            }
            return tree;
        } catch (IOException unreadable) {
            throw notJson();
        }
    }

    /** The same bytes, once they are known to be one whole JSON value that begins as the contract says. */
    public static byte[] wellFormed(byte[] raw, JsonToken begins) {
        try (JsonParser parser = FACTORY.createParser(raw)) {
            if (parser.nextToken() != begins) {
                throw notJson();
            }
            parser.skipChildren();
            if (parser.currentToken() != closing(begins) || parser.nextToken() != null) {
                throw notJson();
            }
            return raw;
        } catch (IOException unreadable) {
            throw notJson();
        }
    }

    private static JsonToken closing(JsonToken begins) {
        return begins == JsonToken.START_OBJECT ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    }

    /** A partner's page that is JSON and not a page. */
    static Unavailable unexpected() {
        return new Unavailable("unexpected-answer", "the page has not the fields that paging needs", null, null);
    }

    // No cause: a parser's message quotes what it read.
    private static Unavailable notJson() {
        return new Unavailable("not-json", "the answer is not the JSON that was asked for", null, null);
    }
}
