package sallyport.connectors.prison.prisonersearch;

import static sallyport.connectors.contract.JsonShapes.array;
import static sallyport.connectors.contract.JsonShapes.flag;
import static sallyport.connectors.contract.JsonShapes.literal;
import static sallyport.connectors.contract.JsonShapes.nullOr;
import static sallyport.connectors.contract.JsonShapes.object;
import static sallyport.connectors.contract.JsonShapes.optional;
import static sallyport.connectors.contract.JsonShapes.text;
import static sallyport.connectors.contract.JsonShapes.whole;

import java.util.List;
import net.jqwik.api.Arbitrary;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.PayloadContract;
import sallyport.connectors.contract.Verb;

/** Prisoners of whom any field may be null or absent. */
final class PrisonerSearchPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        return PrisonerSearchConnector.verb(partner, "direct:prisoner-search-by-numbers", List.of("A1234AA"));
    }

    @Override
    protected Arbitrary<String> shapes() {
        Arbitrary<String> date = literal("1980-02-29", "0001-01-01", "9999-12-31");
        return array(
                object(
                        optional("prisonerNumber", nullOr(text())),
                        optional("pncNumber", nullOr(text())),
                        optional("croNumber", nullOr(text())),
                        optional("bookingId", nullOr(text())),
                        optional("firstName", nullOr(text())),
                        optional("lastName", nullOr(text())),
                        optional("dateOfBirth", nullOr(date)),
                        optional("aliases", nullOr(array(object(optional("lastName", text())), 2))),
                        optional(
                                "identifiers",
                                nullOr(array(object(optional("type", text()), optional("value", text())), 2))),
                        optional("alerts", nullOr(array(object(optional("active", flag())), 2))),
                        optional("heightCentimetres", nullOr(whole(0, 300))),
                        optional("currentFacialImageId", nullOr(whole(0, Long.MAX_VALUE))),
                        optional("recall", nullOr(flag()))),
                3);
    }
}
