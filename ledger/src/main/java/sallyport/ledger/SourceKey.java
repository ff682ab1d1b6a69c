package sallyport.ledger;

/**
 * Names one record of one source system.
 *
 * @param system such as {@code incident-reporting}, {@code adjudications}, {@code case-notes}, {@code prisoner-alerts}, {@code prisoner-search}
 */
public record SourceKey(String system, String recordId) {

    public static final String INCIDENTS = "incident-reporting";
    public static final String ADJUDICATIONS = "adjudications";
    public static final String CASE_NOTES = "case-notes";
    public static final String PRISONER_ALERTS = "prisoner-alerts";
    public static final String PRISONERS = "prisoner-search";
}
