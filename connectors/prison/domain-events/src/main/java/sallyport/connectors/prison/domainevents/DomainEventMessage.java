package sallyport.connectors.prison.domainevents;

/**
 * One message of the queue as it came.
 *
 * @param sqsMessageId the queue's id of this message; a second copy of the same event has another one
 * @param body the SNS envelope, UTF-8
 */
public record DomainEventMessage(String sqsMessageId, byte[] body) {}
