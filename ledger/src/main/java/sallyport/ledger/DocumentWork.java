package sallyport.ledger;

/**
 * A document that is whole and not scanned yet.
 *
 * @param waits false when it was scanned or erased meanwhile
 */
public record DocumentWork(
        long id, long caseId, String caseReference, boolean approved, boolean waits, long size, byte[] sha256) {}
