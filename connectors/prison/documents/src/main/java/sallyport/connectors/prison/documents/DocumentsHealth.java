package sallyport.connectors.prison.documents;

import sallyport.connectors.wire.CallHealth;

/** Whether the document service answered the last call. */
final class DocumentsHealth extends CallHealth {

    DocumentsHealth() {
        super("hmpps-documents");
    }
}
