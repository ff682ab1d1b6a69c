package sallyport.ledger;

/** Bytes for one channel, rendered once before the first send; retries repeat them. */
public record Rendered(String channel, String contentType, byte[] bytes, String mappingVersion, String profile) {}
