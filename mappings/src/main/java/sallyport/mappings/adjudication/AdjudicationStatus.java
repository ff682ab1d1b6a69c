package sallyport.mappings.adjudication;

/** Where a charge stands; {@code REFER_POLICE} waits for the police and {@code PROSECUTION} is theirs. */
public enum AdjudicationStatus {
    ACCEPTED,
    REJECTED,
    AWAITING_REVIEW,
    RETURNED,
    UNSCHEDULED,
    SCHEDULED,
    REFER_POLICE,
    REFER_INAD,
    REFER_GOV,
    PROSECUTION,
    DISMISSED,
    NOT_PROCEED,
    ADJOURNED,
    CHARGE_PROVED,
    QUASHED,
    INVALID_OUTCOME,
    INVALID_SUSPENDED,
    INVALID_ADA
}
