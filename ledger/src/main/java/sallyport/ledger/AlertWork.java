package sallyport.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is to be told, by one channel, that an alert has opened or cleared. Without personal data.
 *
 * @param transition {@value #OPENED} or {@value #CLEARED}
 * @param channel one of {@link AlertChannels}
 * @param kind LANE, CAUSE, EVIDENCE, RECEIPTS, DECISIONS, DECISIONS_SOON
 * @param subject what it is about, such as {@code force:46}
 * @param what in words
 * @param todo what the person on call does
 * @param count how many things it is about
 * @param untold whether the opening is still to be told by this channel: the clearing comes after it
 */
public record AlertWork(
        long id,
        String transition,
        String channel,
        String kind,
        String subject,
        String what,
        String todo,
        long count,
        Instant openedAt,
        @Nullable Instant clearedAt,
        boolean untold) {

    public static final String OPENED = "OPENED";
    public static final String CLEARED = "CLEARED";
}
