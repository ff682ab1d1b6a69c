package sallyport.mappings.referral;

/**
 * One version of one source record that went into a package.
 *
 * @param system such as {@code incident-reporting}
 * @param recordId the record's id there
 * @param version the hub's number of the version
 * @param sha256 of the bytes as received, 64 lower-case hex digits
 */
public record SourceVersion(String system, String recordId, int version, String sha256) {}
