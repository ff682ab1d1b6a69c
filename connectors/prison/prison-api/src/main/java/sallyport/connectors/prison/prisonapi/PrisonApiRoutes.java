package sallyport.connectors.prison.prisonapi;

import java.net.URI;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.mappings.Rejected;

/** What can be asked of prison-api; the only place that knows its addresses. */
final class PrisonApiRoutes extends RouteBuilder {

    private final PrisonApiProperties properties;
    private final OneShotHttp http;
    private final PrisonApiHealth health;
    private final Clock clock;

    PrisonApiRoutes(PrisonApiProperties properties, OneShotHttp http, PrisonApiHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:prison-api-image")
                .routeId("prison-api-image")
                .description("Fetches one photograph by its number, as JPEG.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Long.class, this::image));
    }

    private Fetched image(Long number) {
        if (number <= 0) {
            throw new Rejected("invalid-image-number", "/currentFacialImageId");
        }
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/api/images/{number}/data")
                .build(number);
        return health.observe(() -> {
            Answer answer = http.read(
                    HttpMethod.GET,
                    address,
                    headers -> headers.set(HttpHeaders.ACCEPT, "image/jpeg, application/json"),
                    null);
            return PrisonApiFaults.gone(answer)
                    ? Fetched.gone(address, clock.instant())
                    : Fetched.found(PrisonApiFaults.check(answer).body(), address, clock.instant());
        });
    }
}
