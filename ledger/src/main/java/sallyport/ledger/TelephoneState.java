package sallyport.ledger;

/** Where a telephone report stands. */
public enum TelephoneState {
    /** No incident report fits, so far. */
    WAITING,
    /** A person is to say which incident report it announced, if any. */
    ASKED,
    /** The incident report that it announced is known. */
    LINKED,
    /** No incident report will come, a person says. */
    ALONE;

    /** Whether rules may still decide. */
    public boolean isOpen() {
        return this == WAITING || this == ASKED;
    }
}
