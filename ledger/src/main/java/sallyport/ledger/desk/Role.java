package sallyport.ledger.desk;

/** What a person may do, within the scope. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Looks and decides: approve, keep internal, confirm. */
    COORDINATOR,
    /** Looks and keeps it running: routes, release. */
    OPERATOR,
    /** All of these, and the users. */
    ADMIN
}
