package sallyport.ledger;

/** Where a use of force report stands. */
public enum UseOfForceState {
    /** No incident report of a case fits, so far; or it is still being written. */
    WAITING,
    /** A person is to say which incident report it belongs to, if any. */
    ASKED,
    /** The incident report that it belongs to is known. */
    LINKED,
    /** It belongs to no incident report, a person says. */
    ALONE;

    /** Whether rules may still decide. */
    public boolean isOpen() {
        return this == WAITING || this == ASKED;
    }
}
