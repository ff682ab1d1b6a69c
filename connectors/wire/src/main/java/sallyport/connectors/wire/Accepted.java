package sallyport.connectors.wire;

/**
 * The partner's word that it has it.
 *
 * @param code the partner's status, such as {@code 201} or CJSE {@code 1}
 * @param evidence the answer, byte for byte; its SHA-256 goes on the receipt
 * @param delivered the answer itself proves delivery (CJSE 302 PreviouslySent), not only acceptance
 */
public record Accepted(String code, byte[] evidence, boolean delivered) {}
