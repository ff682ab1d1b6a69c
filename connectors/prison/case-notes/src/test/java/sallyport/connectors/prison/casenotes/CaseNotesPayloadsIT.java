package sallyport.connectors.prison.casenotes;

import static sallyport.connectors.contract.JsonShapes.array;
import static sallyport.connectors.contract.JsonShapes.flag;
import static sallyport.connectors.contract.JsonShapes.literal;
import static sallyport.connectors.contract.JsonShapes.localDateTime;
import static sallyport.connectors.contract.JsonShapes.nullOr;
import static sallyport.connectors.contract.JsonShapes.object;
import static sallyport.connectors.contract.JsonShapes.optional;
import static sallyport.connectors.contract.JsonShapes.required;
import static sallyport.connectors.contract.JsonShapes.text;
import static sallyport.connectors.contract.JsonShapes.uuid;
import static sallyport.connectors.contract.JsonShapes.whole;

import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.PayloadContract;
import sallyport.connectors.contract.Verb;

/** Pages of case notes, fields and nulls as the contract allows them. */
final class CaseNotesPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        CaseNoteQuery query = new CaseNoteQuery("A1234AA", Instant.EPOCH, Instant.EPOCH, Map.of(), false);
        return CaseNotesConnector.verb(partner, "direct:case-notes-search", query);
    }

    @Override
    protected Arbitrary<String> shapes() {
        return object(
                required("content", array(note(), 3)),
                required(
                        "metadata",
                        object(
                                required("totalElements", whole(0, 0)),
                                required("page", whole(1, 1)),
                                required("size", whole(3, 1000)))),
                required("hasCaseNotes", flag()));
    }

    private static Arbitrary<String> note() {
        return object(
                required("caseNoteId", uuid()),
                required("offenderIdentifier", text()),
                required("type", literal("OBSERVE", "LNG & SKILLS", "NEW")),
                required("typeDescription", text()),
                required("subType", text()),
                required("subTypeDescription", text()),
                required("source", literal("INST", "AUTO", "OCNS")),
                required("creationDateTime", localDateTime()),
                required("occurrenceDateTime", localDateTime()),
                required("authorName", text()),
                required("authorUserId", text()),
                required("authorUsername", text()),
                required("text", text()),
                optional("locationId", nullOr(text())),
                required("eventId", whole(Long.MIN_VALUE, Long.MAX_VALUE)),
                required("sensitive", flag()),
                required(
                        "amendments",
                        array(
                                object(
                                        optional("creationDateTime", localDateTime()),
                                        required("authorUserName", text()),
                                        required("authorName", text()),
                                        optional("authorUserId", nullOr(text())),
                                        required("additionalNoteText", text()),
                                        optional("id", nullOr(uuid()))),
                                2)),
                required("systemGenerated", flag()),
                required("legacyId", whole(Long.MIN_VALUE, Long.MAX_VALUE)));
    }
}
