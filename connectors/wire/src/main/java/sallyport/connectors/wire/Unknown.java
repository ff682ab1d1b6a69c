package sallyport.connectors.wire;

import org.jspecify.annotations.Nullable;

/**
 * Bytes may have reached the partner and no answer came. Sent again only where the partner dedupes; else asked, else parked.
 *
 * <p>The message holds no value from the data: it is logged and shown.
 */
public final class Unknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code a stable lower-case-hyphen word such as {@code no-answer}
     * @param detail one short line for the person on call, without secrets and without personal data
     */
    public Unknown(String code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
