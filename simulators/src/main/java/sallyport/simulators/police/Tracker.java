package sallyport.simulators.police;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Journal;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;

/**
 * The referral tracker: {@code GET} and {@code PUT /referrals/{caseReference}} with entity tags. A row that is there can only be
 * written by who names its present tag in {@code If-Match}; anything else is 412 and changes nothing.
 */
public final class Tracker implements RestPartner, AutoCloseable {

    private record Row(JsonNode body, int revision) {

        String tag() {
            return "\"" + revision + "-" + Contents.sha256(Json.bytes(body)).substring(0, 12) + "\"";
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Clock clock;
    private final Journal journal;

    public Tracker(Path directory, Clock clock) {
        this.clock = clock;
        this.journal = Journal.open(
                directory.resolve("tracker.ndjson"),
                line -> rows.put(line.get("reference").asText(), row(line)));
    }

    private static Row row(ObjectNode line) {
        return new Row(line.get("body"), line.get("revision").asInt());
    }

    @Override
    public String name() {
        return "tracker";
    }

    @Override
    public String paths() {
        return "/referrals/[^/]+";
    }

    @Override
    public Answer answer(Asked asked) {
        String reference = asked.segment(1);
        return switch (asked.method()) {
            case "GET" -> read(reference);
            case "PUT" -> write(reference, asked);
            default -> Answer.empty(405);
        };
    }

    private synchronized Answer read(String reference) {
        Row row = rows.get(reference);
        return row == null ? Answer.empty(404) : Answer.json(200, row.body()).with("ETag", row.tag());
    }

    private synchronized Answer write(String reference, Asked asked) {
        JsonNode body;
        try {
            body = Json.read(asked.body());
        } catch (UncheckedIOException e) {
            return Answer.empty(400);
        }
        if (!body.isObject()) {
            return Answer.empty(400);
        }
        Row before = rows.get(reference);
        if (!allowed(before, asked.header("If-Match"), asked.header("If-None-Match"))) {
            Answer refused = Answer.empty(412);
            return before == null ? refused : refused.with("ETag", before.tag());
        }
        Row after = new Row(body, before == null ? 1 : before.revision() + 1);
        ObjectNode line = Json.object()
                .put("at", clock.instant().toString())
                .put("reference", reference)
                .put("revision", after.revision());
        journal.append(line.set("body", body));
        rows.put(reference, after);
        return Answer.json(before == null ? 201 : 200, body).with("ETag", after.tag());
    }

    private static boolean allowed(@Nullable Row before, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (before == null) {
            return ifMatch == null;
        }
        return ifNoneMatch == null && before.tag().equals(ifMatch);
    }

    /** Every row as it stands, with its reference, revision and tag. */
    public synchronized ArrayNode toJson() {
        ArrayNode json = Json.array();
        rows.forEach((reference, row) -> json.addObject()
                .put("reference", reference)
                .put("revision", row.revision())
                .put("etag", row.tag())
                .set("row", row.body()));
        return json;
    }

    @Override
    public void close() {
        journal.close();
    }
}
