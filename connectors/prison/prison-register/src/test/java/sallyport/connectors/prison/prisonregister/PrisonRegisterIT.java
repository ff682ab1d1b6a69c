package sallyport.connectors.prison.prisonregister;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Unavailable;

final class PrisonRegisterIT extends ConnectorContract {

    private static final byte[] PRISONS =
            "[ {\"prisonId\":\"MDI\",\"active\":true},\n{\"prisonId\":\"ZZZ\"} ]".getBytes(UTF_8);

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return PrisonRegisterConnector.verb(partner, "direct:prison-register-prisons", null);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", PRISONS);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(fetched.raw())
                .isEqualTo(PRISONS));
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Test
    void asksWithoutAToken() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlEqualTo("/prisons")).withoutHeader("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "{}", "[", "null"})
    void whatIsNotAListIsAskedForAgainLater(String body) {
        answers(good().withBody(body));
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("not-json"));
        }
    }
}
