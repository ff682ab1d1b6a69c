package sallyport.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest version of a source record, byte for byte.
 *
 * @param erased its term is over: there is a hash and no bytes
 */
public record SourceVersion(
        long id,
        long recordRow,
        SourceKey key,
        int versionNo,
        byte[] raw,
        byte[] sha256,
        @Nullable Instant modifiedAt,
        Instant fetchedAt,
        @Nullable Instant goneAt,
        boolean erased) {}
