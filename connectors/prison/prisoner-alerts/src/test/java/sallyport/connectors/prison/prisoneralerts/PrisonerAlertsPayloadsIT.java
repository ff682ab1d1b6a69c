package sallyport.connectors.prison.prisoneralerts;

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

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.PayloadContract;
import sallyport.connectors.contract.Verb;

/** Pages of alerts, the last and only one each, fields and nulls as the contract allows them. */
final class PrisonerAlertsPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        return PrisonerAlertsConnector.verb(
                partner, "direct:prisoner-alerts-of-prisoner", new PrisonerAlertsQuery("A1234AA", List.of()));
    }

    @Override
    protected Arbitrary<String> shapes() {
        return object(
                required("content", array(alert(), 3)),
                required("last", Arbitraries.just("true")),
                required("totalElements", whole(0, 0)),
                optional("totalPages", whole(0, 1)),
                optional("first", Arbitraries.just("true")),
                optional("number", whole(0, 0)),
                optional("size", whole(1, Integer.MAX_VALUE)),
                optional("numberOfElements", whole(0, 0)),
                optional("empty", flag()),
                optional("sort", nullOr(object(optional("sorted", flag())))),
                optional("pageable", nullOr(object(optional("offset", whole(0, 0))))));
    }

    private static Arbitrary<String> alert() {
        return object(
                required("alertUuid", uuid()),
                required("prisonNumber", text()),
                required(
                        "alertCode",
                        object(
                                required("alertTypeCode", literal("X", "R", "NEW")),
                                required("alertTypeDescription", text()),
                                required("code", literal("XPOI", "ROV", "NEW")),
                                required("description", text()),
                                required("canBeAdministered", flag()))),
                optional("description", nullOr(text())),
                optional("authorisedBy", nullOr(text())),
                required("activeFrom", literal("2026-02-28", "2024-02-29")),
                optional("activeTo", nullOr(literal("2027-01-01"))),
                required("isActive", flag()),
                required("createdAt", localDateTime()),
                required("createdBy", text()),
                required("createdByDisplayName", text()),
                optional("lastModifiedAt", nullOr(localDateTime())),
                optional("lastModifiedBy", nullOr(text())),
                optional("lastModifiedByDisplayName", nullOr(text())),
                optional("activeToLastSetAt", nullOr(localDateTime())),
                optional("activeToLastSetBy", nullOr(text())),
                optional("activeToLastSetByDisplayName", nullOr(text())),
                optional("madeInactiveAt", nullOr(localDateTime())),
                optional("madeInactiveBy", nullOr(text())),
                optional("madeInactiveByDisplayName", nullOr(text())),
                optional("prisonCodeWhenCreated", nullOr(text())));
    }
}
