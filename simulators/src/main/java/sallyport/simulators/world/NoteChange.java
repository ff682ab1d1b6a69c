package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * What happened to one case note, and the note as it is then; of a deleted one, as it was.
 *
 * @param from the prisoner it was about before it moved
 */
record NoteChange(What what, ObjectNode note, @Nullable String from) {

    /** As the events say it. */
    enum What {
        CREATED,
        UPDATED,
        DELETED,
        MOVED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String id() {
        return note.get("caseNoteId").asText();
    }

    String number() {
        return note.get("offenderIdentifier").asText();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("what", what.name()).put("from", from);
        return json.set("note", note);
    }

    static NoteChange fromJson(ObjectNode json) {
        return new NoteChange(
                What.valueOf(json.get("what").asText()),
                (ObjectNode) json.get("note"),
                json.path("from").textValue());
    }
}
