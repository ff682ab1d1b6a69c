package sallyport.connectors.prison.prisonapi;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class PrisonApiIT extends ConnectorContract {

    private static final String TOKEN = "token-9a2e";
    private static final byte[] PHOTOGRAPH = "\u00ff\u00d8\u00ff\u00e0 not much of a face".getBytes(ISO_8859_1);

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        PrisonApiProperties properties = new PrisonApiProperties(
                partner.address(), partner.connect(), partner.total(), DataSize.ofBytes(partner.answerBytes()));
        PrisonApiHealth health = new PrisonApiHealth();
        OneShotHttp http = new OneShotHttp(properties.limits(), (request, content, execution) -> {
            request.getHeaders().setBearerAuth(TOKEN);
            return execution.execute(request, content);
        });
        Clock clock = Clock.fixed(Instant.parse("2026-11-02T10:00:00Z"), ZoneOffset.UTC);
        return Verb.start(
                new PrisonApiRoutes(properties, http, health, clock), "direct:prison-api-image", 4711L, health);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "image/jpeg", PHOTOGRAPH);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(fetched.raw())
                .isEqualTo(PHOTOGRAPH));
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? Fault.none() : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Test
    void asksForOnePhotographByItsNumber() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
        }
        partner.verify(getRequestedFor(urlEqualTo("/api/images/4711/data"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                .withHeader("Accept", containing("image/jpeg")));
    }

    @Test
    void aPhotographThatIsNotThereIsGone() throws Exception {
        answers(aResponse().withStatus(404));
        try (Verb verb = connect(partner())) {
            assertThat(verb.call()).isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(fetched.gone())
                    .isTrue());
        }
    }

    @Test
    void aPageInsteadOfAPhotographIsUnavailable() {
        answers(aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "text/html")
                .withBody("<h1>Back soon</h1>"));
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("unexpected-answer"));
        }
    }

    @Test
    void aNumberThatIsNoneNeverBecomesAnAddress() {
        try (Verb verb = connect(partner())) {
            for (long number : new long[] {0, -1, Long.MIN_VALUE}) {
                assertThatThrownBy(() -> verb.callWith(number)).isInstanceOf(Rejected.class);
            }
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }
}
