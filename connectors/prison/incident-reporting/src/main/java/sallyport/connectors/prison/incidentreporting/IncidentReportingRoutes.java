package sallyport.connectors.prison.incidentreporting;

import com.fasterxml.jackson.core.JsonToken;
import java.net.URI;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Json;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.SimplePage;

/** What can be asked of incident reporting; the only place that knows its addresses. */
final class IncidentReportingRoutes extends RouteBuilder {

    private final IncidentReportingProperties properties;
    private final OneShotHttp http;
    private final IncidentReportingHealth health;
    private final Clock clock;

    IncidentReportingRoutes(
            IncidentReportingProperties properties, OneShotHttp http, IncidentReportingHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:incident-reporting-fetch")
                .routeId("incident-reporting-fetch")
                .description("Fetches one incident report, with everything in it and its history.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(String.class, this::fetch));

        from("direct:incident-reporting-changes")
                .routeId("incident-reporting-changes")
                .description("Lists the incident reports that changed since a given time.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(ChangesSince.class, this::changes));
    }

    private Fetched fetch(String id) {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/incident-reports/{id}/with-details")
                .queryParam("includeHistory", true)
                .build(PathSegment.uuid(id));
        return health.observe(() -> {
            Answer answer = http.get(address);
            if (IncidentReportingFaults.gone(answer)) {
                return Fetched.gone(address, clock.instant());
            }
            byte[] report =
                    Json.wellFormed(IncidentReportingFaults.check(answer).body(), JsonToken.START_OBJECT);
            return Fetched.found(report, address, clock.instant());
        });
    }

    private Changes changes(ChangesSince since) {
        return health.observe(() -> new ChangeSweep(this::page, properties.maxPages(), since.after()).run());
    }

    private SimplePage page(int number) {
        // The id settles equal times: without it a report could stand on neither of two pages.
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/incident-reports")
                .queryParam("sort", "modifiedAt,DESC")
                .queryParam("sort", "id,DESC")
                .queryParam("page", number)
                .queryParam("size", properties.pageSize())
                .build()
                .toUri();
        return SimplePage.read(
                IncidentReportingFaults.checkList(http.get(address)).body());
    }
}
