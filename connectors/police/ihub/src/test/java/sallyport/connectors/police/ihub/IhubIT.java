package sallyport.connectors.police.ihub;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.Certificates;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.HostileServer;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

class IhubIT extends ConnectorContract {

    private static final String SECRET = "s3cret-46";
    private static final String KEY = "key-46";
    private static final byte[] ANSWER = "{\"data\":{\"type\":\"incident\",\"id\":\"1\"}}".getBytes(UTF_8);
    private static final byte[] REFERRAL = "{\"data\":{\"type\":\"incident\",\"text\":\"é \u2028\"}}".getBytes(UTF_8);

    /** The contract's time-outs are short: the first TLS call of a JVM on a busy machine does not fit into them. */
    @BeforeAll
    static void warmUp() throws Exception {
        Certificates files = Certificates.make("warm-up");
        IhubIT connector = new IhubIT();
        GoodAnswer good = connector.goodAnswer();
        byte[] answer = HostileServer.whole(good.status(), good.contentType(), good.body());
        Duration patience = Duration.ofSeconds(30);
        try (HostileServer server = new HostileServer(files, HostileServer.answersOnceThenDrops(answer));
                Verb verb = connector.connect(new Partner(server.address(), patience, patience, 65_536, files))) {
            connector.isGood(verb.call());
        }
    }

    @Override
    protected Kind kind() {
        return Kind.WRITE;
    }

    @Override
    protected boolean mutualTls() {
        return true;
    }

    @Override
    protected List<String> secrets() {
        return List.of(SECRET, KEY);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(201, "application/vnd.api+json", ANSWER);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.code()).isEqualTo("201");
            assertThat(accepted.evidence()).isEqualTo(ANSWER);
            assertThat(accepted.delivered()).isFalse();
        });
    }

    @Override
    protected Verb connect(Partner partner) {
        Certificates files = Objects.requireNonNull(partner.tls());
        OneShotHttp http = new OneShotHttp(
                new OneShotHttp.Limits(partner.connect(), partner.total(), partner.answerBytes()),
                Tls.context(new TlsProperties(files.clientStore(), files.trustStore(), files.password())));
        ForcesHealth health = new ForcesHealth("ihub");
        return Verb.start(
                new IhubRoutes(kent(partner.address()), http, health), "direct:ihub-submit", to("46"), health);
    }

    @Test
    void postsTheBytesAsTheyWereRenderedWithTheForcesOwnKey() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(
                1,
                postRequestedFor(urlEqualTo("/46/incidents"))
                        .withHeader("Content-Type", equalTo("application/vnd.api+json"))
                        .withHeader("x-client-id", equalTo(KEY))
                        .withHeader("x-client-secret", equalTo(SECRET)));
        assertThat(partner.getAllServeEvents().get(0).getRequest().getBody()).isEqualTo(REFERRAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void anotherSuccessThan201IsNobodysWordThatItWasKept(int status) throws Exception {
        answers(aResponse().withStatus(status));
        assertThat(failure(to("46"))).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.code())
                .isEqualTo("http-" + status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"errors":[{"source":{"pointer":"/data/attributes/incidentDescription"}}]} | /data/attributes/incidentDescription
                    {"errors":[{"title":"x"},{"source":{"pointer":"/included/0/id"}}]}         | /included/0/id
                    {"errors":[{"source":{"pointer":"/data/John Smith"}}]}                     | /
                    {"errors":[{"source":{"pointer":"data"}}]}                                 | /
                    {"errors":[{"source":{"pointer":"/a~2"}}]}                                 | /
                    {"errors":[{"source":{"pointer":7}}]}                                      | /
                    {"errors":{}}                                                              | /
                    []                                                                         | /
                    """)
    void aRefusalNamesThePlaceOnlyIfItIsOne(String body, String where) throws Exception {
        answers(aResponse().withStatus(422).withBody(body));
        assertThat(failure(to("46"))).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("http-422");
            assertThat(rejected.where()).isEqualTo(where);
        });
    }

    @Test
    void aPointerOfMoreThan200CharactersIsNoPlace() throws Exception {
        answers(aResponse()
                .withStatus(400)
                .withBody("{\"errors\":[{\"source\":{\"pointer\":\"/" + "a".repeat(200) + "\"}}]}"));
        assertThat(failure(to("46"))).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.where())
                .isEqualTo("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"06", "99", "46/../06", "https://elsewhere.example"})
    void aDestinationWithoutAnIhubIsRejectedAndNothingIsSent(String code) throws Exception {
        answers(good());
        assertThat(failure(to(code))).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                .isEqualTo("unknown-destination"));
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    private Throwable failure(Outbound outbound) {
        try (Verb verb = connect(partner())) {
            return catchThrowable(() -> verb.callWith(outbound));
        }
    }

    private static Outbound to(String code) {
        return new Outbound(code, "SP-2026-000001-1-46", "SP-2026-000001", "application/vnd.api+json", REFERRAL);
    }

    private static Forces kent(URI address) {
        try {
            Path file = Files.createTempFile("forces", ".json");
            return Forces.read(Files.writeString(
                    file,
                    """
                    {"forces":[
                     {"code":"46","channels":["ihub"],"ihub":{"url":"%s/46","key":"%s","secret":"%s",
                      "forceIdentifier":"46","brand":"46"},"certificateSubjects":["CN=force-46"]},
                     {"code":"06","channels":["cjse"],"cjse":{"url":"%s/06","destinationId":"00601PoliceCaseSystem"},
                      "certificateSubjects":["CN=force-06"]}]}
                    """
                            .formatted(address, KEY, SECRET, address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
