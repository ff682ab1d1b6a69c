package sallyport.mappings.police;

import sallyport.mappings.outcome.OutcomeMessage;

/**
 * An outcome that came by CJSE.
 *
 * @param requestId of the submit request: to be repeated in the acknowledgement
 * @param correlationId the sender's
 */
public record CjseOutcome(String requestId, String correlationId, OutcomeMessage outcome) implements CjseInbound {}
