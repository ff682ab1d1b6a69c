package sallyport.ledger;

/** The receipt ladder, lowest rung first. */
public enum Rung {
    ACCEPTED,
    RELAYED,
    DELIVERED,
    RETRIEVED,
    CRIME_REFERENCE,
    OFFICER_ALLOCATED,
    OUTCOME;

    /** Whether a force gives it once for the case, whichever package it had then; else for each package. */
    public boolean ofTheCase() {
        return compareTo(CRIME_REFERENCE) >= 0;
    }
}
