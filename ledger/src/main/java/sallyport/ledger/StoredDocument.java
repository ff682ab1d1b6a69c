package sallyport.ledger;

/** A document of a case that was scanned and found clean. */
public record StoredDocument(long id, String kind, String mediaType, long size, byte[] sha256) {}
