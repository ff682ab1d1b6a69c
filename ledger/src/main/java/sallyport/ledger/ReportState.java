package sallyport.ledger;

/** Where a report that belongs to an incident report stands. */
public enum ReportState {
    /** No incident report fits, so far; or it is still being written. */
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
