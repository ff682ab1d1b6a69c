package sallyport.ledger;

import java.time.Instant;

/** A numbered, immutable version of what is sent to the police for a case. */
public record StoredPackage(
        int version, PackageKind kind, byte[] canonical, byte[] sha256, byte[] contentSha256, Instant builtAt) {}
