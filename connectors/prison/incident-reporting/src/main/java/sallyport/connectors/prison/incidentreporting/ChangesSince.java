package sallyport.connectors.prison.incidentreporting;

import java.time.Instant;

/**
 * Which reports changed at or after this instant. Whoever asks goes back a little behind the newest change already known:
 * a report that is written while the list is being read may appear only the next time.
 */
public record ChangesSince(Instant after) {}
