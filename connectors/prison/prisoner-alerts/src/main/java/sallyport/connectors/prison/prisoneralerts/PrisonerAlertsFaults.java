package sallyport.connectors.prison.prisoneralerts;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/**
 * A prisoner who is not known, or has no alerts, is an empty list: the contract has no 404 for it. Believing one would make the alerts of
 * everybody look deleted when an address is wrong.
 */
final class PrisonerAlertsFaults {

    private PrisonerAlertsFaults() {}

    static Answer check(Answer answer) {
        return HttpFaults.ofList(answer);
    }
}
