package sallyport.ledger;

/** Where an incident report stands (invariant I4: every report is in exactly one of these). */
public enum Disposition {
    UNJUDGED,
    WATCHED,
    NOT_REFERABLE,
    WITHDRAWN,
    CASE
}
