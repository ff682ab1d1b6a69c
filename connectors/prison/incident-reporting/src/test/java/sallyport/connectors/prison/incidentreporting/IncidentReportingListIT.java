package sallyport.connectors.prison.incidentreporting;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class IncidentReportingListIT extends ConnectorContract {

    private static final ReportsOf MOORLAND =
            new ReportsOf("MDI", LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-28"));

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return list(partner, MOORLAND, 100);
    }

    private static Verb list(Partner partner, ReportsOf wanted, int maxPages) {
        return IncidentReportingConnector.verb(partner, "direct:incident-reporting-list", wanted, 2, maxPages);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(
                200, "application/json", page(0, 1, 1, report("a", "MDI")).getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isEqualTo(new Listing(List.of(listed("a")), IncidentReportingConnector.NOW));
    }

    /** The list is always there: a 404 means that the address is wrong. */
    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Test
    void asksForOnePrisonByDayOfIncidentInAnOrderThatDoesNotMove() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlPathEqualTo("/incident-reports"))
                .withQueryParam("location", equalTo("MDI"))
                .withQueryParam("incidentDateFrom", equalTo("2026-10-01"))
                .withQueryParam("incidentDateUntil", equalTo("2026-10-28"))
                .withQueryParam("sort", equalTo("id,ASC"))
                .withQueryParam("page", equalTo("0"))
                .withQueryParam("size", equalTo("2")));
    }

    @Test
    void asksByTheDayOfTheReportWhereThatIsWanted() throws Exception {
        answers(good());
        try (Verb verb = list(partner(), new ReportsOf("MDI", MOORLAND.from(), MOORLAND.until(), true), 100)) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlPathEqualTo("/incident-reports"))
                .withQueryParam("reportedDateFrom", equalTo("2026-10-01"))
                .withQueryParam("reportedDateUntil", equalTo("2026-10-28"))
                .withoutQueryParam("incidentDateFrom"));
    }

    @Test
    void readsAllPagesAndCountsOnceWhatIsShownTwice() throws Exception {
        givenPage(0, page(0, 2, 3, report("a", "MDI"), report("b", "MDI")));
        givenPage(1, page(1, 2, 3, report("b", "MDI"), report("c", "MDI")));
        try (Verb verb = connect(partner())) {
            assertThat(verb.call())
                    .isEqualTo(new Listing(
                            List.of(listed("a"), listed("b"), listed("c")), IncidentReportingConnector.NOW));
        }
    }

    @Test
    void halfAListIsNone() {
        givenPage(0, page(0, 2, 3, report("a", "MDI"), report("b", "MDI")));
        givenPage(1, page(1, 2, 2, report("c", "MDI")));
        assertThat(failure(100)).isEqualTo("records-moved");
        givenPage(1, page(1, 3, 5, report("c", "MDI"), report("d", "MDI")));
        assertThat(failure(2)).isEqualTo("too-many-pages");
    }

    @Test
    void aPageThatComesAgainOrIsCutShortIsNotTakenForTheWhole() {
        givenPage(0, page(0, 2, 4, report("a", "MDI"), report("b", "MDI")));
        givenPage(1, page(1, 2, 4, report("a", "MDI"), report("b", "MDI")));
        assertThat(failure(100)).isEqualTo("records-moved");
        givenPage(1, page(1, 2, 4, report("c", "MDI")));
        assertThat(failure(100)).isEqualTo("records-moved");
        givenPage(1, page(1, 2, 4));
        assertThat(failure(100)).isEqualTo("records-moved");
    }

    @Test
    void aListThatIsNotOfThePrisonOrNotAListIsUnavailable() {
        for (String report : List.of(
                report("a", "LEI"),
                "{}",
                report("a", "MDI").replace("\"status\":\"CLOSED\",", ""),
                report("a", "MDI").replace("\"CLOSED\"", "7"),
                report("a".repeat(65), "MDI"))) {
            givenPage(0, page(0, 1, 1, report));
            assertThat(failure(100)).as(report).isEqualTo("unexpected-answer");
        }
    }

    @Test
    void whatIsNoPrisonNeverBecomesAnAddress() {
        for (String location : List.of("", "M", "MDI&status=DRAFT", "../MDI", "mdi", "M".repeat(21))) {
            assertThatThrownBy(() -> {
                        try (Verb verb =
                                list(partner(), new ReportsOf(location, MOORLAND.from(), MOORLAND.until()), 100)) {
                            verb.call();
                        }
                    })
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.where())
                            .isEqualTo("/location"));
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    private String failure(int maxPages) {
        try (Verb verb = list(partner(), MOORLAND, maxPages)) {
            verb.call();
            return "none";
        } catch (Unavailable unavailable) {
            return unavailable.code();
        } catch (Exception other) {
            return other.getClass().getSimpleName();
        }
    }

    private void givenPage(int number, String body) {
        partner.stubFor(get(urlPathEqualTo("/incident-reports"))
                .withQueryParam("page", equalTo(String.valueOf(number)))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static ListedReport listed(String id) {
        return new ListedReport(id, "2026-10-03T10:00:00.5", "CLOSED", "2026-10-02T23:59:00");
    }

    private static String report(String id, String location) {
        return "{\"id\":\"" + id + "\",\"modifiedAt\":\"2026-10-03T10:00:00.5\",\"status\":\"CLOSED\","
                + "\"incidentDateAndTime\":\"2026-10-02T23:59:00\",\"location\":\"" + location + "\"}";
    }

    private static String page(int number, int totalPages, int totalElements, String... reports) {
        return "{\"content\":[" + String.join(",", reports) + "],\"number\":" + number
                + ",\"size\":2,\"numberOfElements\":" + reports.length + ",\"totalElements\":" + totalElements
                + ",\"totalPages\":" + totalPages + ",\"sort\":[\"id,ASC\"]}";
    }
}
