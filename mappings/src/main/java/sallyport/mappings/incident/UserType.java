package sallyport.mappings.incident;

/** Who asked for a correction. */
public enum UserType {
    REPORTING_OFFICER,
    DATA_WARDEN
}
