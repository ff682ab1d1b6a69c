package sallyport.connectors.prison.prisonapi;

import org.springframework.http.HttpHeaders;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.Unavailable;

/** A photograph that the source does not have is gone; a 200 that is no photograph comes from something in between. */
final class PrisonApiFaults {

    private PrisonApiFaults() {}

    static boolean gone(Answer answer) {
        return HttpFaults.gone(answer);
    }

    static Answer check(Answer answer) {
        Answer read = HttpFaults.ofRead(answer);
        String type = read.headers().getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.startsWith("image/jpeg")) {
            throw new Unavailable("unexpected-answer", "no image/jpeg", null, null);
        }
        return read;
    }
}
