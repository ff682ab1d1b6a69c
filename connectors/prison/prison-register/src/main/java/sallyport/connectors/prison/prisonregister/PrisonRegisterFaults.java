package sallyport.connectors.prison.prisonregister;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/** A list exists even when it is empty, so a 404 means that the address is wrong. */
final class PrisonRegisterFaults {

    private PrisonRegisterFaults() {}

    static Answer check(Answer answer) {
        return HttpFaults.ofList(answer);
    }
}
