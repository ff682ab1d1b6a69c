package sallyport.routes.phonereportintake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.prison.phonereports.MailboxMark;
import sallyport.connectors.prison.phonereports.MailboxPage;
import sallyport.connectors.prison.phonereports.MailboxPage.Refused;
import sallyport.connectors.prison.phonereports.MailboxPage.Taken;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;

/** What is committed of a mailbox, and what follows from it alone, whichever node goes on and whatever happened to the one before. */
class MailboxTest {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Mailbox mailbox = new Mailbox(new PhoneReportProperties(EVERY, 70, 15, 50, Duration.ofHours(24)));

    @Test
    void theNodeThatFindsTheMarkCommittedPutsAwayAndReadsBehindIt() {
        Effects kept = mailbox.keep(page(7, 5, false, taken(4, "one")), true, poll("7/3//"));

        PollClaim next = poll(mark(kept).cursor());
        assertThat(mark(kept).nextIn()).isLessThan(Duration.ofSeconds(1));
        assertThat(mailbox.committed(next)).isEqualTo(new MailboxMark(7, 5, List.of(4L), List.of(5L)));
        assertThat(mailbox.next(next).mark().lastUid()).isEqualTo(5);
    }

    @Test
    void withoutACommitTheSameIsReadAgainAndIsTheSameRecords() {
        PollClaim poll = poll("7/3//");
        Effects lost = mailbox.keep(page(7, 5, false, taken(4, "one")), true, poll);

        assertThat(mailbox.next(poll).mark().lastUid()).isEqualTo(3);
        assertThat(records(mailbox.keep(page(7, 5, false, taken(4, "one")), true, poll)))
                .isEqualTo(records(lost));
    }

    @Test
    void aMailIsTheSameByItsMessageIdAndTextWhateverNumberItHasAndWhateverWayItTook() {
        String id = Mailbox.recordId(taken(4, "one"));

        assertThat(Mailbox.recordId(taken(9, "one"))).isEqualTo(id);
        assertThat(Mailbox.recordId(new Taken(
                        9,
                        "<1@example.org>",
                        "Received: by another\r\nMessage-ID: <1@example.org>\r\n\r\none".getBytes(UTF_8),
                        URI.create("imap://x"),
                        Instant.EPOCH)))
                .isEqualTo(id);
        assertThat(Mailbox.recordId(taken(4, "two"))).isNotEqualTo(id);
    }

    @Test
    void whatCannotBeMovedIsKeptInTheMarkAndAPersonIsTold() {
        Effects kept = mailbox.keep(page(7, 5, false, taken(4, "one")), false, poll("7/3/2,3/1"));

        assertThat(MailboxMark.of(mark(kept).cursor()))
                .isEqualTo(new MailboxMark(7, 5, List.of(2L, 3L, 4L), List.of(1L, 5L)));
        assertThat(mark(kept).nextIn()).isEqualTo(EVERY);
        assertThat(kept.all())
                .anyMatch(effect ->
                        effect instanceof Effect.OpenTask task && task.subject().equals("telephone-mailbox/put-away"));
        // Numbers of another time say nothing of this one.
        assertThat(MailboxMark.of(mark(mailbox.keep(page(8, 5, false), false, poll("7/3/2,3/1")))
                        .cursor()))
                .isEqualTo(new MailboxMark(8, 5, List.of(), List.of(5L)));
    }

    @Test
    void ofARefusedMailAPersonIsToldWhyAndHowLargeItIsAndNotWhoSentIt() {
        Effects kept = mailbox.keep(page(7, 5, true), true, poll(null));

        assertThat(kept.all())
                .filteredOn(Effect.OpenTask.class::isInstance)
                .singleElement()
                .satisfies(effect -> assertThat(((Effect.OpenTask) effect).detail())
                        .startsWith("A mail to the mailbox of telephone reports is too large and was not read.")
                        .contains("has 2147483648 bytes"));
        assertThat(mark(kept).nextIn()).isLessThan(Duration.ofSeconds(1));
    }

    private static MailboxPage page(long validity, long lastUid, boolean more, Taken... taken) {
        return new MailboxPage(
                List.of(taken),
                List.of(new Refused(5, "too-large", 1L << 31, Instant.parse("2026-11-30T02:00:00Z"))),
                new MailboxMark(
                        validity,
                        lastUid,
                        List.of(taken).stream().map(Taken::uid).toList(),
                        List.of(5L)),
                more);
    }

    private static Taken taken(long uid, String text) {
        return new Taken(
                uid,
                "<1@example.org>",
                ("Message-ID: <1@example.org>\r\n\r\n" + text).getBytes(UTF_8),
                URI.create("imap://localhost:143/INBOX;UIDVALIDITY=7/;UID=" + uid),
                Instant.EPOCH);
    }

    private static PollClaim poll(@Nullable String cursor) {
        return new PollClaim(1, 1, 1, "telephone-mails", "mailbox", cursor);
    }

    private static Effect.AdvancePoll mark(Effects effects) {
        return (Effect.AdvancePoll) effects.all().stream()
                .filter(Effect.AdvancePoll.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static List<Object> records(Effects effects) {
        return effects.all().stream()
                .filter(Effect.StoreSource.class::isInstance)
                .map(effect -> (Object) ((Effect.StoreSource) effect).key())
                .toList();
    }
}
