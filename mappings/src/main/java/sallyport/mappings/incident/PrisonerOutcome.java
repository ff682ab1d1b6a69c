package sallyport.mappings.incident;

/** What followed for a prisoner, as the report records it. */
public enum PrisonerOutcome {
    ACCT,
    CHARGED_BY_POLICE,
    CONVICTED,
    CORONER_INFORMED,
    DEATH,
    FURTHER_CHARGES,
    LOCAL_INVESTIGATION,
    NEXT_OF_KIN_INFORMED,
    PLACED_ON_REPORT,
    POLICE_INVESTIGATION,
    REMAND,
    SEEN_DUTY_GOV,
    SEEN_HEALTHCARE,
    SEEN_IMB,
    SEEN_OUTSIDE_HOSP,
    TRANSFER,
    TRIAL
}
