package sallyport.connectors.prison.adjudications;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/** A prisoner that adjudications does not know is gone; every other refusal means what it means everywhere. */
final class AdjudicationsFaults {

    private AdjudicationsFaults() {}

    static boolean gone(Answer answer) {
        return HttpFaults.gone(answer);
    }

    static Answer check(Answer answer) {
        return HttpFaults.ofRead(answer);
    }

    static Answer checkList(Answer answer) {
        return HttpFaults.ofList(answer);
    }
}
