package sallyport.ledger;

import java.io.InputStream;

/** The bytes of documents, one piece after another: never a whole one in memory. */
public interface DocumentBytes {

    /** Ends early with an {@link java.io.IOException} when pieces are missing; a document that is not there is empty. */
    InputStream open(long documentId);
}
