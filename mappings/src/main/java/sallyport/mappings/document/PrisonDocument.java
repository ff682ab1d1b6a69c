package sallyport.mappings.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * What the document service of the prisons says of one of its documents; not the file.
 *
 * @param type such as {@code TRIAL_RECORD_SHEET}; the service may get types that nobody here has heard of
 * @param fileName as it was called when it was put there, made harmless; null where nothing is left of it
 * @param sha256 of the file, as the service has it: lower-case hex
 * @param metadata what whoever put it there said about it, in words of their own
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record PrisonDocument(
        String uuid,
        String type,
        @Nullable String fileName,
        long size,
        String sha256,
        String mediaType,
        Map<String, String> metadata,
        LondonTime created,
        int replacedCharacters) {

    /** Reads a page of a search. */
    public static List<PrisonDocument> readPage(byte[] raw) {
        return JsonFields.read(raw).list("results", PrisonDocument::read);
    }

    /** Reads what {@code GET /documents/{uuid}} gives. */
    public static PrisonDocument readOne(byte[] raw) {
        return read(JsonFields.read(raw));
    }

    private static PrisonDocument read(JsonFields document) {
        return new PrisonDocument(
                document.uuid("documentUuid"),
                document.text("documentType"),
                FileName.of(document.text("filename") + "." + document.text("fileExtension")),
                document.integer("fileSize"),
                document.text("fileHash"),
                document.text("mimeType"),
                Map.copyOf(document.object("metadata").scalars()),
                document.time("createdTime"),
                document.replacedCharacters());
    }
}
