package sallyport.mappings.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That an alert has opened or cleared: as {@code alert-v1} JSON for programs, as subject and text for people.
 *
 * @param alert its number
 * @param opened else it has cleared
 * @param kind LANE, CAUSE, EVIDENCE, RECEIPTS, DECISIONS, DECISIONS_SOON
 * @param subject what it is about, such as {@code force:46}
 * @param what in words, without personal data
 * @param todo what the person on call does
 * @param count how many things it is about
 */
public record AlertNotice(
        long alert,
        boolean opened,
        String kind,
        String subject,
        String what,
        String todo,
        long count,
        Instant openedAt,
        @Nullable Instant clearedAt) {

    private static final int LONGEST_LINE = 120;

    private static final DateTimeFormatter LONDON =
            DateTimeFormatter.ofPattern("HH:mm:ss 'on' d MMMM yyyy", Locale.UK).withZone(ZoneId.of("Europe/London"));

    /** The same for the same transition, however often it is told. */
    public String messageId() {
        return "alert-" + alert + "-" + event();
    }

    private String event() {
        return opened ? "opened" : "cleared";
    }

    public byte[] json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", "alert-v1");
        json.put("id", messageId());
        json.put("alert", alert);
        json.put("event", event());
        json.put("kind", kind);
        json.put("subject", subject);
        json.put("what", what);
        json.put("todo", todo);
        json.put("count", count);
        json.put("openedAt", openedAt.toString());
        json.put("clearedAt", clearedAt == null ? null : clearedAt.toString());
        return json.toString().getBytes(UTF_8);
    }

    /** One line, at most 120 characters. */
    public String subjectLine() {
        String line = "[Sallyport] " + (opened ? "" : "Over: ") + what;
        String plain = line.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE - 1) + "…";
    }

    public String text() {
        return opened
                ? what + "\n\nWhat to do: " + todo + "\n\nSince " + LONDON.format(openedAt) + ". Alert " + alert + ", "
                        + subject + ".\n"
                : "This is over:\n\n" + what + "\n\nFrom " + LONDON.format(openedAt)
                        + (clearedAt == null ? "" : " to " + LONDON.format(clearedAt)) + ". Alert " + alert + ", "
                        + subject + ".\n";
    }
}
