package sallyport.connectors.prison.phonereports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a mailbox is read, and which mails are committed but were not put away yet. Kept by whoever commits them.
 *
 * @param uidValidity of the folder when it was read; while it is the same, mails keep their numbers
 * @param lastUid the highest number that was read
 * @param taken numbers of mails whose bytes are committed
 * @param refused numbers of mails of which a person was told
 */
public record MailboxMark(long uidValidity, long lastUid, List<Long> taken, List<Long> refused) {

    private static final String BETWEEN = "/";

    public MailboxMark {
        taken = List.copyOf(taken);
        refused = List.copyOf(refused);
    }

    /** Before anything was read. */
    public static MailboxMark none() {
        return new MailboxMark(0, 0, List.of(), List.of());
    }

    /**
     * @param text of {@link #text}; what is null or not of it is as if nothing had been read, since reading again doubles nothing
     */
    public static MailboxMark of(@Nullable String text) {
        if (text == null) {
            return none();
        }
        String[] parts = text.split(BETWEEN, -1);
        try {
            return parts.length == 4
                    ? new MailboxMark(
                            Long.parseLong(parts[0]), Long.parseLong(parts[1]), numbers(parts[2]), numbers(parts[3]))
                    : none();
        } catch (NumberFormatException e) {
            return none();
        }
    }

    public String text() {
        return uidValidity + BETWEEN + lastUid + BETWEEN + joined(taken) + BETWEEN + joined(refused);
    }

    public boolean isAnyToPutAway() {
        return !taken.isEmpty() || !refused.isEmpty();
    }

    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        Stream.of(text.split(","))
                .filter(number -> !number.isEmpty())
                .forEach(number -> numbers.add(Long.valueOf(number)));
        return numbers;
    }

    private static String joined(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
