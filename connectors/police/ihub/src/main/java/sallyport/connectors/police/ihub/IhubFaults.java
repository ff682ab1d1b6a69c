package sallyport.connectors.police.ihub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

/**
 * What a force's answer to a submission means.
 *
 * <table>
 * <tr><td>201</td><td>accepted: the contract says "persist before replying 201"</td></tr>
 * <tr><td>another 2xx</td><td>{@code Unknown}: not the contract, so nobody can say whether it was kept; a person looks</td></tr>
 * <tr><td>400, 404, 409, 422 and other 4xx</td><td>{@code Rejected} at the first error's {@code source.pointer}</td></tr>
 * <tr><td>401, 403</td><td>{@code Unavailable}: key, secret or certificate are the operator's to mend, not the data's owner's</td></tr>
 * <tr><td>408, 429, 503</td><td>{@code Unavailable}, with the force's {@code Retry-After}: it says itself that it took nothing</td></tr>
 * <tr><td>500, 502, 504, 3xx</td><td>{@code Unknown}: it may have been persisted before it failed</td></tr>
 * </table>
 */
final class IhubFaults {

    private static final int CREATED = 201;
    private static final int LONGEST_POINTER = 200;
    /** Names and positions only: the place is logged and shown, so free text of a partner may not pass for one. */
    private static final Pattern POINTER = Pattern.compile("(/(?:[A-Za-z0-9_.-]|~[01])+)+");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxStringLength(10_000)
                            .build())
                    .build())
            .build();

    private IhubFaults() {}

    static Accepted of(Answer answer) {
        if (answer.status() == CREATED) {
            return new Accepted("201", answer.body(), false);
        }
        try {
            HttpFaults.ofWrite(answer);
        } catch (Rejected rejected) {
            throw new Rejected(rejected.code(), pointer(answer.body()));
        }
        throw new Unknown(
                "http-" + answer.status(), "the force answered a submission with something else than 201", null);
    }

    /** The place the first error names; {@code /} where it names none or something that is no place. */
    private static String pointer(byte[] body) {
        try {
            JsonNode errors = JSON.readTree(body).path("errors");
            for (JsonNode error : errors) {
                String pointer = error.path("source").path("pointer").asText();
                if (pointer.length() <= LONGEST_POINTER
                        && POINTER.matcher(pointer).matches()) {
                    return pointer;
                }
            }
        } catch (IOException noJson) {
            // A refusal without a readable reason is still a refusal.
        }
        return "/";
    }
}
