package sallyport.mappings.prisoneralert;

import java.util.List;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * One page of {@code GET /prisoners/{prisonNumber}/alerts}. How many pages there are is the connector's matter.
 *
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record PrisonerAlertPage(List<PrisonerAlert> content, int replacedCharacters) {

    /**
     * Reads a page: {@link Rejected} with {@code not-json} or {@code schema-invalid} and the JSON pointer of the field. The contract
     * does not call {@code content} required; a page without it says nothing about the prisoner, so it is refused.
     */
    public static PrisonerAlertPage read(byte[] raw) {
        JsonFields page = JsonFields.read(raw);
        return new PrisonerAlertPage(page.list("content", PrisonerAlert::read), page.replacedCharacters());
    }
}
