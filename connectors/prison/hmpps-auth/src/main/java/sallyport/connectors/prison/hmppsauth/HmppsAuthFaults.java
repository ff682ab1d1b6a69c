package sallyport.connectors.prison.hmppsauth;

import org.springframework.http.HttpHeaders;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.Unavailable;

/**
 * What a refusal of a token means: always {@link Unavailable}. No record is to blame for it, so none is rejected, and an
 * operator can mend it.
 */
final class HmppsAuthFaults {

    private HmppsAuthFaults() {}

    /** The body of a 401 is empty or not JSON: only the status is looked at. */
    static Unavailable of(int status, HttpHeaders headers) {
        String code = status == 401 ? "unauthorised" : status == 403 ? "forbidden" : "http-" + status;
        return new Unavailable(code, "no token, status " + status, HttpFaults.retryAfter(headers), null);
    }

    /** A success without a token in it. */
    static Unavailable noToken() {
        return new Unavailable("no-token", "the answer holds no token", null, null);
    }
}
