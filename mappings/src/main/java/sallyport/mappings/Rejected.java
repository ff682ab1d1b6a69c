package sallyport.mappings;

import static java.util.Objects.requireNonNull;

/**
 * Data that can never be carried as it is: the owner of the data must act. Never retried; ends parked as <em>rejected</em>.
 *
 * <p>The message holds the code and the place only, never a value from the data: it is logged and shown.
 */
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String where;

    /**
     * @param code what is wrong, a stable lower-case-hyphen word such as {@code unknown-outcome}
     * @param where the field, as a JSON pointer or an element name, such as {@code /outcome/code}
     */
    public Rejected(String code, String where) {
        super(requireNonNull(code) + " at " + requireNonNull(where));
        this.code = code;
        this.where = where;
    }

    public String code() {
        return code;
    }

    public String where() {
        return where;
    }
}
