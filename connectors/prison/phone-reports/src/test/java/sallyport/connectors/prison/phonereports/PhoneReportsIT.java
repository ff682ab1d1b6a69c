package sallyport.connectors.prison.phonereports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.prison.phonereports.MailboxPage.Refused;
import sallyport.connectors.prison.phonereports.MailboxPage.Taken;
import sallyport.connectors.prison.phonereports.PhoneReportsProperties.Security;
import sallyport.connectors.wire.Unavailable;

/** A real mail server, and one that is away, slow, confused or hostile. */
class PhoneReportsIT {

    private static final String CANARY = "canary-4f1c";
    private static final String PASSWORD = "a password for tests only";
    private static final String USER = "hub@example.org";
    private static final Instant NOW = Instant.parse("2026-11-30T02:25:10Z");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private GreenMailUser user;

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser(USER, USER, PASSWORD);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void readsWhatCameAndChangesNothing() throws Exception {
        byte[] raw = arrives("desk@example.org", "Reference: N-1");

        MailboxPage page = read(MailboxMark.none());

        assertThat(page.more()).isFalse();
        assertThat(page.refused()).isEmpty();
        assertThat(page.taken()).singleElement().satisfies(taken -> {
            assertThat(taken.raw()).isEqualTo(raw);
            assertThat(taken.messageId()).isEqualTo("<1@example.org>");
            assertThat(taken.readAt()).isEqualTo(NOW);
            assertThat(taken.from().toString())
                    .matches("imap://localhost:\\d+/INBOX;UIDVALIDITY="
                            + page.mark().uidValidity() + "/;UID=" + taken.uid());
        });
        assertThat(inbox().getMessages()).singleElement().satisfies(mail -> assertThat(
                        mail.getFlags().contains(Flags.Flag.SEEN))
                .isFalse());
    }

    @Test
    void goesOnBehindItsMark() throws Exception {
        arrives("desk@example.org", "one");
        MailboxMark mark = read(MailboxMark.none()).mark();
        arrives("desk@example.org", "two");

        assertThat(bodies(read(mark))).containsExactly("two");
        assertThat(read(read(mark).mark()).taken()).isEmpty();
        assertThat(MailboxMark.of(mark.text())).isEqualTo(mark);
        assertThat(MailboxMark.of("nonsense")).isEqualTo(MailboxMark.none());
        assertThat(MailboxMark.of("1/2/x/")).isEqualTo(MailboxMark.none());
    }

    @Test
    void anotherUidValidityBeginsAgain() throws Exception {
        arrives("desk@example.org", "one");
        MailboxMark mark = read(MailboxMark.none()).mark();

        MailboxMark other = new MailboxMark(mark.uidValidity() + 1, 1_000, List.of(), List.of());

        assertThat(bodies(read(other))).containsExactly("one");
        assertThat(read(other).mark().uidValidity()).isEqualTo(mark.uidValidity());
    }

    @Test
    void whatIsCommittedIsPutAwayAndStaysReadable() throws Exception {
        arrives("desk@example.org", "one");
        arrives("stranger@example.com", "two");
        MailboxPage page = read(MailboxMark.none());
        arrives("desk@example.org", "three");

        putAway(page.mark());
        putAway(page.mark());

        assertThat(inbox().getMessageCount()).isEqualTo(1);
        assertThat(folder("Processed").getMessageCount()).isEqualTo(1);
        assertThat(folder("Refused").getMessageCount()).isEqualTo(1);
        assertThat(bodies(read(page.mark()))).containsExactly("three");
    }

    @Test
    void nothingIsPutAwayByNumbersOfAnotherTime() throws Exception {
        arrives("desk@example.org", "one");
        MailboxMark mark = read(MailboxMark.none()).mark();

        putAway(new MailboxMark(mark.uidValidity() + 1, mark.lastUid(), mark.taken(), mark.refused()));

        assertThat(inbox().getMessageCount()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotMoveThemIsSaidAndNotThrown() throws Exception {
        try (ScriptedImap scripted =
                new ScriptedImap().says("LIST", "$tag OK\r\n").says("CREATE", "$tag NO canary-4f1c\r\n")) {
            PhoneReportsHealth health = new PhoneReportsHealth();
            var mailbox = new Mailbox(properties(scripted.port(), Security.NONE, null), Clock.systemUTC());
            MailboxMark mark = new MailboxMark(7, 4, List.of(4L), List.of());
            try (Verb verb = Verb.start(
                    new PhoneReportsRoutes(mailbox, health), "direct:phone-reports-put-away", mark, health)) {
                assertThat(verb.call()).isEqualTo(false);
            }
        }
    }

    @Test
    void nothingIsReadOfAMailThatIsTooLargeOrOfAStranger() throws Exception {
        arrives("desk@example.org", "x".repeat(20_000));
        arrives("stranger@example.com", CANARY);
        arrives("desk@example.org", "small");

        MailboxPage page = read(MailboxMark.none());

        assertThat(page.refused()).extracting(Refused::code).containsExactly("too-large", "sender-not-on-list");
        assertThat(page.refused().get(0).bytes()).isGreaterThanOrEqualTo(20_000);
        assertThat(page.refused().get(0).arrivedAt()).isNotNull();
        assertThat(bodies(page)).containsExactly("small");
        assertThat(page.mark().refused()).hasSize(2);
    }

    @Test
    void noByteIsAskedForOfAMailThatIsSaidToHaveTwoGigabytes() throws Exception {
        try (ScriptedImap scripted = new ScriptedImap()
                .says(
                        "FETCH 1 (ENV",
                        "* 1 FETCH (RFC822.SIZE 2147483648 FLAGS () INTERNALDATE \"30-Nov-2026 02:00:00 +0000\" "
                                + envelope("desk") + ")\r\n$tag OK\r\n")) {
            MailboxPage page = (MailboxPage) reading(scripted.port()).call();

            assertThat(page.refused()).extracting(Refused::code).containsExactly("too-large");
            assertThat(page.refused().get(0).bytes()).isEqualTo(2_147_483_648L);
            assertThat(scripted.commands).noneMatch(command -> command.contains("BODY") && !command.contains("HEADER"));
        }
    }

    @Test
    void ofAMailWithTwoGigabytesNoByteIsReadAndNothingIsLost() throws Exception {
        arrives("desk@example.org", "before");
        var large = new Watched(mail("desk@example.org", CANARY));
        inbox().store(large);
        sizeOf(inbox().getMessages().get(1), Integer.MAX_VALUE);
        large.mayBeRead = false;
        arrives("desk@example.org", "behind");

        MailboxPage first = read(MailboxMark.none());
        MailboxPage second = read(first.mark());

        assertThat(bodies(first)).containsExactly("before");
        assertThat(bodies(second)).containsExactly("behind");
        assertThat(second.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.code()).isEqualTo("too-large");
            assertThat(refused.bytes()).isEqualTo(Integer.MAX_VALUE);
        });
        assertThat(large.reads).isZero();

        large.mayBeRead = true;
        putAway(first.mark());
        putAway(second.mark());
        assertThat(inbox().getMessageCount()).isZero();
        assertThat(folder("Processed").getMessageCount()).isEqualTo(2);
        assertThat(folder("Refused").getMessages()).singleElement().satisfies(mail -> assertThat(
                        mail.getMimeMessage().getContent().toString())
                .contains(CANARY));
    }

    /** The double says sizes as it finds them, and nobody wants to lay two gigabytes into its memory. */
    private static void sizeOf(StoredMessage mail, int bytes) throws Exception {
        Field size = mail.getAttributes().getClass().getDeclaredField("size");
        size.setAccessible(true);
        size.setInt(mail.getAttributes(), bytes);
    }

    /** A mail whose text nobody may look at, or that takes its time to come in. */
    private static final class Watched extends MimeMessage {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch whole = new CountDownLatch(1);
        private volatile boolean slow;
        private volatile boolean mayBeRead = true;
        private volatile int reads;

        Watched(MimeMessage mail) throws MessagingException {
            super(mail);
        }

        @Override
        public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
            looksAtIt();
            super.writeTo(out, without);
        }

        @Override
        protected InputStream getContentStream() throws MessagingException {
            looksAtIt();
            return super.getContentStream();
        }

        private void looksAtIt() {
            if (!mayBeRead) {
                reads++;
            }
            begun.countDown();
            try {
                if (slow && !whole.await(60, SECONDS)) {
                    throw new IllegalStateException("nobody lets it in");
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** It has its number before it can be seen. */
    @Test
    void aMailThatIsOnItsWayInWhileTheFolderIsReadIsReadTheNextTime() throws Exception {
        arrives("desk@example.org", "one");
        var coming = new Watched(mail("desk@example.org", "two"));
        coming.slow = true;
        Thread delivery = new Thread(() -> {
            try {
                inbox().store(coming);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        delivery.start();
        assertThat(coming.begun.await(60, SECONDS)).isTrue();
        assertThat(inbox().getUIDNext()).as("the number is given out").isEqualTo(3);

        MailboxPage meanwhile = read(MailboxMark.none());
        coming.slow = false;
        coming.whole.countDown();
        delivery.join(60_000);

        assertThat(bodies(meanwhile)).containsExactly("one");
        assertThat(bodies(read(meanwhile.mark()))).containsExactly("two");
    }

    @Test
    void theMarkNeverPassesWhatWasSeenWhateverNumberIsSaidToComeNext() throws Exception {
        try (ScriptedImap scripted = new ScriptedImap()
                        .says(
                                "EXAMINE",
                                "* 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Deleted)\r\n* OK [UIDVALIDITY 7] x\r\n"
                                        + "* OK [UIDNEXT 900] x\r\n$tag OK done\r\n")
                        .says(
                                "FETCH 1 (ENV",
                                "* 1 FETCH (RFC822.SIZE 10 FLAGS () INTERNALDATE \"30-Nov-2026 02:00:00 +0000\" "
                                        + envelope("stranger") + ")\r\n$tag OK\r\n");
                Verb verb = reading(scripted.port())) {
            MailboxPage page = (MailboxPage) verb.call();

            assertThat(page.mark().lastUid()).isEqualTo(4);
            assertThat(page.refused()).extracting(Refused::code).containsExactly("sender-not-on-list");
        }
    }

    @Test
    void aMailThatIsLargerThanTheServerSaidIsRefusedAtTheLimit() throws Exception {
        String chunk = "x".repeat(20_000);
        try (ScriptedImap scripted = new ScriptedImap()
                .says(
                        "FETCH 1 (ENV",
                        "* 1 FETCH (RFC822.SIZE 10 FLAGS () INTERNALDATE \"30-Nov-2026 02:00:00 +0000\" "
                                + envelope("desk") + ")\r\n$tag OK\r\n")
                .says("FETCH 1 (BODY", "* 1 FETCH (BODY[]<0> {20000}\r\n" + chunk + ")\r\n$tag OK\r\n")) {
            MailboxPage page = (MailboxPage) reading(scripted.port()).call();

            assertThat(page.refused()).extracting(Refused::code).containsExactly("too-large");
            assertThat(page.taken()).isEmpty();
        }
    }

    @Test
    void aPageHoldsNoMoreThanAllowedAndTheNextGoesOn() throws Exception {
        for (int i = 0; i < 5; i++) {
            arrives("desk@example.org", "mail " + i);
        }
        MailboxPage first = read(MailboxMark.none());
        MailboxPage second = read(first.mark());

        assertThat(bodies(first)).containsExactly("mail 0", "mail 1", "mail 2");
        assertThat(first.more()).isTrue();
        assertThat(bodies(second)).containsExactly("mail 3", "mail 4");
        assertThat(second.more()).isFalse();
    }

    @Test
    void mailsOfAPageHaveTogetherNoMoreBytesThanOneMay() throws Exception {
        arrives("desk@example.org", "a".repeat(9_000));
        arrives("desk@example.org", "b".repeat(9_000));

        MailboxPage first = read(MailboxMark.none());

        assertThat(first.taken()).hasSize(1);
        assertThat(first.more()).isTrue();
        assertThat(read(first.mark()).taken()).hasSize(1);
    }

    @Test
    void gapsInTheNumbersAreGoneOver() throws Exception {
        arrives("desk@example.org", "one");
        for (int i = 0; i < 2_100; i++) {
            inbox().store(mail("desk@example.org", "gone"));
        }
        for (long uid : inbox().getMessageUids()) {
            if (uid > 1) {
                inbox().setFlags(new Flags(Flags.Flag.DELETED), true, uid, null, true);
            }
        }
        inbox().expunge();
        arrives("desk@example.org", "last");

        assertThat(bodies(read(MailboxMark.none()))).containsExactly("one", "last");
    }

    @ParameterizedTest
    @CsvSource({
        "desk@example.org, true",
        "DESK@Example.org, true",
        "anybody@unit.example.org, true",
        "'\"desk@example.org\" <stranger@example.com>', false",
        "stranger@example.com, false",
        "desk@example.org.example.com, false",
        "x@sub.unit.example.org, false",
        "'desk@example.org, stranger@example.com', false",
        "'', false"
    })
    void onlyWhoIsOnTheListMayReport(String from, boolean taken) throws Exception {
        arrives(from, "x");

        assertThat(read(MailboxMark.none()).taken()).hasSize(taken ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "'mx.example.org; spf=pass; dmarc=pass header.from=example.org', true",
        "'MX.example.org 1;\tdmarc=PASS', true",
        "'mx.example.org; dmarc=fail', false",
        "'mx.example.org; spf=pass', false",
        "'mx.example.org; dmarc=passable', false",
        "'evil.example.com; dmarc=pass', false",
        "'mx.example.org.example.com; dmarc=pass', false",
        "'', false"
    })
    void aSenderIsBelievedWhenTheReceivingServerDoes(String finding, boolean taken) throws Exception {
        MimeMessage mail = mail("desk@example.org", "x");
        if (!finding.isEmpty()) {
            mail.setHeader("Authentication-Results", finding);
        }
        inbox().store(mail);

        try (Verb verb = reading(properties(server.getImap().getPort(), Security.NONE, "mx.example.org"))) {
            MailboxPage page = (MailboxPage) verb.call();
            assertThat(page.taken()).hasSize(taken ? 1 : 0);
            assertThat(page.refused())
                    .extracting(Refused::code)
                    .isEqualTo(taken ? List.of() : List.of("sender-not-authenticated"));
        }
    }

    @Test
    void aFindingThatCameWithTheMailIsBelowTheServersOwn() throws Exception {
        String raw =
                "Authentication-Results: mx.example.org; dmarc=fail\r\nAuthentication-Results: mx.example.org; dmarc=pass\r\n"
                        + "From: desk@example.org\r\n\r\nx";
        inbox().store(new MimeMessage(session(), new ByteArrayInputStream(raw.getBytes(UTF_8))));

        try (Verb verb = reading(properties(server.getImap().getPort(), Security.NONE, "mx.example.org"))) {
            assertThat(((MailboxPage) verb.call()).taken()).isEmpty();
        }
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        fails(port, "connection-refused");
    }

    @Test
    void aWrongPasswordIsUnavailableAndInNoMessage() {
        server.getUserManager().deleteUser(user);
        server.setUser(USER, USER, "another");
        fails(server.getImap().getPort(), "unauthorised");
    }

    @Test
    void noPasswordLeavesWithoutTlsWhereItIsDemanded() throws Exception {
        for (Security security : List.of(Security.TLS, Security.STARTTLS)) {
            try (ScriptedImap scripted = new ScriptedImap();
                    Verb verb = reading(properties(scripted.port(), security, null))) {
                assertThat(catchThrowable(verb::call)).isInstanceOf(Unavailable.class);
                assertThat(scripted.commands)
                        .noneMatch(command -> command.contains("LOGIN") || command.contains("AUTH"));
            }
        }
    }

    @Test
    void aServerWithACertificateOfAStrangerGetsNoPassword() {
        GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
        secure.start();
        try (Verb verb = reading(properties(secure.getImaps().getPort(), Security.TLS, null))) {
            assertThat(catchThrowable(verb::call))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("certificate-untrusted"));
        } finally {
            secure.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, (hangs up), no-answer",
        "greeting, (says nothing), time-out",
        "greeting, '* BYE canary-4f1c\r\n', no-answer",
        "greeting, 'canary-4f1c\r\n', no-answer",
        "LOGIN, '$tag NO canary-4f1c\r\n', unauthorised",
        "EXAMINE, '$tag NO canary-4f1c\r\n', no-such-folder",
        "EXAMINE, (drips), time-out",
        "FETCH 1 (UID), (hangs up), no-answer",
        "UID FETCH, (says nothing), no-answer",
        "UID FETCH, '$tag BAD canary-4f1c\r\n', imap-no",
        "FETCH 1, (hangs up), no-answer"
    })
    void whateverTheServerDoesEndsInTimeAsUnavailable(String command, String answer, String code) throws Exception {
        try (ScriptedImap scripted = new ScriptedImap().says(command, answer.replace("\\r\\n", "\r\n"))) {
            long before = System.nanoTime();
            fails(scripted.port(), code);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aMailThatCanNeverBeReadIsRefusedInTheEndAndHoldsUpNobody() throws Exception {
        try (ScriptedImap scripted = new ScriptedImap()
                .says(
                        "FETCH 1 (ENV",
                        "* 1 FETCH (RFC822.SIZE 10 FLAGS () INTERNALDATE \"30-Nov-2026 02:00:00 +0000\" "
                                + envelope("desk") + ")\r\n$tag OK\r\n")
                .says("FETCH 1 (BODY", ScriptedImap.HANGS_UP)) {
            fails(scripted.port(), "no-answer");
            try (Verb verb = reading(scripted.port())) {
                MailboxPage page = (MailboxPage) verb.callWith(new MailboxQuery(MailboxMark.none(), true));
                assertThat(page.refused()).extracting(Refused::code).containsExactly("cannot-be-read");
                assertThat(page.mark().lastUid()).isEqualTo(4);
            }
        }
    }

    private void fails(int port, String code) {
        try (Verb verb = reading(port)) {
            Throwable failure = catchThrowable(verb::call);
            assertThat(failure).isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.code())
                    .isEqualTo(code));
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(CANARY, PASSWORD);
            }
            assertThat(verb.health().problem()).hasValue("last call failed: " + code);
        }
    }

    private static String envelope(String sender) {
        String address = "((NIL NIL \"" + sender + "\" \"example.org\"))";
        return "ENVELOPE (\"Mon, 30 Nov 2026 02:00:00 +0000\" \"s\" " + address + " " + address + " " + address
                + " NIL NIL NIL NIL \"<1@example.org>\")";
    }

    private MailFolder inbox() throws Exception {
        return server.getManagers().getImapHostManager().getInbox(user);
    }

    private MailFolder folder(String name) throws Exception {
        return server.getManagers().getImapHostManager().getFolder(user, name);
    }

    private int sent;

    private byte[] arrives(String from, String text) throws Exception {
        MimeMessage mail = mail(from, text);
        inbox().store(mail);
        var out = new java.io.ByteArrayOutputStream();
        mail.writeTo(out);
        return out.toByteArray();
    }

    private MimeMessage mail(String from, String text) throws Exception {
        String raw = "Message-ID: <" + ++sent + "@example.org>\r\n" + (from.isEmpty() ? "" : "From: " + from + "\r\n")
                + "Date: Mon, 30 Nov 2026 02:00:00 +0000\r\n\r\n" + text;
        return new MimeMessage(session(), new ByteArrayInputStream(raw.getBytes(UTF_8)));
    }

    private static Session session() {
        return Session.getInstance(new Properties());
    }

    private static List<String> bodies(MailboxPage page) {
        return page.taken().stream()
                .map(Taken::raw)
                .map(raw -> new String(raw, UTF_8))
                .map(raw -> raw.substring(raw.indexOf("\r\n\r\n") + 4).strip())
                .toList();
    }

    private MailboxPage read(MailboxMark mark) throws Exception {
        try (Verb verb = reading(server.getImap().getPort())) {
            return (MailboxPage) verb.callWith(new MailboxQuery(mark, false));
        }
    }

    private void putAway(MailboxMark mark) throws Exception {
        PhoneReportsHealth health = new PhoneReportsHealth();
        var mailbox = new Mailbox(properties(server.getImap().getPort(), Security.NONE, null), Clock.systemUTC());
        try (Verb verb =
                Verb.start(new PhoneReportsRoutes(mailbox, health), "direct:phone-reports-put-away", mark, health)) {
            assertThat(verb.call()).isEqualTo(true);
        }
    }

    private static Verb reading(int port) {
        return reading(properties(port, Security.NONE, null));
    }

    private static Verb reading(PhoneReportsProperties properties) {
        PhoneReportsHealth health = new PhoneReportsHealth();
        var mailbox = new Mailbox(properties, Clock.fixed(NOW, ZoneOffset.UTC));
        return Verb.start(
                new PhoneReportsRoutes(mailbox, health),
                "direct:phone-reports-read",
                new MailboxQuery(MailboxMark.none(), false),
                health);
    }

    private static PhoneReportsProperties properties(int port, Security security, @Nullable String authenticatedBy) {
        return new PhoneReportsProperties(
                "localhost",
                port,
                security,
                null,
                null,
                USER,
                PASSWORD,
                "INBOX",
                "Processed",
                "Refused",
                List.of("desk@example.org", "@unit.example.org"),
                authenticatedBy,
                DataSize.ofKilobytes(16),
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                Duration.ofSeconds(8));
    }
}
