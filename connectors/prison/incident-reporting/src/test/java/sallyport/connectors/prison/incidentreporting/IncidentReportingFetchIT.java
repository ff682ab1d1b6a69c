package sallyport.connectors.prison.incidentreporting;

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

final class IncidentReportingFetchIT extends ConnectorContract {

    private static final String ID = "0198a5c6-7b1a-7c3e-9d2f-111111111111";
    private static final byte[] REPORT = ("{ \"id\" : \"" + ID + "\",\"title\":\"\\u0000 kept\" }\n").getBytes(UTF_8);

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return IncidentReportingConnector.verb(partner, "direct:incident-reporting-fetch", ID);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", REPORT);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Fetched.class, fetched -> {
            assertThat(fetched.raw()).isEqualTo(REPORT);
            assertThat(fetched.gone()).isFalse();
            assertThat(fetched.at()).isEqualTo(IncidentReportingConnector.NOW);
            assertThat(fetched.from().getPath()).isEqualTo("/incident-reports/" + ID + "/with-details");
        });
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? Fault.none() : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(IncidentReportingConnector.TOKEN);
    }

    @Test
    void asksForTheReportWithItsHistoryAndAToken() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlEqualTo("/incident-reports/" + ID + "/with-details?includeHistory=true"))
                .withHeader("Authorization", equalTo("Bearer " + IncidentReportingConnector.TOKEN))
                .withHeader("Accept", equalTo("application/json")));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aReportNobodyKnowsIsGone(int status) throws Exception {
        answers(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"status\":404,\"errorCode\":301,\"userMessage\":\"no such report\"}"));
        try (Verb verb = connect(partner())) {
            assertThat(verb.call()).isInstanceOfSatisfying(Fetched.class, fetched -> {
                assertThat(fetched.gone()).isTrue();
                assertThat(fetched.raw()).isEmpty();
            });
        }
    }

    @Test
    void a404OfSomethingInBetweenDeletesNothing() {
        answers(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "text/plain")
                .withBody("default backend - 404"));
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("http-404"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>maintenance</html>", "", "{\"id\":", "[]", "null", "{} {}", "\"text\""})
    void whatIsNotAReportAtAllIsAskedForAgainLater(String body) {
        answers(good().withBody(body));
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("not-json"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../../constants/types",
                "0198a5c6-7b1a-7c3e-9d2f-11111111111",
                "0198a5c6-7b1a-7c3e-9d2f-111111111111/../x",
                "0198a5c6-7b1a-7c3e-9d2f-111111111111?x=y",
                "0198a5c6-7b1a-7c3e-9d2f-111111111111\r\nx: y",
                "http://elsewhere/"
            })
    void aHostileIdNeverBecomesAnAddress(String id) {
        answers(good());
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(() -> verb.callWith(id))
                    .isInstanceOfSatisfying(Rejected.class, failure -> assertThat(failure.code())
                            .isEqualTo("invalid-id"));
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }
}
