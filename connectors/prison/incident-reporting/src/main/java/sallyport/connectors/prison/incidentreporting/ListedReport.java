package sallyport.connectors.prison.incidentreporting;

/**
 * One report as the list of a prison names it, all in the source's own text.
 *
 * @param incidentText when it happened, by the prison's clock
 */
public record ListedReport(String id, String modifiedText, String status, String incidentText) {}
