package sallyport.connectors.prison.phonereports;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read behind a mark. The mails stay where they are: once these bytes are committed, {@code phone-reports-put-away} moves them.
 *
 * @param mark how far it was read, with the numbers of what is to be put away
 * @param more whether there is more to read at once
 */
public record MailboxPage(List<Taken> taken, List<Refused> refused, MailboxMark mark, boolean more) {

    public MailboxPage {
        taken = List.copyOf(taken);
        refused = List.copyOf(refused);
    }

    /**
     * A mail of somebody who may report, byte for byte.
     *
     * @param messageId as its sender wrote it; null when there is none
     * @param from which mailbox, with folder and number
     */
    public record Taken(long uid, @Nullable String messageId, byte[] raw, URI from, Instant readAt) {}

    /**
     * A mail that was not read.
     *
     * @param code {@code sender-not-on-list}, {@code sender-not-authenticated}, {@code too-large}, {@code cannot-be-read}
     * @param bytes its size as the server says
     * @param arrivedAt when the server got it
     */
    public record Refused(long uid, String code, long bytes, @Nullable Instant arrivedAt) {}
}
