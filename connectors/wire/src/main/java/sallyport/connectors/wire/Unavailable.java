package sallyport.connectors.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The partner did not take it and may take it later: nothing was sent (refused, DNS, connect time-out, TLS handshake), or
 * the partner said so (429, 503), or a read got no answer. Retried up the ladder of the lane.
 *
 * <p>The message holds no value from the data: it is logged and shown.
 */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param code a stable lower-case-hyphen word such as {@code connection-refused} or {@code http-503}
     * @param detail one short line for the person on call, without secrets and without personal data
     * @param retryAfter what the partner asked for, if it did
     */
    public Unavailable(String code, String detail, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public String code() {
        return code;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
