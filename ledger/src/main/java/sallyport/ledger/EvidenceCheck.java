package sallyport.ledger;

/**
 * Checks the whole evidence log, entry by entry, against itself and against every checkpoint outside the database. Any change up to
 * the last checkpoint is found and named; it needs constant memory whatever the length of the log.
 */
public interface EvidenceCheck {

    /** Never throws: what cannot be checked is an answer too. */
    Verification verify();
}
