package sallyport.connectors.clamav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

/** The verb of the scanner, against a daemon that says what the test wants. */
class ClamavIT {

    private static final byte[] DOCUMENT = bytes(200_000);

    private final ClamavHealth health = new ClamavHealth();
    private ScriptedClamd daemon;
    private CamelContext camel;
    private ProducerTemplate verb;

    @BeforeEach
    void open() throws Exception {
        daemon = new ScriptedClamd();
        start(daemon.port(), Duration.ofSeconds(20));
    }

    private void start(int port, Duration timeout) throws Exception {
        camel = new DefaultCamelContext();
        camel.addRoutes(new ClamavRoutes(
                new ClamdClient(new ClamavProperties("127.0.0.1", port, Duration.ofSeconds(5), timeout)), health));
        camel.start();
        verb = camel.createProducerTemplate();
    }

    @AfterEach
    void close() throws IOException {
        camel.stop();
        daemon.close();
    }

    @Test
    void sendsEveryByteInPiecesBehindTheirLength() {
        ScanResult result = scan(new ByteArrayInputStream(DOCUMENT));

        assertThat(result).isEqualTo(new ScanResult(null, DOCUMENT.length));
        assertThat(result.clean()).isTrue();
        assertThat(daemon.scanned).singleElement().isEqualTo(DOCUMENT);
        assertThat(daemon.pieces).containsExactly(65_536, 65_536, 65_536, 200_000 - 3 * 65_536);
        assertThat(health.problem()).isEmpty();
    }

    @Test
    void tellsWhatWasFound() {
        daemon.answer = ScriptedClamd.saying("stream: Win.Test.EICAR_HDB-1 FOUND\0");

        ScanResult result = scan(new ByteArrayInputStream(DOCUMENT));

        assertThat(result.clean()).isFalse();
        assertThat(result.found()).isEqualTo("Win.Test.EICAR_HDB-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stream: OK",
                "stream: O\0",
                "stream: OK FOUND me\0",
                "STREAM: OK\0",
                "stream: OK\n\0x",
                "OK\0",
                "\0",
                "UNKNOWN COMMAND\0",
                "stream: Can't allocate memory ERROR\0",
                "HTTP/1.1 200 OK\r\n\r\n"
            })
    void anythingElseIsNoVerdict(String words) {
        daemon.answer = ScriptedClamd.saying(words);

        assertThatThrownBy(() -> scan(new ByteArrayInputStream(DOCUMENT))).isInstanceOf(Unavailable.class);
        assertThat(health.problem()).isPresent();
    }

    @Test
    void anAnswerWithoutEndIsNoVerdict() {
        daemon.answer = ScriptedClamd.saying("stream: OK".repeat(1_000));

        assertThatThrownBy(() -> scan(new ByteArrayInputStream(DOCUMENT)))
                .isInstanceOfSatisfying(
                        Unavailable.class, not -> assertThat(not.code()).isEqualTo("not-a-scanner"));
    }

    @Test
    void saysThatTheScannersLimitIsTooSmall() {
        daemon.limit = 100_000;

        assertThatThrownBy(() -> scan(new ByteArrayInputStream(bytes(5_000_000))))
                .isInstanceOf(Rejected.class)
                .hasMessage("too-large-for-scanner at StreamMaxLength");
    }

    @Test
    void gaveUpWaitingForAScannerThatSaysNothing() throws Exception {
        camel.stop();
        start(daemon.port(), Duration.ofSeconds(2));
        AtomicBoolean over = new AtomicBoolean();
        daemon.answer = (socket, out) -> {
            // One byte now and then keeps a read from timing out; the whole has its own end.
            while (!over.get()) {
                out.write('s');
                out.flush();
                try {
                    socket.setSoTimeout(200);
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException next) {
                    // Again.
                }
            }
        };

        assertThatThrownBy(() -> scan(new ByteArrayInputStream(DOCUMENT)))
                .isInstanceOfSatisfying(
                        Unavailable.class, not -> assertThat(not.code()).isEqualTo("no-verdict"));
        over.set(true);
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        camel.stop();
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        start(free, Duration.ofSeconds(5));

        assertThatThrownBy(() -> scan(new ByteArrayInputStream(DOCUMENT)))
                .isInstanceOfSatisfying(
                        Unavailable.class, not -> assertThat(not.code()).isEqualTo("connection-refused"));
    }

    @Test
    void aDocumentThatBreaksOffIsNotScannedAndTheStreamIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream broken = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("gone");
                }
                left--;
                return 1;
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> scan(broken)).isInstanceOfSatisfying(Unavailable.class, not -> assertThat(not.code())
                .isEqualTo("source-broken"));
        assertThat(closed).isTrue();
        assertThat(daemon.scanned).isEmpty();
    }

    private ScanResult scan(InputStream bytes) {
        try {
            return verb.requestBody("direct:clamav-scan", bytes, ScanResult.class);
        } catch (CamelExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
