package sallyport.connectors.prison.incidentreporting;

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

import net.jqwik.api.Arbitrary;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.PayloadContract;
import sallyport.connectors.contract.Verb;

/** Reports with details, fields and nulls as the contract allows them. */
final class IncidentReportingPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        return IncidentReportingConnector.verb(
                partner, "direct:incident-reporting-fetch", "0198a5c6-7b1a-7c3e-9d2f-111111111111");
    }

    @Override
    protected Arbitrary<String> shapes() {
        return object(
                required("id", uuid()),
                required("reportReference", text()),
                required("type", literal("ASSAULT_5", "FIND_6", "DISORDER_2", "FIRE_1", "NOT_INVENTED_YET_1")),
                required("incidentDateAndTime", localDateTime()),
                required("location", literal("MDI", "LEI", "NORTH")),
                required("title", text()),
                required("description", text()),
                required("reportedBy", text()),
                required("reportedAt", localDateTime()),
                required("status", literal("DRAFT", "AWAITING_REVIEW", "CLOSED", "DUPLICATE")),
                required("createdAt", localDateTime()),
                required("modifiedAt", localDateTime()),
                required("modifiedBy", text()),
                required("createdInNomis", flag()),
                required("lastModifiedInNomis", flag()),
                optional("duplicatedReportId", nullOr(uuid())),
                optional("latestUserAction", nullOr(literal("RECALL", "HOLD"))),
                required("descriptionAddendums", array(addendum(), 2)),
                required("questions", array(question(), 3)),
                required("history", array(object(required("changedAt", localDateTime())), 2)),
                required("historyOfStatuses", array(object(required("changedAt", localDateTime())), 2)),
                required("incidentTypeHistory", array(object(required("changedAt", localDateTime())), 2)),
                required("staffInvolved", array(person("staffUsername"), 2)),
                required("prisonersInvolved", array(person("prisonerNumber"), 3)),
                required("correctionRequests", array(object(required("descriptionOfChange", text())), 2)),
                required("staffInvolvementDone", flag()),
                required("prisonerInvolvementDone", flag()),
                optional("nomisType", nullOr(text())),
                optional("nomisStatus", nullOr(text())));
    }

    private static Arbitrary<String> addendum() {
        return object(
                required("sequence", whole(0, 9)),
                required("createdBy", text()),
                required("createdAt", localDateTime()),
                required("firstName", text()),
                required("lastName", text()),
                required("text", text()));
    }

    private static Arbitrary<String> question() {
        return object(
                required("code", text()),
                required("question", text()),
                required("label", text()),
                required("sequence", whole(0, 99)),
                required(
                        "responses",
                        array(
                                object(
                                        optional("code", nullOr(text())),
                                        required("response", text()),
                                        required("recordedAt", localDateTime())),
                                2)),
                optional("additionalInformation", nullOr(text())));
    }

    private static Arbitrary<String> person(String id) {
        return object(
                required("sequence", whole(0, 9)),
                required(id, text()),
                required("firstName", text()),
                required("lastName", text()),
                optional("comment", nullOr(text())));
    }
}
