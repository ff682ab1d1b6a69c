package sallyport.ledger;

import java.time.Instant;

/**
 * A numbered, immutable version of what is sent to the police for a case.
 *
 * @param erased its term is over: there is a hash and no content
 */
public record StoredPackage(
        int version,
        PackageKind kind,
        byte[] canonical,
        byte[] sha256,
        byte[] contentSha256,
        Instant builtAt,
        boolean erased) {}
