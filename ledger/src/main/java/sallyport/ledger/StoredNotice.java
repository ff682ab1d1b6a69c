package sallyport.ledger;

/**
 * A notice of intelligence that fits a case and that its force may know of.
 *
 * @param recordId the unit's reference
 * @param version of its source record
 * @param sha256 of that version
 * @param handling code of the intelligence report
 */
public record StoredNotice(String recordId, int version, byte[] sha256, String handling, String prison, String unit) {}
