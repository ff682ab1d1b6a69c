package sallyport.ledger.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something stopped until a person acts.
 *
 * @param what {@code work/<id>} or {@code lane/<id>}: the name by which it is released
 * @param of the step or the lane
 * @param kind REJECTED, UNAVAILABLE, UNKNOWN, DEFECT
 * @param where the field, for REJECTED
 * @param behind how many promised effects of the same case wait behind it
 */
public record Parked(
        String what,
        String of,
        @Nullable String caseReference,
        String kind,
        @Nullable String code,
        @Nullable String where,
        @Nullable String detail,
        Instant since,
        long behind) {

    /** Whether it is something for a destination, and not work inside the hub. */
    public boolean sent() {
        return what.startsWith("lane/");
    }
}
