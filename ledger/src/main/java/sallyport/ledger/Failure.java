package sallyport.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a step failed, in the four kinds there are.
 *
 * @param code stable lower-case-hyphen word; clusters of failures are grouped by it
 * @param where the field, for {@link Kind#REJECTED}
 * @param detail one short line without personal data and secrets
 */
public record Failure(Kind kind, String code, @Nullable String where, String detail, @Nullable Duration retryAfter) {

    /** REJECTED and DEFECT park; UNAVAILABLE climbs the ladder; UNKNOWN is sent again only where the destination dedupes. */
    public enum Kind {
        REJECTED,
        UNAVAILABLE,
        UNKNOWN,
        DEFECT
    }
}
