package sallyport.connectors.prison.adjudications;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Page;
import sallyport.connectors.wire.PathSegment;
import sallyport.connectors.wire.PlainArray;
import sallyport.connectors.wire.SpringPage;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

/** What can be asked of adjudications; the only place that knows its addresses. */
final class AdjudicationsRoutes extends RouteBuilder {

    private static final Pattern PRISON = Pattern.compile("[A-Z0-9]{2,6}");
    private static final String REFERRED = "REFER_POLICE";
    private static final int LONGEST = 64;

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

        from("direct:adjudications-referred")
                .routeId("adjudications-referred")
                .description("Lists the charges of one prison that are referred to the police.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(ReferralsAt.class, this::referred));
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

    private Referrals referred(ReferralsAt wanted) {
        if (!PRISON.matcher(wanted.prison()).matches()) {
            throw new Rejected("invalid-location", "/prison");
        }
        return health.observe(() -> {
            Instant askedAt = clock.instant();
            Map<String, ReferredCharge> charges = new LinkedHashMap<>();
            Page.all(
                            SpringPage.FIRST,
                            properties.maxPages(),
                            number -> listPage(wanted, number),
                            page -> page,
                            "chargeNumber")
                    .forEach(page -> page.content().forEach(charge -> {
                        // A list that ignores the filter would have every charge of the prison fetched each night.
                        if (!text(charge, "status").equals(REFERRED)) {
                            throw new Unavailable(
                                    "unexpected-answer",
                                    "a charge in the list is not referred to the police",
                                    null,
                                    null);
                        }
                        String number = text(charge, "chargeNumber");
                        charges.put(number, new ReferredCharge(number, text(charge, "prisonerNumber")));
                    }));
            return new Referrals(List.copyOf(charges.values()), askedAt);
        });
    }

    /** The oldest first: what is discovered meanwhile comes last. The service sorts by the name of a column. */
    private SpringPage listPage(ReferralsAt wanted, int number) {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/reported-adjudications/reports")
                .queryParam("status", REFERRED)
                .queryParam("startDate", wanted.from())
                .queryParam("endDate", wanted.until())
                .queryParam("sort", "date_time_of_discovery,ASC")
                .queryParam("page", number)
                .queryParam("size", properties.pageSize())
                .build()
                .toUri();
        Answer answer = http.read(
                HttpMethod.GET,
                address,
                headers -> {
                    headers.set(HttpHeaders.ACCEPT, "application/json");
                    headers.set("Active-Caseload", wanted.prison());
                },
                null);
        return SpringPage.read(AdjudicationsFaults.checkList(answer).body());
    }

    private static String text(JsonNode charge, String field) {
        JsonNode value = charge.path(field);
        if (!value.isTextual() || value.textValue().length() > LONGEST) {
            throw new Unavailable("unexpected-answer", "a charge in the list has no " + field, null, null);
        }
        return value.textValue();
    }
}
