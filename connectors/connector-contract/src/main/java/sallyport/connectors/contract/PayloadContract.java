package sallyport.connectors.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Fetched;

/** Whatever is valid under the partner's contract passes through a reading connector byte for byte. */
public abstract class PayloadContract {

    private @Nullable HttpServer server;
    private @Nullable Verb verb;
    private volatile byte[] answer = new byte[0];

    /** Payloads as the partner may write them. */
    protected abstract Arbitrary<String> shapes();

    /** Makes a connector for this partner. */
    protected abstract Verb connect(ConnectorContract.Partner partner);

    @Provide
    Arbitrary<String> payloads() {
        return shapes();
    }

    @BeforeProperty
    void start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        started.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        started.start();
        server = started;
        verb = connect(new ConnectorContract.Partner(
                URI.create("http://localhost:" + started.getAddress().getPort()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                1 << 24,
                null));
    }

    @AfterProperty
    void stop() {
        if (verb != null) {
            verb.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void whatIsValidPassesThroughUntouched(@ForAll("payloads") String payload) throws Exception {
        answer = payload.getBytes(UTF_8);
        Object result = verb == null ? null : verb.call();
        List<?> pages = result instanceof List<?> list ? list : Arrays.asList(result);
        assertThat(pages).singleElement().isInstanceOfSatisfying(Fetched.class, page -> {
            assertThat(page.gone()).isFalse();
            assertThat(page.raw()).isEqualTo(answer);
        });
    }
}
