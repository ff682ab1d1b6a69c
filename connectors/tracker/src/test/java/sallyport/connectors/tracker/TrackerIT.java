package sallyport.connectors.tracker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

class TrackerIT {

    private static final String ROW = "/referrals/SP-2026-000001";
    private static final String HUB = "{\"state\":\"DELIVERED\",\"crimeReference\":\"46/1/26\"}";

    private WireMockServer tracker = new WireMockServer(0);
    private Verb verb;

    @BeforeEach
    void connect() {
        tracker = new WireMockServer(wireMockConfig().dynamicPort());
        tracker.start();
        TrackerHealth health = new TrackerHealth();
        OneShotHttp http =
                new OneShotHttp(new OneShotHttp.Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), 64 * 1024));
        verb = Verb.start(
                new TrackerRoutes(URI.create(tracker.baseUrl()), http, health), "direct:tracker-put", row(HUB), health);
    }

    @AfterEach
    void disconnect() {
        verb.close();
        tracker.stop();
    }

    @Test
    void aCaseTheTrackerDoesNotKnowIsCreatedAndNeverOverwritten() throws Exception {
        tracker.stubFor(get(ROW).willReturn(aResponse().withStatus(404)));
        tracker.stubFor(put(ROW).willReturn(aResponse().withStatus(201).withBody("{}")));

        Accepted accepted = (Accepted) verb.call();

        assertThat(accepted.code()).isEqualTo("201");
        assertThat(accepted.delivered()).isTrue();
        tracker.verify(
                1,
                putRequestedFor(urlEqualTo(ROW))
                        .withHeader("If-None-Match", equalTo("*"))
                        .withHeader("If-Match", absent())
                        .withRequestBody(equalTo(HUB)));
    }

    @Test
    void thePrisonsColumnsAreKept() throws Exception {
        stored("\"v1\"", "{\"state\":\"APPROVED\",\"prisonNote\":\"ours\"}");
        tracker.stubFor(put(ROW).willReturn(aResponse().withStatus(204)));

        verb.call();

        tracker.verify(
                1,
                putRequestedFor(urlEqualTo(ROW))
                        .withHeader("If-Match", equalTo("\"v1\""))
                        .withRequestBody(equalToJson(
                                "{\"state\":\"DELIVERED\",\"crimeReference\":\"46/1/26\",\"prisonNote\":\"ours\"}")));
    }

    @Test
    void whatTheTrackerHoldsAlreadyIsNotWrittenAgain() throws Exception {
        stored("\"v1\"", "{\"prisonNote\":\"ours\",\"crimeReference\":\"46/1/26\",\"state\":\"DELIVERED\"}");

        assertThat(((Accepted) verb.call()).code()).isEqualTo("unchanged");

        tracker.verify(0, putRequestedFor(urlEqualTo(ROW)));
    }

    @Test
    void aRowThatANodeWroteLateUndoesNothing() throws Exception {
        stored("\"v9\"", "{\"state\":\"CLOSED\",\"caseVersion\":9}");

        Accepted late = (Accepted) verb.callWith(row("{\"state\":\"DELIVERED\",\"caseVersion\":8}"));

        assertThat(late.code()).isEqualTo("superseded");
        tracker.verify(0, putRequestedFor(urlEqualTo(ROW)));
    }

    @Test
    void aRowOverwrittenWhileItWasReadIsComparedAgain() throws Exception {
        tracker.stubFor(get(ROW).inScenario("row")
                .whenScenarioStateIs(STARTED)
                .willReturn(row("\"v7\"", "{\"caseVersion\":7}")));
        tracker.stubFor(put(ROW).inScenario("row")
                .whenScenarioStateIs(STARTED)
                .willReturn(aResponse().withStatus(412))
                .willSetStateTo("newer"));
        tracker.stubFor(get(ROW).inScenario("row")
                .whenScenarioStateIs("newer")
                .willReturn(row("\"v9\"", "{\"caseVersion\":9}")));

        Accepted late = (Accepted) verb.callWith(row("{\"state\":\"DELIVERED\",\"caseVersion\":8}"));

        assertThat(late.code()).isEqualTo("superseded");
        tracker.verify(1, putRequestedFor(urlEqualTo(ROW)));
    }

    @Test
    void aRowThatChangedUnderwayIsReadAndMergedAgain() throws Exception {
        tracker.stubFor(get(ROW).inScenario("row").whenScenarioStateIs(STARTED).willReturn(row("\"v1\"", "{}")));
        tracker.stubFor(put(ROW).inScenario("row")
                .whenScenarioStateIs(STARTED)
                .willReturn(aResponse().withStatus(412))
                .willSetStateTo("changed"));
        tracker.stubFor(get(ROW).inScenario("row")
                .whenScenarioStateIs("changed")
                .willReturn(row("\"v2\"", "{\"prisonNote\":\"new\"}")));
        tracker.stubFor(put(ROW).inScenario("row")
                .whenScenarioStateIs("changed")
                .willReturn(aResponse().withStatus(200)));

        assertThat(((Accepted) verb.call()).code()).isEqualTo("200");

        tracker.verify(
                1,
                putRequestedFor(urlEqualTo(ROW))
                        .withHeader("If-Match", equalTo("\"v2\""))
                        .withRequestBody(equalToJson(
                                "{\"state\":\"DELIVERED\",\"crimeReference\":\"46/1/26\",\"prisonNote\":\"new\"}")));
    }

    @Test
    void aRowThatChangesEveryTimeGoesToTheConflictDesk() {
        stored("\"v1\"", "{}");
        tracker.stubFor(put(ROW).willReturn(aResponse().withStatus(412)));

        assertThat(catchThrowable(verb::call)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("tracker-conflict");
            assertThat(rejected.where()).isEqualTo("/");
        });
        tracker.verify(2, putRequestedFor(urlEqualTo(ROW)));
    }

    @Test
    void aWriteWithoutAnswerIsUnknownAndSentOnce() {
        stored("\"v1\"", "{}");
        tracker.stubFor(put(ROW).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(catchThrowable(verb::call)).isInstanceOf(Unknown.class);
        tracker.verify(1, putRequestedFor(urlEqualTo(ROW)));
    }

    @Test
    void aReadWithoutAnswerIsUnavailableAndNothingIsWritten() {
        tracker.stubFor(get(ROW).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(catchThrowable(verb::call)).isInstanceOf(Unavailable.class);
        tracker.verify(0, putRequestedFor(urlEqualTo(ROW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "{", "<html/>", ""})
    void aRowThatIsNoneIsLeftAlone(String body) {
        stored("\"v1\"", body);

        assertThat(catchThrowable(verb::call)).isInstanceOf(Unavailable.class);
        tracker.verify(0, putRequestedFor(urlEqualTo(ROW)));
    }

    @Test
    void aRowWithoutVersionIsNotOverwritten() {
        tracker.stubFor(get(ROW).willReturn(aResponse().withBody("{}")));

        assertThat(catchThrowable(verb::call))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("unexpected-answer"));
        tracker.verify(0, putRequestedFor(urlEqualTo(ROW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../admin", "SP 1", "SP-1?x=1", "http://elsewhere"})
    void aReferenceThatIsNoneAsksForNothing(String reference) {
        assertThat(catchThrowable(() -> verb.callWith(
                        new Outbound("tracker", "m-1", reference, "application/json", HUB.getBytes(UTF_8)))))
                .isInstanceOf(Rejected.class);
        assertThat(tracker.getAllServeEvents()).isEmpty();
    }

    private void stored(String etag, String columns) {
        tracker.stubFor(get(ROW).willReturn(row(etag, columns)));
    }

    private static ResponseDefinitionBuilder row(String etag, String columns) {
        return aResponse().withHeader("ETag", etag).withBody(columns);
    }

    private static Outbound row(String columns) {
        return new Outbound("tracker", "m-1", "SP-2026-000001", "application/json", columns.getBytes(UTF_8));
    }
}
