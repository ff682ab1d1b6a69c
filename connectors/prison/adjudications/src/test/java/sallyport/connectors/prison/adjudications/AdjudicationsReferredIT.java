package sallyport.connectors.prison.adjudications;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class AdjudicationsReferredIT extends ConnectorContract {

    private static final String PATH = "/reported-adjudications/reports";
    private static final ReferralsAt MOORLAND =
            new ReferralsAt("MDI", LocalDate.of(2026, 8, 1), LocalDate.of(2026, 11, 2));

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return AdjudicationsConnector.verb(partner, "direct:adjudications-referred", MOORLAND);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(
                200, "application/json", page(true, 1, charge("MDI-000169")).getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result)
                .isEqualTo(new Referrals(
                        List.of(new ReferredCharge("MDI-000169", "A1234AA")), AdjudicationsConnector.NOW));
    }

    /** The list is always there: a 404 means that the address is wrong. */
    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(AdjudicationsConnector.TOKEN, "A1234AA");
    }

    @Test
    void asksForOnePrisonByItsCaseloadAndTheDayOfDiscovery() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlPathEqualTo(PATH))
                .withHeader("Active-Caseload", equalTo("MDI"))
                .withHeader("Authorization", equalTo("Bearer " + AdjudicationsConnector.TOKEN))
                .withQueryParam("status", equalTo("REFER_POLICE"))
                .withQueryParam("startDate", equalTo("2026-08-01"))
                .withQueryParam("endDate", equalTo("2026-11-02"))
                .withQueryParam("sort", equalTo("date_time_of_discovery,ASC"))
                .withQueryParam("page", equalTo("0"))
                .withQueryParam("size", equalTo("2")));
    }

    @Test
    void readsAllPages() throws Exception {
        givenPage(0, page(false, 3, charge("a"), charge("b")));
        givenPage(1, page(true, 3, charge("c")));
        try (Verb verb = connect(partner())) {
            assertThat(((Referrals) verb.call()).charges())
                    .extracting(ReferredCharge::chargeNumber)
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void aListThatIsNotWholeIsNone() {
        givenPage(0, page(false, 3, charge("a"), charge("b")));
        givenPage(1, page(true, 3, charge("b")));
        failsWith("records-moved");
        givenPage(1, page(false, 99, charge("c")));
        givenPage(2, page(false, 99, charge("d")));
        failsWith("too-many-pages");
    }

    @Test
    void aListOfSomethingElseIsUnavailable() {
        for (String charge : List.of(
                charge("a").replace("REFER_POLICE", "CHARGE_PROVED"),
                "{}",
                charge("a").replace("\"A1234AA\"", "7"),
                charge("a".repeat(65)))) {
            answers(good().withBody(page(true, 1, charge)));
            failsWith("unexpected-answer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "mdi", "MDI\n", "MDI, LEI", "MOORLAND"})
    void whatIsNoPrisonNeverBecomesAHeader(String prison) {
        answers(good());
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(() -> verb.callWith(new ReferralsAt(prison, MOORLAND.from(), MOORLAND.until())))
                    .isInstanceOf(Rejected.class);
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

    private static String charge(String number) {
        return "{\"chargeNumber\":\"" + number + "\",\"prisonerNumber\":\"A1234AA\",\"status\":\"REFER_POLICE\"}";
    }

    private static String page(boolean last, int total, String... charges) {
        return "{\"content\":[" + String.join(",", charges) + "],\"totalElements\":" + total + ",\"last\":" + last
                + "}";
    }
}
