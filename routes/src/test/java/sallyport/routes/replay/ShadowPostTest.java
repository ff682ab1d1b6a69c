package sallyport.routes.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.ledger.replay.ReplayProperties;

class ShadowPostTest {

    /** Bytes that are no text: they must arrive as they are. */
    private static final byte[] BYTES = {'{', 0, (byte) 0xff, '\r', '\n', '}'};

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private HttpServer shadow;
    private int status = 200;
    private boolean drops;

    @BeforeEach
    void open() throws IOException {
        shadow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shadow.createContext("/", this::take);
        shadow.start();
    }

    @AfterEach
    void close() {
        shadow.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        bodies.add(exchange.getRequestBody().readAllBytes());
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers.getFirst("Content-Type")
                + " " + headers.getFirst("Sallyport-Lane") + " " + headers.getFirst("Sallyport-Message-Id"));
        if (!drops) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }

    private String send(@Nullable URI url) {
        var properties = ReplayProperties.defaults();
        var post = new ShadowPost(new ReplayProperties(
                properties.sensitiveClasses(), properties.mostItems(), properties.mostPerSecond(), url));
        return post.send("force:46", "SP-2026-000001-v1-46", "application/vnd.api+json", BYTES);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + shadow.getAddress().getPort() + "/shadow");
    }

    @Test
    void postsTheBytesAsTheyAreWithLaneAndMessageIdBesideThem() {
        assertThat(send(address())).isEqualTo("accepted");

        assertThat(asked).containsExactly("POST /shadow application/vnd.api+json force:46 SP-2026-000001-v1-46");
        assertThat(bodies).hasSize(1);
        assertThat(Arrays.equals(bodies.get(0), BYTES))
                .as(new String(bodies.get(0), UTF_8))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"201, accepted", "302, status-302", "400, status-400", "503, status-503"})
    void saysWhatTheAnswerWasAndFollowsNothing(int answered, String word) {
        status = answered;

        assertThat(send(address())).isEqualTo(word);

        assertThat(asked).as("sent once, to one address").hasSize(1).allMatch(one -> one.startsWith("POST /shadow "));
    }

    @Test
    void aShadowThatBreaksTheConnectionHasNotAnsweredAndIsNotAskedAgain() {
        drops = true;

        assertThat(send(address())).isEqualTo("no-answer");

        assertThat(asked).hasSize(1);
    }

    @Test
    void aShadowThatIsNotThereHasNotAnswered() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        assertThat(send(URI.create("http://127.0.0.1:" + nobody + "/"))).isEqualTo("no-answer");
    }

    @Test
    void withoutAnAddressNothingIsSent() {
        assertThat(send(null)).isEqualTo("no-shadow");

        assertThat(asked).isEmpty();
    }
}
