package sallyport.connectors.alerts.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;

class WebhookIT extends ConnectorContract {

    private static final String SECRET = "a secret of more than 32 characters, for tests only";
    private static final byte[] BODY = "{\"what\":\"Force 46 \u2028 expired\"}".getBytes(UTF_8);

    @Override
    protected Kind kind() {
        return Kind.WRITE;
    }

    @Override
    protected Verb connect(Partner partner) {
        WebhookHealth health = new WebhookHealth();
        OneShotHttp http =
                new OneShotHttp(new OneShotHttp.Limits(partner.connect(), partner.total(), partner.answerBytes()));
        return Verb.start(
                new WebhookRoutes(partner.address().resolve("/hook"), new Signature(SECRET), http, health),
                "direct:alerts-webhook-post",
                new Outbound("alerts", "alert-12-opened", "", "application/json", BODY),
                health);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(202, "text/plain", "taken".getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.code()).isEqualTo("202");
            assertThat(accepted.evidence()).isEqualTo("taken".getBytes(UTF_8));
        });
    }

    @Override
    protected List<String> secrets() {
        return List.of(SECRET);
    }

    @Test
    void signsTheBodyAsItIsSentAndNamesTheMessage() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        partner.verify(
                1,
                postRequestedFor(anyUrl())
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withHeader("Idempotency-Key", equalTo("alert-12-opened"))
                        .withHeader(
                                "X-Sallyport-Signature",
                                equalTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(BODY))))
                        .withRequestBody(binaryEqualTo(BODY)));
    }
}
