package sallyport.connectors.prison.documents;

import java.util.regex.Pattern;
import sallyport.mappings.Rejected;

/** Which documents: of one type, about one prisoner. */
public record DocumentQuery(String type, String prisonerNumber) {

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,59}");

    public DocumentQuery {
        if (!isType(type)) {
            throw new Rejected("invalid-document-type", "/documentType");
        }
    }

    static boolean isType(String text) {
        return TYPE.matcher(text).matches();
    }
}
