package sallyport.connectors.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.Json;

/**
 * A row as the tracker holds it, with its version.
 *
 * @param columns of both owners
 * @param etag the version, as the tracker wrote it
 */
record StoredRow(ObjectNode columns, String etag) {

    private static final String CASE_VERSION = "caseVersion";
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e]{0,200}\"");

    /** @throws sallyport.connectors.wire.Unavailable when this is no row */
    static StoredRow of(Answer answer) {
        String etag = answer.headers().getFirst(HttpHeaders.ETAG);
        JsonNode columns = Json.read(answer.body());
        if (etag == null || !ETAG.matcher(etag).matches() || !(columns instanceof ObjectNode row)) {
            throw TrackerFaults.unreadable();
        }
        return new StoredRow(row, etag);
    }

    /** The hub owns the columns that it renders; every other column is the prisons' and stays as it is. */
    byte[] withHubColumns(ObjectNode hub) {
        ObjectNode merged = columns.deepCopy();
        merged.setAll(hub);
        return merged.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A row that was sent late must not undo the one that came after it. */
    boolean isNewerThan(ObjectNode hub) {
        JsonNode theirs = columns.path(CASE_VERSION);
        JsonNode ours = hub.path(CASE_VERSION);
        return theirs.canConvertToLong() && ours.canConvertToLong() && theirs.longValue() > ours.longValue();
    }

    boolean has(ObjectNode hub) {
        return hub.properties().stream().allMatch(column -> column.getValue().equals(columns.get(column.getKey())));
    }
}
