package sallyport.connectors.wire;

/**
 * One effect to carry out at one partner. The bytes were rendered once and are sent as they are, on every attempt.
 *
 * @param destination the key of the partner in the connector's configuration, such as force code {@code 46} or a team
 * @param messageId deterministic, at most 50 characters without white space
 * @param resource what the effect is about where the protocol wants it in the address, such as a case reference; else empty
 * @param contentType media type of the bytes
 * @param bytes the body
 */
public record Outbound(String destination, String messageId, String resource, String contentType, byte[] bytes) {}
