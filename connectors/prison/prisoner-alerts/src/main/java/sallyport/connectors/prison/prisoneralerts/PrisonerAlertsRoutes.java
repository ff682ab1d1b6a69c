package sallyport.connectors.prison.prisoneralerts;

import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.SpringPage;
import sallyport.connectors.wire.Unavailable;

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
        return health.observe(() -> {
            List<Fetched> pages = Page.all(
                    SpringPage.FIRST,
                    properties.maxPages(),
                    number -> page(address, number),
                    page -> SpringPage.read(page.raw()));
            return pages.size() == 1 ? pages : complete(pages);
        });
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

    /** Alerts of one day may change places between two pages: then one is there twice and another not at all. */
    private static List<Fetched> complete(List<Fetched> pages) {
        Set<String> alerts = new HashSet<>();
        long total = 0;
        for (Fetched fetched : pages) {
            SpringPage page = SpringPage.read(fetched.raw());
            page.content().forEach(alert -> alerts.add(alert.path("alertUuid").asText()));
            total = page.total();
        }
        if (alerts.size() < total) {
            throw new Unavailable("records-moved", "alerts changed places between two pages", null, null);
        }
        return pages;
    }
}
