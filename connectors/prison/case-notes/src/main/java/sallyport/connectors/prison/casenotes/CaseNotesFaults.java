package sallyport.connectors.prison.casenotes;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/** A prisoner that case notes does not know is gone; every other refusal means what it means everywhere. */
final class CaseNotesFaults {

    private CaseNotesFaults() {}

    static boolean gone(Answer answer) {
        return HttpFaults.gone(answer);
    }

    static Answer check(Answer answer) {
        return HttpFaults.ofRead(answer);
    }
}
