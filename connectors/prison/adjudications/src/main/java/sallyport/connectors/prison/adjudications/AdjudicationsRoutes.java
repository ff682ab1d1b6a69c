package sallyport.connectors.prison.adjudications;

import java.net.URI;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.PlainArray;

/** What can be asked of adjudications; the only place that knows its addresses. */
final class AdjudicationsRoutes extends RouteBuilder {

    private final AdjudicationsProperties properties;
    private final OneShotHttp http;
    private final AdjudicationsHealth health;
    private final Clock clock;

    AdjudicationsRoutes(AdjudicationsProperties properties, OneShotHttp http, AdjudicationsHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:adjudications-of-prisoner")
                .routeId("adjudications-of-prisoner")
                .description("Fetches all adjudications of one prisoner, from every prison.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(String.class, this::ofPrisoner));
    }

    /** The one list that wants no {@code Active-Caseload} header and so sees every prison at once. */
    private Fetched ofPrisoner(String prisonerNumber) {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/reported-adjudications/prisoner/{prisonerNumber}")
                .build(PathSegment.prisonerNumber(prisonerNumber));
        return health.observe(() -> {
            Answer answer = http.get(address);
            if (AdjudicationsFaults.gone(answer)) {
                return Fetched.gone(address, clock.instant());
            }
            byte[] all = PlainArray.checked(AdjudicationsFaults.check(answer).body());
            return Fetched.found(all, address, clock.instant());
        });
    }
}
