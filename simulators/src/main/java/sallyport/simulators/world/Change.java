package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Two records of one person become one. */
    record Merge(String kept, String removed, String bookingId) {}

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
