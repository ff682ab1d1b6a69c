package sallyport.connectors.alerts.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.connectors.alerts.mail.MailProperties.Security;
import sallyport.connectors.contract.Certificates;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

/** A real mail server that is well, away, slow, confused or hostile: a mail is taken once, or ends as one of the three failures. */
class MailIT {

    private static final String CANARY = "canary-4f1c";
    private static final String PASSWORD = "a password for tests only";
    private static final AlertMail MAIL =
            new AlertMail("alert-12-opened", "[Sallyport] Force 46 – held up", "412 cases wait.\n.\nEnd");

    @Test
    void handsOverOneMailAsItShouldRead() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null);
                Verb verb = connect(server.port())) {
            assertThat(verb.call()).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.code())
                    .isEqualTo("250"));

            assertThat(verb.health().problem()).isEmpty();
            assertThat(server.texts).singleElement().satisfies(text -> assertThat(text)
                    .contains("Message-ID: <alert-12-opened@sallyport>")
                    .contains("From: hub@example.org")
                    .contains("To: night@example.org, day@example.org")
                    .contains("Date: Sun, 29 Nov 2026 02:25:10")
                    .contains("Subject: =?UTF-8?")
                    .contains("Auto-Submitted: auto-generated")
                    .contains("412 cases wait.")
                    .contains("\n..\n")
                    .doesNotContain("elsewhere"));
            assertThat(server.commands).contains("MAIL FROM:<hub@example.org>", "RCPT TO:<night@example.org>");
        }
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Verb verb = connect(port)) {
            assertThat(catchThrowable(verb::call))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("connection-refused"));
            assertThat(verb.health().problem()).hasValue("last call failed: connection-refused");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "greeting,421 canary-4f1c busy",
        "greeting,554 canary-4f1c go away",
        "greeting,canary-4f1c what",
        "greeting,(hangs up)",
        "MAIL,(hangs up)",
        "DATA,(hangs up)",
        "greeting,(says nothing)",
        "MAIL,(says nothing)"
    })
    void silenceBeforeTheTextIsUnavailable(String command, String answer) throws Exception {
        fails(server -> server.says(command, answer), failure -> assertThat(failure)
                .isInstanceOf(Unavailable.class));
    }

    @ParameterizedTest
    @CsvSource({".,(hangs up),no-answer", ".,(says nothing),time-out"})
    void silenceAfterTheTextWasAskedForIsUnknown(String command, String answer, String code) throws Exception {
        fails(server -> server.says(command, answer), failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.code()).isEqualTo(code)));
    }

    @ParameterizedTest
    @CsvSource({"MAIL,451", "DATA,452", ".,450"})
    void aServerThatWantsItLaterIsUnavailable(String command, String code) throws Exception {
        fails(server -> server.says(command, code + " canary-4f1c later"), failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        Unavailable.class, later -> assertThat(later.code()).isEqualTo("smtp-" + code)));
    }

    @ParameterizedTest
    @CsvSource({"MAIL,550", "DATA,554", ".,552"})
    void aServerThatRefusesItIsARefusal(String command, String code) throws Exception {
        fails(server -> server.says(command, code + " canary-4f1c no"), failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        Rejected.class, refused -> assertThat(refused.code()).isEqualTo("smtp-" + code)));
    }

    @Test
    void oneAddressThatIsGoneDoesNotKeepTheOthersFromBeingTold() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null).says("RCPT day@example.org", "550 gone");
                Verb verb = connect(server.port())) {
            assertThat(verb.call()).isInstanceOf(Accepted.class);
            assertThat(server.texts).hasSize(1);
        }
        fails(
                server -> server.says("RCPT day@example.org", "550 gone").says("RCPT night@example.org", "550 gone"),
                failure -> assertThat(failure).isInstanceOf(Rejected.class));
    }

    @Test
    void nothingLeavesWithoutTlsWhereItIsDemanded() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null);
                Verb verb = connect(server.port(), Security.STARTTLS, "user")) {
            assertThat(catchThrowable(verb::call)).isInstanceOf(Unavailable.class);
            assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
        }
    }

    @Test
    void aServerWithACertificateOfAStrangerGetsNothing() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(Certificates.make("strangers"));
                Verb verb = connect(server.port(), Security.STARTTLS, "user")) {
            assertThat(catchThrowable(verb::call))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("certificate-untrusted"));
            assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
        }
    }

    @Test
    void noHeaderCanBeSmuggledIn() {
        assertThatThrownBy(() -> new AlertMail("alert-1", "one\r\nBcc: all@example.org", "text"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AlertMail("alert-1>\r\nX: y", "one", "text"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void fails(Consumer<ScriptedSmtp> script, Consumer<Throwable> as) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null)) {
            script.accept(server);
            try (Verb verb = connect(server.port())) {
                long before = System.nanoTime();
                Throwable failure = catchThrowable(verb::call);
                as.accept(failure);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
                for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                    assertThat(String.valueOf(cause.getMessage())).doesNotContain(CANARY, PASSWORD);
                }
                assertThat(server.texts).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static Verb connect(int port) {
        return connect(port, Security.NONE, null);
    }

    private static Verb connect(int port, Security security, @Nullable String user) {
        MailHealth health = new MailHealth();
        var properties = new MailProperties(
                "localhost",
                port,
                security,
                user,
                user == null ? null : PASSWORD,
                "hub@example.org",
                List.of("night@example.org", "day@example.org"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3));
        Clock clock = Clock.fixed(Instant.parse("2026-11-29T02:25:10Z"), ZoneOffset.UTC);
        return Verb.start(
                new MailRoutes(new MailServer(properties, clock), health), "direct:alerts-mail-send", MAIL, health);
    }
}
