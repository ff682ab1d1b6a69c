package sallyport.ledger.replay;

/** A wish that cannot be what was meant; nothing was changed. Names the field and says what it may be, never what it was. */
public final class BadReplay extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    public BadReplay(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    /** Goes on from the name of the field: "must be …". */
    public String rule() {
        return rule;
    }
}
