package sallyport.connectors.prison.incidentreporting;

import java.time.Instant;
import java.util.List;

/**
 * All reports that were asked for, each once.
 *
 * @param askedAt before the first page was asked for: what changed after it may be in the list or not
 */
public record Listing(List<ListedReport> reports, Instant askedAt) {}
