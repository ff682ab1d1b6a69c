package sallyport.simulators.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** WireMock on 127.0.0.1 with partners that answer from the simulated world. */
public final class RestServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    private final WireMockServer server;

    private RestServer(WireMockServer server) {
        this.server = server;
    }

    public static RestServer http(int port, Requests requests, List<RestPartner> partners) {
        return start(WireMockConfiguration.options().port(port), requests, partners);
    }

    /** Demands a client certificate that the trust store's authority has signed. */
    public static RestServer mutualTls(
            int port, Path identity, Path trust, String password, Requests requests, List<RestPartner> partners) {
        return start(
                WireMockConfiguration.options()
                        .httpDisabled(true)
                        .httpsPort(port)
                        .keystorePath(identity.toString())
                        .keystoreType("PKCS12")
                        .keystorePassword(password)
                        .keyManagerPassword(password)
                        .needClientAuth(true)
                        .trustStorePath(trust.toString())
                        .trustStoreType("PKCS12")
                        .trustStorePassword(password),
                requests,
                partners);
    }

    private static RestServer start(WireMockConfiguration options, Requests requests, List<RestPartner> partners) {
        Extension[] transformers = partners.stream()
                .map(partner -> new Answering(partner, requests))
                .toArray(Extension[]::new);
        WireMockServer server = new WireMockServer(options.bindAddress("127.0.0.1")
                .disableRequestJournal()
                .gzipDisabled(true)
                .stubRequestLoggingDisabled(true)
                .containerThreads(48)
                .extensions(transformers));
        for (RestPartner partner : partners) {
            server.stubFor(
                    any(urlPathMatching(partner.paths())).willReturn(aResponse().withTransformers(partner.name())));
        }
        server.start();
        return new RestServer(server);
    }

    public int httpPort() {
        return server.port();
    }

    public int httpsPort() {
        return server.httpsPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    private record Answering(RestPartner partner, Requests requests) implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            requests.headers(event.getRequest().getAllHeaderKeys());
            Answer answer = answer(new Asked(event.getRequest()));
            ResponseDefinitionBuilder response =
                    aResponse().withStatus(answer.status()).withBody(answer.body());
            answer.headers().forEach(response::withHeader);
            if (requests.dropping(partner.name())) {
                return aResponse().withFault(Fault.EMPTY_RESPONSE).build();
            }
            if (!answer.delay().isZero()) {
                response.withFixedDelay((int) answer.delay().toMillis());
            }
            return response.build();
        }

        private Answer answer(Asked asked) {
            try {
                Answer answer = requests.interrupted(partner.name()) ? Answer.empty(503) : partner.answer(asked);
                requests.count(partner.name(), asked.method(), answer.status());
                return answer;
            } catch (RuntimeException e) {
                LOG.error("{}: {}", partner.name(), e.getClass().getSimpleName());
                return Answer.empty(500);
            }
        }

        @Override
        public String getName() {
            return partner.name();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
