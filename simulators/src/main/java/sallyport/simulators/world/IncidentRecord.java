package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * One incident as it stands, and what it was built to be.
 *
 * @param step the last step of its script that has happened; {@link Integer#MAX_VALUE} when it has none
 * @param report never changed once here; absent when deleted
 */
public record IncidentRecord(
        int index,
        int step,
        String id,
        String reference,
        String scenario,
        Oddity oddity,
        Expected expected,
        String prison,
        String force,
        Instant modified,
        @Nullable ObjectNode report) {

    static IncidentRecord made(Plan plan, int step, String id, Instant modified, ObjectNode report) {
        return new IncidentRecord(
                plan.index(),
                step,
                id,
                plan.reference(),
                plan.scenario().name(),
                plan.oddity(),
                plan.expected(),
                plan.location(),
                plan.force(),
                modified,
                report);
    }

    IncidentRecord after(int nextStep, Instant nextModified, @Nullable ObjectNode nextReport) {
        return new IncidentRecord(
                index, nextStep, id, reference, scenario, oddity, expected, prison, force, nextModified, nextReport);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("index", index)
                .put("step", step)
                .put("id", id)
                .put("reference", reference)
                .put("scenario", scenario)
                .put("oddity", oddity.name())
                .put("expected", expected.name())
                .put("prison", prison)
                .put("force", force)
                .put("modified", modified.toString());
        return json.set("report", report);
    }

    static IncidentRecord fromJson(ObjectNode json) {
        return new IncidentRecord(
                json.get("index").asInt(),
                json.get("step").asInt(),
                json.get("id").asText(),
                json.get("reference").asText(),
                json.get("scenario").asText(),
                Oddity.valueOf(json.get("oddity").asText()),
                Expected.valueOf(json.get("expected").asText()),
                json.get("prison").asText(),
                json.get("force").asText(),
                Instant.parse(json.get("modified").asText()),
                json.get("report") instanceof ObjectNode tree ? tree : null);
    }

    /** What {@code GET /incidents} of the simulators' own log says: nothing personal. */
    public ObjectNode summary() {
        ObjectNode json = Json.object()
                .put("id", id)
                .put("reference", reference)
                .put("prison", prison)
                .put("force", force)
                .put("type", report == null ? null : report.path("type").asText())
                .put("family", family())
                .put(
                        "status",
                        report == null ? "DELETED" : report.path("status").asText())
                .put("scenario", scenario)
                .put("oddity", oddity.text())
                .put("referable", expected.referable())
                .put("expected", expected.text());
        return json.put("modifiedAt", modified.toString());
    }

    private @Nullable String family() {
        return report == null ? null : report.path("type").asText().replaceFirst("_\\d+$", "");
    }
}
