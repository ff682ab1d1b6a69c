package sallyport.simulators.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * What one step does to the world.
 *
 * @param report the incident's next state; absent when the step deletes it
 * @param whatChanged one event each, in the words of the incident service; none means nobody hears of it
 */
record Change(
        @Nullable ObjectNode report,
        List<String> whatChanged,
        List<ObjectNode> caseNotes,
        List<ObjectNode> charges,
        List<AlertChange> alerts,
        @Nullable Merge merge) {

    /**
     * Two records of one person become one, or only one booking of one turns out to be the other's.
     *
     * @param started when the booking began; null: all of it is merged
     * @param next when the next booking under the number removed began, which lives on
     */
    record Merge(String kept, String removed, String bookingId, @Nullable Instant started, @Nullable Instant next) {

        Merge(String kept, String removed, String bookingId) {
            this(kept, removed, bookingId, null, null);
        }

        /** Whether something that happened then happened in the booking. */
        boolean holds(Instant at) {
            return started != null && !at.isBefore(started) && (next == null || at.isBefore(next));
        }

        ObjectNode toJson() {
            ObjectNode json =
                    Json.object().put("kept", kept).put("removed", removed).put("bookingId", bookingId);
            if (started != null) {
                json.put("started", started.toString());
            }
            return next == null ? json : json.put("next", next.toString());
        }

        static Merge fromJson(JsonNode json) {
            return new Merge(
                    json.path("kept").asText(),
                    json.path("removed").asText(),
                    json.path("bookingId").asText(),
                    instant(json.path("started")),
                    instant(json.path("next")));
        }

        private static @Nullable Instant instant(JsonNode value) {
            return value.isTextual() ? Instant.parse(value.asText()) : null;
        }
    }

    static Change of(ObjectNode report, String... whatChanged) {
        return new Change(report, List.of(whatChanged), List.of(), List.of(), List.of(), null);
    }

    static Change papers(
            @Nullable ObjectNode report,
            List<ObjectNode> caseNotes,
            List<ObjectNode> charges,
            List<AlertChange> alerts) {
        return new Change(report, List.of(), caseNotes, charges, alerts, null);
    }

    static Change merge(ObjectNode report, Merge merge) {
        return new Change(report, List.of(), List.of(), List.of(), List.of(), merge);
    }

    static Change deletion() {
        return new Change(null, List.of("ANYTHING"), List.of(), List.of(), List.of(), null);
    }
}
