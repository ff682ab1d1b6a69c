package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;

/** Where the values of a package came from, as the hub says it. */
final class Traces {

    private Traces() {}

    /** @param query such as {@code ?values=true}, or empty */
    static JsonNode of(TestHub hub, Case known, int version, String query) {
        var answer = hub.get("/api/v1/cases/" + known.reference() + "/packages/" + version + "/lineage" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Casebook.tree(answer.body());
    }

    /** Where it came from, when nothing in it is without an origin. */
    static JsonNode whole(TestHub hub, Case known, int version) {
        JsonNode lineage = of(hub, known, version, "");
        assertThat(lineage.path("fields")).hasSizeGreaterThan(50).allSatisfy(field -> assertThat(
                        field.path("kind").asText())
                .as(field.path("field").asText() + ": " + field.path("why").asText())
                .isNotIn("UNKNOWN", "NOT_KEPT"));
        return lineage;
    }

    /** The records of a system that values of one part are from, by the system and the id. */
    static Set<String> records(JsonNode lineage, String part) {
        Set<String> records = new TreeSet<>();
        for (JsonNode field : lineage.path("fields")) {
            if (field.path("field").asText().startsWith(part) && field.has("recordId")) {
                records.add(field.path("system").asText() + " "
                        + field.path("recordId").asText());
            }
        }
        return records;
    }
}
