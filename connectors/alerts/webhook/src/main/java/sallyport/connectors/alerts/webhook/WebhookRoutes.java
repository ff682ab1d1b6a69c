package sallyport.connectors.alerts.webhook;

import java.net.URI;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;

/** The verb of the webhook: an {@code Outbound} with a JSON body in, an {@code Accepted} once the service has taken it. */
final class WebhookRoutes extends RouteBuilder {

    static final String SIGNATURE = "X-Sallyport-Signature";
    static final String MESSAGE_ID = "Idempotency-Key";

    private final URI url;
    private final Signature signature;
    private final OneShotHttp http;
    private final CallHealth health;

    WebhookRoutes(URI url, Signature signature, OneShotHttp http, CallHealth health) {
        this.url = url;
        this.signature = signature;
        this.http = http;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:alerts-webhook-post")
                .routeId("alerts-webhook-post")
                .description("Posts an alert to the service that the people on call watch")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Outbound.class, this::post))
                .id("alerts-webhook-post-write");
    }

    private Accepted post(Outbound alert) {
        return health.observe(() -> WebhookFaults.of(http.write(
                HttpMethod.POST,
                url,
                headers -> {
                    headers.set(HttpHeaders.CONTENT_TYPE, alert.contentType());
                    headers.set(MESSAGE_ID, alert.messageId());
                    headers.set(SIGNATURE, signature.of(alert.bytes()));
                },
                alert.bytes())));
    }
}
