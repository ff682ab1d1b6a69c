package sallyport.connectors.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;

/** The smallest connector there is: the contract holds for what all of them are made of. */
abstract class OneShotHttpContract extends ConnectorContract {

    static final byte[] BODY = "{\"kept\":\"byte for byte \u2028\"}".getBytes(UTF_8);

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", BODY);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isEqualTo(BODY);
    }

    @Override
    protected Verb connect(Partner partner) {
        OneShotHttp.Limits limits = new OneShotHttp.Limits(partner.connect(), partner.total(), partner.answerBytes());
        Certificates files = partner.tls();
        OneShotHttp http = files == null
                ? new OneShotHttp(limits)
                : new OneShotHttp(
                        limits,
                        Tls.context(new TlsProperties(files.clientStore(), files.trustStore(), files.password())));
        CallHealth health = new CallHealth("smallest");
        URI address = partner.address().resolve("/path");
        RouteBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:smallest-call")
                        .routeId("smallest-call")
                        .process(EdgeHeaders.none())
                        .process(exchange -> exchange.getMessage()
                                .setBody(health.observe(() -> ask(http, address).body())));
            }
        };
        return Verb.start(routes, "direct:smallest-call", null, health);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CANARY + "\r\n\r\n",
                "HTTP/1.1 099 " + CANARY + "\r\n\r\n",
                "HTTP/1.1 abc " + CANARY + "\r\n\r\n",
                "HTTP/9.9 200 " + CANARY + "\r\n\r\n",
                "HTTP/1.1 200 X\r\nContent-Length: " + CANARY + "\r\n\r\n",
                "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n" + CANARY + "\r\n",
                "HTTP/1.1 401 X\r\nWWW-Authenticate: " + CANARY + "\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 999 " + CANARY + "\r\nContent-Length: 0\r\n\r\n"
            })
    void nonsenseOnTheWireIsNeverQuotedAndNeverADefect(String nonsense) throws Exception {
        HostileServer.Behaviour speaksNonsense = (out, arrival) -> {
            out.write(nonsense.getBytes(UTF_8));
            return false;
        };
        try (HostileServer server = hostile(speaksNonsense);
                Verb verb = connect(at(server.address()))) {
            Throwable failure = catchThrowable(verb::call);
            assertThat(failure).isInstanceOfAny(Unavailable.class, Unknown.class);
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(CANARY);
            }
            assertThat(server.arrivals()).isEqualTo(1);
        }
    }

    private Answer ask(OneShotHttp http, URI address) {
        return kind() == Kind.READ
                ? HttpFaults.ofRead(http.get(address))
                : HttpFaults.ofWrite(http.write(HttpMethod.POST, address, headers -> {}, "{}".getBytes(UTF_8)));
    }
}
