package sallyport.ledger.replay;

import java.util.EnumSet;
import java.util.Set;

/** What sending an item again would do at its destination. */
public enum Verdict {
    /** The destination provably does not hold it. */
    NEVER_ARRIVED,
    /** The destination knows a message it had before: the same bytes under the same id have the effect of once. */
    DEDUPES,
    /** The destination says whether it has it: it is asked, and sent the same bytes only if it has not. */
    CAN_BE_ASKED,
    /** The destination can do neither: it would have it twice. */
    WOULD_DOUBLE,
    /** Today's mapping would say something else. What is sent again is what was sent then; anything else is a new version. */
    OTHER_BYTES,
    /** Something later has been delivered that this would undo, and that is not sent again after it. */
    SUPERSEDED,
    /** What was sent is no longer kept. */
    NO_BYTES;

    private static final Set<Verdict> GOES = EnumSet.of(NEVER_ARRIVED, DEDUPES, CAN_BE_ASKED);
    private static final Set<Verdict> BY_CONFIRMATION = EnumSet.of(WOULD_DOUBLE, OTHER_BYTES, SUPERSEDED);

    /** Whether it is sent without a person's word about this very item. */
    public boolean goes() {
        return GOES.contains(this);
    }

    /** Whether a person's word about this very item lets it be sent. */
    public boolean canBeConfirmed() {
        return BY_CONFIRMATION.contains(this);
    }
}
