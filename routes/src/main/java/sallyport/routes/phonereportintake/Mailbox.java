package sallyport.routes.phonereportintake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.phonereports.MailboxMark;
import sallyport.connectors.prison.phonereports.MailboxPage;
import sallyport.connectors.prison.phonereports.MailboxPage.Refused;
import sallyport.connectors.prison.phonereports.MailboxPage.Taken;
import sallyport.connectors.prison.phonereports.MailboxQuery;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.PollClaim;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/**
 * Takes what the mailbox holds into the ledger. The mark moves in the transaction that stores the mails, and names those that are to be put
 * away: only a run that finds it committed tells the mail server.
 */
@Component
final class Mailbox {

    static final String PUT_AWAY = "sallyport.put-away";

    /** Several times in a row, over the minutes that a server takes to restart. */
    private static final int STUCK = 6;

    private static final Duration AT_ONCE = Duration.ofMillis(100);
    /** Of mails that cannot be moved the oldest are forgotten: they stay where they are, and are not read again. */
    private static final int MOST_UNMOVED = 1_000;

    private static final String UNMOVED = "telephone-mailbox/put-away";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));

    private final PhoneReportProperties properties;

    Mailbox(PhoneReportProperties properties) {
        this.properties = properties;
    }

    MailboxMark committed(PollClaim poll) {
        return MailboxMark.of(poll.cursor());
    }

    MailboxQuery next(@ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        return new MailboxQuery(MailboxMark.of(poll.cursor()), poll.attempt() >= STUCK);
    }

    Effects keep(
            @Body MailboxPage page,
            @ExchangeProperty(PUT_AWAY) boolean putAway,
            @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        List<Effect> effects = new ArrayList<>();
        page.taken().forEach(mail -> effects.addAll(stored(mail)));
        page.refused().forEach(mail -> effects.add(forAPerson(mail, page.mark().uidValidity())));
        MailboxMark before = MailboxMark.of(poll.cursor());
        effects.add(
                putAway
                        ? new Effect.CloseTasks(PhoneReportIntake.TASK, Set.of(UNMOVED), "mails are moved again")
                        : new Effect.OpenTask(
                                PhoneReportIntake.TASK,
                                UNMOVED,
                                null,
                                null,
                                null,
                                "Mails with telephone reports are taken in, and cannot be moved out of their folder:"
                                        + " let the hub's user make and fill the folders for processed and refused mails.",
                                null));
        MailboxMark mark = putAway ? page.mark() : together(before, page.mark());
        Duration wait = page.more() || mark.isAnyToPutAway() && putAway ? AT_ONCE : properties.every();
        effects.add(new Effect.AdvancePoll(mark.text(), wait));
        return Effects.of(effects);
    }

    /** The same mail again, and what came of it, is known by its message id and its text, whatever way it took. */
    private static List<Effect> stored(Taken mail) {
        SourceKey key = new SourceKey(SourceKey.TELEPHONE_MAILS, recordId(mail));
        return List.of(
                new Effect.StoreSource(
                        key,
                        mail.raw(),
                        null,
                        null,
                        false,
                        mail.readAt(),
                        mail.from().toString(),
                        null,
                        null,
                        Step.TELEPHONE_MAIL),
                new Effect.Log(new Evidence(
                        Evidence.Kind.COLLECTION,
                        null,
                        null,
                        "sallyport",
                        "a mail with telephone reports",
                        null,
                        Sha256.of(mail.raw()),
                        null,
                        null,
                        key.system() + "/" + key.recordId())));
    }

    static String recordId(Taken mail) {
        byte[] raw = mail.raw();
        String id = mail.messageId();
        if (id == null) {
            return HexFormat.of().formatHex(Sha256.of(raw));
        }
        int text = endOfHeaders(raw);
        byte[] said = id.getBytes(UTF_8);
        byte[] identity = new byte[said.length + 1 + raw.length - text];
        System.arraycopy(said, 0, identity, 0, said.length);
        System.arraycopy(raw, text, identity, said.length + 1, raw.length - text);
        return HexFormat.of().formatHex(Sha256.of(identity));
    }

    private static int endOfHeaders(byte[] raw) {
        for (int at = 0; at + 3 < raw.length; at++) {
            if (raw[at] == '\r' && raw[at + 1] == '\n' && raw[at + 2] == '\r' && raw[at + 3] == '\n') {
                return at + 4;
            }
        }
        return 0;
    }

    private static Effect forAPerson(Refused mail, long uidValidity) {
        return new Effect.OpenTask(
                PhoneReportIntake.TASK,
                "telephone-mail/" + uidValidity + "/" + mail.uid(),
                null,
                null,
                null,
                why(mail.code()) + " It "
                        + (mail.arrivedAt() == null ? "" : "came at " + TIME.format(mail.arrivedAt()) + " and ")
                        + (mail.bytes() < 0 ? "" : "has " + mail.bytes() + " bytes; it ")
                        + "is moved to the folder for refused mails. Look at it there, and if it is a telephone report have it sent"
                        + " again as one.",
                null);
    }

    private static String why(String code) {
        return switch (code) {
            case "too-large" -> "A mail to the mailbox of telephone reports is too large and was not read.";
            case "sender-not-on-list" ->
                "A mail to the mailbox of telephone reports is from somebody who is not on the list of senders and was not read.";
            case "sender-not-authenticated" ->
                "A mail to the mailbox of telephone reports is not proved to be from its sender and was not read.";
            default -> "A mail to the mailbox of telephone reports cannot be read.";
        };
    }

    private static MailboxMark together(MailboxMark before, MailboxMark now) {
        if (before.uidValidity() != now.uidValidity()) {
            return now;
        }
        return new MailboxMark(
                now.uidValidity(),
                now.lastUid(),
                youngest(before.taken(), now.taken()),
                youngest(before.refused(), now.refused()));
    }

    private static List<Long> youngest(List<Long> before, List<Long> now) {
        List<Long> all = Stream.concat(before.stream(), now.stream()).toList();
        return all.subList(Math.max(0, all.size() - MOST_UNMOVED), all.size());
    }
}
