package sallyport.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something a partner sent, stored and acknowledged, to be applied.
 *
 * @param sender force code from the client certificate
 * @param state RECEIVED when nobody judged it yet, else VALID
 * @param referralCase the case it names, if there is one; where that became part of another, the other
 * @param applied outcomes applied to that case before, oldest first
 * @param sentVersions package versions sent to the sender's lane, ascending
 * @param twin an earlier inbound of the same sender and message id, if any
 * @param former the case it names, where that became part of another
 */
public record OutcomeWork(
        long inboundId,
        String channel,
        String sender,
        byte[] raw,
        byte[] sha256,
        Instant receivedAt,
        String state,
        @Nullable String messageId,
        @Nullable ReferralCase referralCase,
        List<AppliedOutcome> applied,
        Set<Integer> sentVersions,
        @Nullable Twin twin,
        @Nullable Former former) {

    /** An outcome applied before. */
    public record AppliedOutcome(String messageId, String type, @Nullable String code, Instant at) {}

    /** @param sentVersions package versions sent to the sender's lane under its own reference */
    public record Former(ReferralCase referralCase, Set<Integer> sentVersions) {

        public Former {
            sentVersions = Set.copyOf(sentVersions);
        }
    }

    /**
     * The first message with this id.
     *
     * @param saysTheSame a duplicate, by whichever channel it came; else a conflict
     */
    public record Twin(long inboundId, boolean saysTheSame, String state) {}

    public OutcomeWork {
        applied = List.copyOf(applied);
        sentVersions = Set.copyOf(sentVersions);
    }
}
