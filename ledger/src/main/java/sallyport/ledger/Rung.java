package sallyport.ledger;

/** The receipt ladder, lowest rung first. */
public enum Rung {
    ACCEPTED,
    RELAYED,
    DELIVERED,
    RETRIEVED,
    CRIME_REFERENCE,
    OFFICER_ALLOCATED,
    OUTCOME
}
