package sallyport.ledger;

/** Where a case stands. Parked is not a state: it is said of work and lanes, beside the state. */
public enum CaseState {
    AWAITING_DECISION,
    KEPT_INTERNAL,
    IN_PROGRESS,
    DELIVERED,
    CLOSED,
    WITHDRAWN
}
