package sallyport.ledger;

/**
 * Names one record of one source system.
 *
 * @param system such as {@code incident-reporting}, {@code adjudications}, {@code case-notes}, {@code prisoner-alerts}, {@code prisoner-search},
 *     {@code telephone-reports}, {@code use-of-force}, {@code adjudication-charges}
 */
public record SourceKey(String system, String recordId) {

    public static final String INCIDENTS = "incident-reporting";
    public static final String ADJUDICATIONS = "adjudications";
    /** Charges that a prison has referred to the police, one record each, by charge number. */
    public static final String CHARGES = "adjudication-charges";

    public static final String CASE_NOTES = "case-notes";
    public static final String PRISONER_ALERTS = "prisoner-alerts";
    public static final String PRISONERS = "prisoner-search";
    /** Mails to the mailbox of telephone reports, whole. */
    public static final String TELEPHONE_MAILS = "telephone-mails";
    /** Notices that intelligence exists, one record each, made of what was understood. */
    public static final String INTELLIGENCE = "intelligence-notices";
    /** What was told by telephone, one record each. */
    public static final String TELEPHONE_REPORTS = "telephone-reports";
    /** Use of force reports, one record each. */
    public static final String USE_OF_FORCE = "use-of-force";
}
