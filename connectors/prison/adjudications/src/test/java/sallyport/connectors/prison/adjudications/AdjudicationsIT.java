package sallyport.connectors.prison.adjudications;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class AdjudicationsIT extends ConnectorContract {

    private static final String PATH = "/reported-adjudications/prisoner/A1234AA";
    private static final byte[] ARRAY =
            "[ {\"chargeNumber\":\"MDI-000169\",\"text\":\"a<br>b \\u0000\"} ]".getBytes(UTF_8);

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return AdjudicationsConnector.verb(partner, "direct:adjudications-of-prisoner", "A1234AA");
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", ARRAY);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Fetched.class, fetched -> {
            assertThat(fetched.raw()).isEqualTo(ARRAY);
            assertThat(fetched.gone()).isFalse();
        });
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? Fault.none() : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(AdjudicationsConnector.TOKEN, "A1234AA");
    }

    @Test
    void asksAcrossAllPrisonsWithoutACaseload() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer " + AdjudicationsConnector.TOKEN))
                .withoutHeader("Active-Caseload"));
    }

    @Test
    void aPrisonerNobodyKnowsIsGone() throws Exception {
        answers(aResponse().withStatus(404));
        try (Verb verb = connect(partner())) {
            assertThat(verb.call()).isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(fetched.gone())
                    .isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "{}", "[", "[]]", "null"})
    void whatIsNotAListIsAskedForAgainLater(String body) {
        answers(good().withBody(body));
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("not-json"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "%2e%2e", "A1234AA/v2", "A1234AA;x", "A12345A"})
    void aHostileNumberNeverBecomesAnAddress(String number) {
        answers(good());
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(() -> verb.callWith(number)).isInstanceOf(Rejected.class);
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }
}
