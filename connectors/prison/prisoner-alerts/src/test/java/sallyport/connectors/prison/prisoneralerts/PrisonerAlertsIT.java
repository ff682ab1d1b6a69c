package sallyport.connectors.prison.prisoneralerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class PrisonerAlertsIT extends ConnectorContract {

    private static final String PATH = "/prisoners/A1234AA/alerts";
    private static final PrisonerAlertsQuery QUERY = new PrisonerAlertsQuery("A1234AA", List.of("XPOI", "ROV"));
    private static final String ONE_PAGE = page(true, 1, "{\"alertUuid\":\"a\",\"description\":\"\\u0000 kept\"}");

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return PrisonerAlertsConnector.verb(partner, "direct:prisoner-alerts-of-prisoner", QUERY, 2, 3);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", ONE_PAGE.getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(raws(result)).containsExactly(ONE_PAGE);
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 || status == 410 ? new Fault(Unavailable.class, "http-" + status) : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(PrisonerAlertsConnector.TOKEN, "A1234AA");
    }

    @Test
    void asksForTheCodesThatAreWantedAndForNoOthers() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlPathEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer " + PrisonerAlertsConnector.TOKEN))
                .withQueryParam("alertCode", equalTo("XPOI,ROV"))
                .withQueryParam("page", equalTo("0"))
                .withQueryParam("size", equalTo("2"))
                .withQueryParam("sort", equalTo("activeFrom,DESC")));
    }

    @Test
    void asksForAlertsThatAreOverOrToComeToo() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlPathEqualTo(PATH)).withoutQueryParam("isActive"));
    }

    @Test
    void withoutCodesAllAlertsAreAskedFor() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.callWith(new PrisonerAlertsQuery("A1234AA", List.of()));
        }
        partner.verify(getRequestedFor(urlPathEqualTo(PATH)).withoutQueryParam("alertCode"));
    }

    @Test
    void readsPagesFromNoughtUntilTheLastAndKeepsEachAsItCame() throws Exception {
        String first = page(false, 5, alert("a"), alert("b"));
        String second = page(false, 5, alert("c"), " " + alert("d"));
        String third = page(true, 5, alert("e"));
        givenPage(0, first);
        givenPage(1, second);
        givenPage(2, third);
        try (Verb verb = connect(partner())) {
            assertThat(raws(verb.call())).containsExactly(first, second, third);
        }
    }

    @Test
    void anAddressSaysWhichPageItWas() throws Exception {
        givenPage(0, page(false, 3, alert("a"), alert("b")));
        givenPage(1, page(true, 3, alert("c")));
        try (Verb verb = connect(partner())) {
            assertThat((List<?>) verb.call())
                    .extracting(page -> ((Fetched) page).from().getQuery())
                    .satisfiesExactly(
                            query -> assertThat(query)
                                    .contains("alertCode=XPOI,ROV")
                                    .contains("page=0"),
                            query -> assertThat(query)
                                    .contains("alertCode=XPOI,ROV")
                                    .contains("page=1"));
        }
    }

    @Test
    void nobodysAlertsAreAnEmptyPage() throws Exception {
        String none = page(true, 0);
        answers(good().withBody(none));
        try (Verb verb = connect(partner())) {
            assertThat(raws(verb.call())).containsExactly(none);
        }
    }

    @Test
    void aSourceThatNeverEndsIsLeft() {
        answers(good().withBody(page(false, 1_000_000, alert("a"), alert("b"))));
        failsWith("too-many-pages");
        assertThat(partner.getAllServeEvents()).hasSize(3);
    }

    @Test
    void anAlertDeletedBetweenTwoPagesMakesTheReadBeRepeated() {
        givenPage(0, page(false, 4, alert("a"), alert("b")));
        givenPage(1, page(true, 3, alert("d")));
        failsWith("records-moved");
    }

    @Test
    void anAlertThatChangedPlacesBetweenTwoPagesMakesTheReadBeRepeated() {
        givenPage(0, page(false, 4, alert("a"), alert("b")));
        givenPage(1, page(true, 4, alert("b"), alert("d")));
        failsWith("records-moved");
    }

    @Test
    void aPageThatIsNoPageIsUnavailable() {
        for (String body :
                List.of("{}", "[]", "{\"content\":[]}", "{\"content\":{},\"last\":true,\"totalElements\":0}")) {
            answers(good().withBody(body));
            failsWith("unexpected-answer");
        }
    }

    @Test
    void a404DoesNotMakeTheAlertsLookDeleted() {
        answers(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"status\":404}"));
        failsWith("http-404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a1234aa", "A1234AA/../B", "A1234AA?x", "A1234AA\n", "Ａ1234AA"})
    void aHostileNumberNeverBecomesAnAddress(String number) {
        answers(good());
        try (Verb verb = connect(partner())) {
            PrisonerAlertsQuery query = new PrisonerAlertsQuery(number, QUERY.codes());
            assertThatThrownBy(() -> verb.callWith(query))
                    .isInstanceOfSatisfying(Rejected.class, failure -> assertThat(failure.code())
                            .isEqualTo("invalid-prisoner-number"));
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    private void failsWith(String code) {
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo(code));
        }
    }

    private void givenPage(int number, String body) {
        partner.stubFor(get(urlPathEqualTo(PATH))
                .withQueryParam("page", equalTo(String.valueOf(number)))
                .willReturn(good().withBody(body)));
    }

    private static List<String> raws(@Nullable Object result) {
        assertThat(result).isInstanceOf(List.class);
        return ((List<?>) result)
                .stream().map(page -> new String(((Fetched) page).raw(), UTF_8)).toList();
    }

    private static String alert(String uuid) {
        return "{\"alertUuid\":\"" + uuid + "\"}";
    }

    private static String page(boolean last, int total, String... alerts) {
        return "{\"content\":[" + String.join(",", alerts) + "],\"totalElements\":" + total + ",\"last\":" + last + "}";
    }
}
