package sallyport.connectors.prison.casenotes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class CaseNotesIT extends ConnectorContract {

    private static final String PATH = "/search/case-notes/A1234AA";
    private static final CaseNoteQuery QUERY = new CaseNoteQuery(
            "A1234AA",
            Instant.parse("2026-08-01T09:00:00Z"),
            Instant.parse("2026-12-01T09:00:00.250Z"),
            Map.of("OBSERVE", List.of("SEG UNIT", "THREAT_ST"), "CVM", List.of()),
            false);
    private static final String ONE_PAGE = page(1, 1, "{\"caseNoteId\":\"a\",\"text\":\"\\u0000 kept\"}");

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return CaseNotesConnector.verb(partner, "direct:case-notes-search", QUERY, 2, 3);
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
        return status == 404 ? Fault.none() : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(CaseNotesConnector.TOKEN, "A1234AA");
    }

    @Test
    void sendsEveryFieldThatTheContractRequires() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(postRequestedFor(urlEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer " + CaseNotesConnector.TOKEN))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("{\"includeSensitive\":false,"
                        + "\"typeSubTypes\":[{\"type\":\"CVM\",\"subTypes\":[]},"
                        + "{\"type\":\"OBSERVE\",\"subTypes\":[\"SEG UNIT\",\"THREAT_ST\"]}],"
                        + "\"occurredFrom\":\"2026-08-01T10:00:00\",\"occurredTo\":\"2026-12-01T09:00:00.25\","
                        + "\"page\":1,\"size\":2,\"sort\":\"occurredAt,desc\"}")));
    }

    @Test
    void sensitiveNotesAreAskedForOnlyWhenTold() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.callWith(new CaseNoteQuery("A1234AA", QUERY.from(), QUERY.to(), Map.of(), true));
        }
        partner.verify(postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(matchingJsonPath("$.includeSensitive", equalTo("true")))
                .withRequestBody(matchingJsonPath("$.typeSubTypes.length()", equalTo("0"))));
    }

    @Test
    void readsPagesFromOneUntilTheLastAndKeepsEachAsItCame() throws Exception {
        List<String> pages = List.of(
                page(1, 5, "{\"a\": 1, \"caseNoteId\": \"a\"}", note("b")),
                page(2, 5, note("c"), " " + note("d") + " "),
                page(3, 5, note("e")));
        for (int number = 1; number <= 3; number++) {
            givenPage(number, pages.get(number - 1));
        }
        try (Verb verb = connect(partner())) {
            assertThat(raws(verb.call())).isEqualTo(pages);
        }
    }

    @Test
    void aSourceThatNeverEndsIsLeft() {
        answers(good().withBody(page(1, 1_000_000, note("a"), note("b"))));
        failsWith("too-many-pages");
        assertThat(partner.getAllServeEvents()).hasSize(3);
    }

    @Test
    void aNoteWrittenBetweenTwoPagesMakesTheSearchBeRepeatedUntilItIsThereToo() {
        givenPage(1, page(1, 3, note("c"), note("b")));
        givenPage(2, page(2, 4, note("b"), note("a")));
        failsWith("records-moved");
    }

    @Test
    void aNoteDeletedBetweenTwoPagesMakesTheSearchBeRepeated() {
        givenPage(1, page(1, 4, note("a"), note("b")));
        givenPage(2, page(2, 3, note("c")));
        failsWith("records-moved");
    }

    @Test
    void aPageThatComesAgainMakesTheSearchBeRepeated() {
        givenPage(1, page(1, 4, note("a"), note("b")));
        givenPage(2, page(2, 4, note("a"), note("b")));
        failsWith("records-moved");
    }

    @Test
    void notesOfOneMomentThatChangedPlacesBetweenTwoPagesMakeTheSearchBeRepeated() {
        givenPage(1, page(1, 4, note("a"), note("b")));
        givenPage(2, page(2, 4, note("b"), note("d")));
        failsWith("records-moved");
    }

    @Test
    void aPageThatIsCutShortIsNotTheWhole() {
        givenPage(1, page(1, 3, note("a")));
        givenPage(2, page(2, 3));
        failsWith("records-moved");
        givenPage(1, page(1, 2, note("a")));
        failsWith("records-moved");
    }

    @Test
    void aNoteWithoutItsIdMakesTheSearchBeRepeated() {
        givenPage(1, page(1, 1, "{}"));
        failsWith("unexpected-answer");
    }

    @Test
    void aPageThatIsNoPageIsUnavailable() {
        for (String body : List.of("{}", "[]", "{\"content\":[],\"metadata\":{}}", "{\"content\":[]}")) {
            answers(good().withBody(body));
            failsWith("unexpected-answer");
        }
    }

    @Test
    void aPrisonerNobodyKnowsHasNoNotes() throws Exception {
        answers(aResponse().withStatus(404));
        try (Verb verb = connect(partner())) {
            assertThat((List<?>) verb.call())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Fetched.class, fetched -> assertThat(fetched.gone()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a1234aa", "A1234AA/../B", "A1234AA?x", "A1234AA\n", "Ａ1234AA"})
    void aHostileNumberNeverBecomesAnAddress(String number) {
        answers(good());
        try (Verb verb = connect(partner())) {
            CaseNoteQuery query = new CaseNoteQuery(number, QUERY.from(), QUERY.to(), Map.of(), false);
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
        partner.stubFor(post(PATH)
                .withRequestBody(matchingJsonPath("$.page", equalTo(String.valueOf(number))))
                .willReturn(good().withBody(body)));
    }

    private static List<String> raws(@Nullable Object result) {
        assertThat(result).isInstanceOf(List.class);
        return ((List<?>) result)
                .stream().map(page -> new String(((Fetched) page).raw(), UTF_8)).toList();
    }

    private static String note(String id) {
        return "{\"caseNoteId\":\"" + id + "\"}";
    }

    private static String page(int number, int total, String... notes) {
        return "{\"content\":[" + String.join(",", notes) + "],\"metadata\":{\"totalElements\":" + total + ",\"page\":"
                + number + ",\"size\":2},\"hasCaseNotes\":true}";
    }
}
