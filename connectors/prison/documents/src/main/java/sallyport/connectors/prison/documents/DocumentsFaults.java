package sallyport.connectors.prison.documents;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/** A document that the service does not have is gone; a search that it does not know is at the wrong address. */
final class DocumentsFaults {

    private DocumentsFaults() {}

    static boolean gone(Answer answer) {
        return HttpFaults.gone(answer);
    }

    static Answer check(Answer answer) {
        return HttpFaults.ofRead(answer);
    }

    static Answer checkSearch(Answer answer) {
        return HttpFaults.ofList(answer);
    }
}
