package sallyport.connectors.prison.documents;

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
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

final class DocumentSearchIT extends ConnectorContract {

    private static final DocumentQuery QUERY = new DocumentQuery("INCIDENT_EVIDENCE", "A1234AA");
    private static final String ONE = page(0, 2, 1, one("a"));

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return DocumentsConnector.verb(partner, "direct:hmpps-documents-search", QUERY, 2);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", ONE.getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).asInstanceOf(LIST).singleElement().isInstanceOfSatisfying(Fetched.class, page -> assertThat(
                        page.raw())
                .isEqualTo(ONE.getBytes(UTF_8)));
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Override
    protected List<String> secrets() {
        return List.of(DocumentsConnector.TOKEN);
    }

    @Test
    void saysWhoAsksAndAboutWhom() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
        }
        partner.verify(
                postRequestedFor(urlEqualTo("/documents/search"))
                        .withHeader("Service-Name", equalTo("hub-of-tests"))
                        .withHeader("Authorization", equalTo("Bearer " + DocumentsConnector.TOKEN))
                        .withRequestBody(
                                equalToJson(
                                        """
                                {"documentType":"INCIDENT_EVIDENCE","metadata":{"prisonNumber":"A1234AA"},"page":0,"pageSize":2}""")));
    }

    @Test
    void readsPageAfterPageAndNoFurther() throws Exception {
        String second = page(1, 2, 3, one("c"));
        pageIs(0, page(0, 2, 3, one("a") + "," + one("b")));
        pageIs(1, second);
        try (Verb verb = connect(partner())) {
            assertThat(verb.call())
                    .asInstanceOf(LIST)
                    .hasSize(2)
                    .last()
                    .isInstanceOfSatisfying(
                            Fetched.class, last -> assertThat(last.raw()).isEqualTo(second.getBytes(UTF_8)));
        }
        partner.verify(2, postRequestedFor(urlEqualTo("/documents/search")));
    }

    @Test
    void aSearchWithoutEndIsUnavailable() throws Exception {
        for (int number = 0; number < 3; number++) {
            pageIs(number, page(number, 2, 100, one("a") + "," + one("b")));
        }
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(verb::call)
                    .isInstanceOfSatisfying(Unavailable.class, endless -> assertThat(endless.code())
                            .isEqualTo("too-many-pages"));
        }
    }

    @Test
    void whatIsNoTypeOrNumberNeverLeaves() throws Exception {
        assertThatThrownBy(() -> new DocumentQuery("../files", "A1234AA")).isInstanceOf(Rejected.class);
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(() -> verb.callWith(new DocumentQuery("INCIDENT_EVIDENCE", "\"}")))
                    .isInstanceOf(Rejected.class);
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    private void pageIs(int number, String body) {
        partner.stubFor(post(urlEqualTo("/documents/search"))
                .withRequestBody(matchingJsonPath("$.page", equalTo(Integer.toString(number))))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static String one(String id) {
        return "{\"documentUuid\":\"" + id + "\"}";
    }

    private static String page(int number, int size, int total, String results) {
        return "{\"request\":{\"page\":" + number + ",\"pageSize\":" + size + "},\"results\":[" + results
                + "],\"totalResultsCount\":" + total + "}";
    }
}
