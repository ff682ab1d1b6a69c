package sallyport.connectors.prison.adjudications;

import static sallyport.connectors.contract.JsonShapes.array;
import static sallyport.connectors.contract.JsonShapes.flag;
import static sallyport.connectors.contract.JsonShapes.literal;
import static sallyport.connectors.contract.JsonShapes.localDateTime;
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

/** Lists of adjudications; the source leaves out what is null. */
final class AdjudicationsPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        return AdjudicationsConnector.verb(partner, "direct:adjudications-of-prisoner", "A1234AA");
    }

    @Override
    protected Arbitrary<String> shapes() {
        return array(
                object(
                        required("chargeNumber", text()),
                        required("prisonerNumber", text()),
                        optional("prisonerName", text()),
                        required("gender", literal("MALE", "FEMALE")),
                        required(
                                "incidentDetails",
                                object(
                                        optional("locationId", whole(0, Long.MAX_VALUE)),
                                        required("locationUuid", uuid()),
                                        required("dateTimeOfIncident", localDateTime()),
                                        required("dateTimeOfDiscovery", localDateTime()),
                                        required("handoverDeadline", localDateTime()))),
                        required("isYouthOffender", flag()),
                        required("incidentRole", object(optional("roleCode", literal("25a", "25b", "25c")))),
                        required(
                                "offenceDetails",
                                object(
                                        required("offenceCode", whole(0, Integer.MAX_VALUE)),
                                        required(
                                                "offenceRule",
                                                object(
                                                        required("paragraphNumber", text()),
                                                        required("paragraphDescription", text()))),
                                        optional("victimPrisonersNumber", text()))),
                        required(
                                "incidentStatement",
                                object(required("statement", text()), optional("completed", flag()))),
                        required("createdByUserId", text()),
                        required("createdDateTime", localDateTime()),
                        required("status", literal("REFER_POLICE", "PROSECUTION", "UNSCHEDULED", "NEW_STATUS")),
                        required("evidence", array(object(required("code", text()), required("details", text())), 2)),
                        required("witnesses", array(object(required("code", text())), 2)),
                        required("damages", array(object(required("code", text())), 2)),
                        required("hearings", array(object(), 2)),
                        required("outcomes", array(object(optional("outcome", object())), 2)),
                        required("originatingAgencyId", text()),
                        required("linkedChargeNumbers", array(text(), 2))),
                3);
    }
}
