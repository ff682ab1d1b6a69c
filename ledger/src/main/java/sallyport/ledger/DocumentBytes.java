package sallyport.ledger;

import java.io.InputStream;

/** The bytes of documents, one piece after another: never a whole one in memory, and no connection held between two pieces. */
public interface DocumentBytes {

    /** Whatever is there: whoever reads must compare. A document that is not there is empty. */
    InputStream open(long documentId);
}
