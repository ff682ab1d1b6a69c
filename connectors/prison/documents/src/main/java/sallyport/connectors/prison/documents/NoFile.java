package sallyport.connectors.prison.documents;

/** The service has no such file (any more). */
public record NoFile() {}
