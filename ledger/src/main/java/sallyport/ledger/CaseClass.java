package sallyport.ledger;

/** How urgent a case is: IMMEDIATE is CiPRA's 24-hour class. */
public enum CaseClass {
    IMMEDIATE,
    ROUTINE
}
