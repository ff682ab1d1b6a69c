package sallyport.connectors.prison.prisonersearch;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class PrisonerSearchIT extends ConnectorContract {

    private static final String PATH = "/prisoner-search/prisoner-numbers";
    private static final byte[] PEOPLE = "[ {\"prisonerNumber\":\"A1234AA\",\"lastName\":\"X\"} ]".getBytes(UTF_8);

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return PrisonerSearchConnector.verb(
                partner, "direct:prisoner-search-by-numbers", List.of("A1234AA", "B1234BB", "A1234AA"));
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", PEOPLE);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat((List<?>) result).singleElement().isInstanceOfSatisfying(Fetched.class, fetched -> assertThat(
                        fetched.raw())
                .isEqualTo(PEOPLE));
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(PrisonerSearchConnector.TOKEN, "A1234AA", "B1234BB");
    }

    @Test
    void asksForEveryNumberOnceAndOnlyForTheFieldsThatAreNeeded() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(postRequestedFor(urlPathEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer " + PrisonerSearchConnector.TOKEN))
                .withQueryParam("responseFields", matching("prisonerNumber,pncNumber,.*"))
                .withRequestBody(equalToJson("{\"prisonerNumbers\":[\"A1234AA\",\"B1234BB\"]}")));
        assertThat(partner.getAllServeEvents())
                .allSatisfy(event -> assertThat(event.getRequest().getUrl())
                        .doesNotContain("religion", "tattoos", "addresses", "phoneNumbers"));
    }

    @Test
    void asksForAThousandAtATime() throws Exception {
        answers(good());
        List<String> numbers = IntStream.range(0, 2_500)
                .mapToObj(i -> String.format("A%04dB%c", i % 10_000, 'A' + i / 10_000))
                .toList();
        try (Verb verb = connect(partner())) {
            assertThat((List<?>) verb.callWith(numbers)).hasSize(3);
        }
        for (String size : List.of("1000", "500")) {
            partner.verify(
                    size.equals("1000") ? 2 : 1,
                    postRequestedFor(urlPathEqualTo(PATH))
                            .withRequestBody(matchingJsonPath("$.prisonerNumbers.length()", equalTo(size))));
        }
    }

    @Test
    void nobodyIsAskedForNobody() throws Exception {
        try (Verb verb = connect(partner())) {
            assertThat(verb.callWith(new ArrayList<String>())).isEqualTo(List.of());
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    @Test
    void numbersNobodyKnowsAreSimplyNotInTheAnswer() throws Exception {
        answers(good().withBody("[]"));
        try (Verb verb = connect(partner())) {
            assertThat((List<?>) verb.call()).singleElement().isInstanceOfSatisfying(Fetched.class, fetched -> {
                assertThat(fetched.gone()).isFalse();
                assertThat(fetched.raw()).isEqualTo("[]".getBytes(UTF_8));
            });
        }
    }

    @Test
    void oneBadNumberIsNotSilentlyLeftOut() {
        partner.stubFor(post(urlPathEqualTo(PATH)).willReturn(good()));
        for (String bad : List.of("", "A1234AA\"]", "a1234aa", "A1234A")) {
            try (Verb verb = connect(partner())) {
                assertThatThrownBy(() -> verb.callWith(List.of("A1234AA", bad)))
                        .isInstanceOfSatisfying(Rejected.class, failure -> assertThat(failure.code())
                                .isEqualTo("invalid-prisoner-number"));
            }
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }
}
