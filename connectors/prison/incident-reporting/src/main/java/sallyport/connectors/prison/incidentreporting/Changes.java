package sallyport.connectors.prison.incidentreporting;

import java.util.List;

/**
 * What a sweep found, newest first, each version once.
 *
 * @param complete everything since the asked instant is here; if not, the sweep stopped at its bound or the source repeated
 *     itself, and the mark for the next one must stay where it was
 */
public record Changes(List<ChangedReport> reports, boolean complete) {}
