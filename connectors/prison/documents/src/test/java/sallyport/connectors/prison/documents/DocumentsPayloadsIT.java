package sallyport.connectors.prison.documents;

import static sallyport.connectors.contract.JsonShapes.array;
import static sallyport.connectors.contract.JsonShapes.literal;
import static sallyport.connectors.contract.JsonShapes.localDateTime;
import static sallyport.connectors.contract.JsonShapes.nullOr;
import static sallyport.connectors.contract.JsonShapes.object;
import static sallyport.connectors.contract.JsonShapes.optional;
import static sallyport.connectors.contract.JsonShapes.required;
import static sallyport.connectors.contract.JsonShapes.text;
import static sallyport.connectors.contract.JsonShapes.uuid;
import static sallyport.connectors.contract.JsonShapes.whole;

import net.jqwik.api.Arbitrary;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.PayloadContract;
import sallyport.connectors.contract.Verb;

/** Pages of documents, fields and nulls as the service gives them. */
final class DocumentsPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        return DocumentsConnector.verb(
                partner, "direct:hmpps-documents-search", new DocumentQuery("INCIDENT_EVIDENCE", "A1234AA"), 100);
    }

    @Override
    protected Arbitrary<String> shapes() {
        return object(
                required(
                        "request",
                        object(
                                optional("documentType", nullOr(text())),
                                required("page", whole(0, 0)),
                                required("pageSize", whole(3, 200)))),
                required("results", array(document(), 3)),
                required("totalResultsCount", whole(0, 0)));
    }

    private static Arbitrary<String> document() {
        return object(
                required("documentUuid", uuid()),
                required("documentType", literal("INCIDENT_EVIDENCE", "TRIAL_RECORD_SHEET")),
                required("documentFilename", text()),
                required("filename", text()),
                required("fileExtension", text()),
                required("fileSize", whole(0, Long.MAX_VALUE)),
                required("fileHash", text()),
                optional("fileContentHash", nullOr(text())),
                required("mimeType", literal("application/pdf", "video/mp4")),
                required("metadata", object(optional("prisonNumber", nullOr(text())), optional("other", text()))),
                required("createdTime", localDateTime()),
                required("createdByServiceName", text()),
                optional("createdByUsername", nullOr(text())),
                optional("duplicateOf", nullOr(uuid())));
    }
}
