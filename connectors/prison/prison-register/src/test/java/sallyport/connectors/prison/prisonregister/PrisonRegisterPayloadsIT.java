package sallyport.connectors.prison.prisonregister;

import static sallyport.connectors.contract.JsonShapes.array;
import static sallyport.connectors.contract.JsonShapes.flag;
import static sallyport.connectors.contract.JsonShapes.nullOr;
import static sallyport.connectors.contract.JsonShapes.object;
import static sallyport.connectors.contract.JsonShapes.optional;
import static sallyport.connectors.contract.JsonShapes.required;
import static sallyport.connectors.contract.JsonShapes.text;
import static sallyport.connectors.contract.JsonShapes.whole;

import net.jqwik.api.Arbitrary;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.PayloadContract;
import sallyport.connectors.contract.Verb;

/** Prisons, open and closed. */
final class PrisonRegisterPayloadsIT extends PayloadContract {

    @Override
    protected Verb connect(ConnectorContract.Partner partner) {
        return PrisonRegisterConnector.verb(partner, "direct:prison-register-prisons", null);
    }

    @Override
    protected Arbitrary<String> shapes() {
        return array(
                object(
                        required("prisonId", text()),
                        required("prisonName", text()),
                        optional("prisonNameInWelsh", nullOr(text())),
                        required("active", flag()),
                        required("male", flag()),
                        required("female", flag()),
                        required("contracted", flag()),
                        required("lthse", flag()),
                        required("types", array(object(required("code", text())), 2)),
                        required("categories", array(text(), 2)),
                        required(
                                "addresses",
                                array(object(required("id", whole(0, 999)), required("postcode", text())), 2)),
                        required("operators", array(object(required("name", text())), 2))),
                3);
    }
}
