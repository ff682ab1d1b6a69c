package sallyport.connectors.prison.incidentreporting;

/**
 * One version of one report.
 *
 * @param id as the source gave it; fetching checks it
 * @param modifiedText when it was changed, the source's text, by which versions are told apart
 */
public record ChangedReport(String id, String modifiedText) {}
