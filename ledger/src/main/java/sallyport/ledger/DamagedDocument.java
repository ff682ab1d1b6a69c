package sallyport.ledger;

import java.io.IOException;

/** The bytes of a document are not, or not all, those that were added. What was read of it before is not the document. */
public final class DamagedDocument extends IOException {

    private static final long serialVersionUID = 1L;

    public DamagedDocument(long documentId) {
        super("the bytes of document " + documentId + " are not those that were added");
    }
}
