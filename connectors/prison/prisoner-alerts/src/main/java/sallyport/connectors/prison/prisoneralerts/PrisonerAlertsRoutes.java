package sallyport.connectors.prison.prisoneralerts;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.SpringPage;

/** What can be asked of the Alerts API; the only place that knows its addresses. */
final class PrisonerAlertsRoutes extends RouteBuilder {

    private final PrisonerAlertsProperties properties;
    private final OneShotHttp http;
    private final PrisonerAlertsHealth health;
    private final Clock clock;

    PrisonerAlertsRoutes(
            PrisonerAlertsProperties properties, OneShotHttp http, PrisonerAlertsHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:prisoner-alerts-of-prisoner")
                .routeId("prisoner-alerts-of-prisoner")
                .description("Fetches the alerts about one prisoner, active and over, by their codes.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(PrisonerAlertsQuery.class, this::ofPrisoner));
    }

    private List<Fetched> ofPrisoner(PrisonerAlertsQuery query) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUri(properties.url())
                .path("/prisoners/{prisonNumber}/alerts")
                .uriVariables(Map.of("prisonNumber", PathSegment.prisonerNumber(query.prisonerNumber())));
        if (!query.codes().isEmpty()) {
            address.queryParam("alertCode", String.join(",", query.codes()));
        }
        return health.observe(() -> Page.all(
                SpringPage.FIRST,
                properties.maxPages(),
                number -> page(address, number),
                page -> SpringPage.read(page.raw()),
                "alertUuid"));
    }

    private Fetched page(UriComponentsBuilder prisoner, int number) {
        URI address = prisoner.cloneBuilder()
                .queryParam("page", number)
                .queryParam("size", properties.pageSize())
                // The order that the contract names; it does not say what decides between alerts of one day.
                .queryParam("sort", "activeFrom,DESC")
                .build()
                .encode()
                .toUri();
        return Fetched.found(PrisonerAlertsFaults.check(http.get(address)).body(), address, clock.instant());
    }
}
