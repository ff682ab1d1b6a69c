package sallyport.ledger;

/**
 * A case note that a person asked for and chose for the package.
 *
 * @param justification the code of why it was asked for
 * @param content the note alone, as the source gives it
 */
public record StoredNote(long request, String justification, byte[] content, byte[] sha256) {}
