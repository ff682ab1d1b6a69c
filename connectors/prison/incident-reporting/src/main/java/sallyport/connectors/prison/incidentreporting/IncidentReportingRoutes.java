package sallyport.connectors.prison.incidentreporting;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Json;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.SimplePage;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

/** What can be asked of incident reporting; the only place that knows its addresses. */
final class IncidentReportingRoutes extends RouteBuilder {

    private static final Pattern LOCATION = Pattern.compile("[A-Z0-9]{2,20}");
    private static final int LONGEST = 64;

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

        from("direct:incident-reporting-list")
                .routeId("incident-reporting-list")
                .description("Lists the incident reports of one prison by the day of the incident, or of the report.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(ReportsOf.class, this::list));
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
        return health.observe(() -> new ChangeSweep(this::page, properties.maxPages(), since).run());
    }

    private Listing list(ReportsOf wanted) {
        if (!LOCATION.matcher(wanted.location()).matches()) {
            throw new Rejected("invalid-location", "/location");
        }
        return health.observe(() -> {
            Instant askedAt = clock.instant();
            Map<String, ListedReport> reports = new LinkedHashMap<>();
            Page.all(SimplePage.FIRST, properties.maxPages(), number -> listPage(wanted, number), page -> page, "id")
                    .forEach(page -> page.content().forEach(report -> {
                        ListedReport listed = new ListedReport(
                                text(report, "id"),
                                text(report, "modifiedAt"),
                                text(report, "status"),
                                text(report, "incidentDateAndTime"));
                        // A list that ignores the filter would make every other prison's reports look lost here.
                        if (!text(report, "location").equals(wanted.location())) {
                            throw new Unavailable(
                                    "unexpected-answer", "a report in the list is of another prison", null, null);
                        }
                        reports.put(listed.id(), listed);
                    }));
            return new Listing(List.copyOf(reports.values()), askedAt);
        });
    }

    /** By id, which never changes: what is reported meanwhile comes last and pushes nothing. */
    private SimplePage listPage(ReportsOf wanted, int number) {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/incident-reports")
                .queryParam("location", wanted.location())
                .queryParam(wanted.reported() ? "reportedDateFrom" : "incidentDateFrom", wanted.from())
                .queryParam(wanted.reported() ? "reportedDateUntil" : "incidentDateUntil", wanted.until())
                .queryParam("sort", "id,ASC")
                .queryParam("page", number)
                .queryParam("size", properties.pageSize())
                .build()
                .toUri();
        return SimplePage.read(
                IncidentReportingFaults.checkList(http.get(address)).body());
    }

    private static String text(JsonNode report, String field) {
        JsonNode value = report.path(field);
        if (!value.isTextual() || value.textValue().length() > LONGEST) {
            throw new Unavailable("unexpected-answer", "a report in the list has no " + field, null, null);
        }
        return value.textValue();
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
