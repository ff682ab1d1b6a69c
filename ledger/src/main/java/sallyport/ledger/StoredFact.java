package sallyport.ledger;

/**
 * The answer of a person to a readiness item that counts now.
 *
 * @param item its published name
 * @param content in canonical JSON; empty where it was erased for retention
 */
public record StoredFact(String item, int version, byte[] content, byte[] sha256) {

    public boolean erased() {
        return content.length == 0;
    }
}
