package sallyport.connectors.prison.prisonersearch;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/** A search finds nothing with a 200, so a 404 means that the address is wrong. */
final class PrisonerSearchFaults {

    private PrisonerSearchFaults() {}

    static Answer check(Answer answer) {
        return HttpFaults.ofList(answer);
    }
}
