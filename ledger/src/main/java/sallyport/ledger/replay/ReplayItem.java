package sallyport.ledger.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseClass;

/**
 * One item of a job.
 *
 * @param id of the lane item
 * @param recognition what the destination would make of the same bytes; null while it is being planned
 * @param shadow what the shadow made of it, in a word; null when it was not asked
 * @param differs how many fields today's mapping would send otherwise; null where it cannot say
 */
public record ReplayItem(
        long id,
        String lane,
        String caseReference,
        String kind,
        String messageId,
        @Nullable Integer packageVersion,
        CaseClass caseClass,
        @Nullable String channel,
        @Nullable Verdict verdict,
        @Nullable Verdict recognition,
        @Nullable Integer differs,
        Replay.ItemState state,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String confirmedBy,
        @Nullable String confirmedWhy,
        @Nullable String shadow,
        @Nullable Instant deliveredAt,
        @Nullable Instant endedAt) {

    /** Whether a person may say that it is to be sent all the same. */
    public boolean canBeConfirmed() {
        return state == Replay.ItemState.LEFT_OUT
                && verdict != null
                && verdict.canBeConfirmed()
                // An older row would put the tracker back, whoever wants it.
                && !(verdict == Verdict.SUPERSEDED && kind.equals("TRACKER_ROW"));
    }
}
