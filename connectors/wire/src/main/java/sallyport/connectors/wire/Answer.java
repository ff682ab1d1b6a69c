package sallyport.connectors.wire;

import org.springframework.http.HttpHeaders;

/**
 * A complete answer of a partner, whatever its status; {@link HttpFaults} says what the status means.
 *
 * @param body byte for byte, empty where there was none
 */
public record Answer(int status, HttpHeaders headers, byte[] body) {

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** Status and size only: a body never reaches a log through here. */
    @Override
    public String toString() {
        return "Answer[status=" + status + ", bytes=" + body.length + "]";
    }
}
