package sallyport.mappings.casenote;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * A case note with its amendments, which only ever add to it.
 *
 * <p>Type and sub-type are reference data of the source and pass through as they are. The deprecated {@code eventId} and
 * {@code legacyId} are not read.
 *
 * @param sensitive whether the source marks the note; who may see it is decided elsewhere, and logged
 */
public record CaseNote(
        String caseNoteId,
        String offenderIdentifier,
        String type,
        String typeDescription,
        String subType,
        String subTypeDescription,
        LondonTime creationDateTime,
        LondonTime occurrenceDateTime,
        String authorName,
        String authorUserId,
        String authorUsername,
        String text,
        @Nullable String locationId,
        boolean sensitive,
        List<Amendment> amendments,
        boolean systemGenerated) {

    static CaseNote read(JsonFields note) {
        return new CaseNote(
                note.text("caseNoteId"),
                note.text("offenderIdentifier"),
                note.text("type"),
                note.text("typeDescription"),
                note.text("subType"),
                note.text("subTypeDescription"),
                note.time("creationDateTime"),
                note.time("occurrenceDateTime"),
                note.text("authorName"),
                note.text("authorUserId"),
                note.text("authorUsername"),
                note.text("text"),
                note.optionalText("locationId"),
                note.flag("sensitive"),
                note.list("amendments", Amendment::read),
                note.flag("systemGenerated"));
    }

    /** Text that was added to a note later. */
    public record Amendment(
            @Nullable String id,
            @Nullable LondonTime creationDateTime,
            String authorUserName,
            String authorName,
            @Nullable String authorUserId,
            String additionalNoteText) {

        static Amendment read(JsonFields amendment) {
            return new Amendment(
                    amendment.optionalUuid("id"),
                    amendment.optionalTime("creationDateTime"),
                    amendment.text("authorUserName"),
                    amendment.text("authorName"),
                    amendment.optionalText("authorUserId"),
                    amendment.text("additionalNoteText"));
        }
    }
}
