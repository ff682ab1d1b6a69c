package sallyport.mappings.lineage;

import org.jspecify.annotations.Nullable;

/**
 * A version of a record that a package was built from.
 *
 * @param system as {@link sallyport.mappings.referral.SourceVersion} has it, {@code person} for an answer, {@code package} for the version
 *     before this one
 * @param version the hub's number of the version
 * @param sha256 of the bytes as received, 64 lower-case hex digits
 * @param raw the bytes; null where they are not kept any more
 */
public record SourceRecord(String system, String recordId, int version, String sha256, byte @Nullable [] raw) {

    public static final String PERSON = "person";
    public static final String PACKAGE = "package";
}
