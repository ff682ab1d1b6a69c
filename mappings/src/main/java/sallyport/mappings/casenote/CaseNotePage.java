package sallyport.mappings.casenote;

import java.util.List;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * One page of {@code POST /search/case-notes/{personIdentifier}}.
 *
 * @param totalElements over all pages
 * @param page counted from 1
 * @param hasCaseNotes whether the person has any note at all, found by this search or not
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record CaseNotePage(
        List<CaseNote> content,
        long totalElements,
        long page,
        long size,
        boolean hasCaseNotes,
        int replacedCharacters) {

    /** Reads a page: {@link Rejected} with {@code not-json} or {@code schema-invalid} and the JSON pointer of the field. */
    public static CaseNotePage read(byte[] raw) {
        JsonFields page = JsonFields.read(raw);
        JsonFields metadata = page.object("metadata");
        return new CaseNotePage(
                page.list("content", CaseNote::read),
                metadata.integer("totalElements"),
                metadata.integer("page"),
                metadata.integer("size"),
                page.flag("hasCaseNotes"),
                page.replacedCharacters());
    }
}
