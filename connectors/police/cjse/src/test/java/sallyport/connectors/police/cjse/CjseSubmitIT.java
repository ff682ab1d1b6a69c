package sallyport.connectors.police.cjse;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.cxf.Bus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmlunit.assertj3.XmlAssert;
import sallyport.connectors.contract.Certificates;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.HostileServer;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

class CjseSubmitIT extends ConnectorContract {

    private static final String REQUEST_ID = "SP-2026-000001-1-06";
    private static final String TYPES = "http://schemas.cjse.gov.uk/endpoint/types/";
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final Bus BUS = new CjseConfiguration().cjseBus();

    private static final String REQUEST =
            """
            <end:SubmitRequestMes xmlns:end="%s"><end:RequestID>%s</end:RequestID><end:SourceID>SallyportHub</end:SourceID>\
            <end:DestinationID>00601PoliceCaseSystem</end:DestinationID><end:ExecMode>ASYNCH</end:ExecMode>\
            <end:Timestamp>2026-11-22T10:00:00Z</end:Timestamp>\
            <end:Message>&lt;RouteData&gt;é &amp;amp; &#13;  two  spaces&lt;/RouteData&gt;</end:Message></end:SubmitRequestMes>"""
                    .formatted(TYPES, REQUEST_ID);

    @AfterAll
    static void shutDown() {
        BUS.shutdown(true);
    }

    /** The contract's time-outs are short: the first TLS call of a JVM on a busy machine does not fit into them. */
    @BeforeAll
    static void warmUp() throws Exception {
        Certificates files = Certificates.make("warm-up");
        CjseSubmitIT connector = new CjseSubmitIT();
        GoodAnswer good = connector.goodAnswer();
        byte[] answer = HostileServer.whole(good.status(), good.contentType(), good.body());
        Duration patience = Duration.ofSeconds(30);
        try (HostileServer server = new HostileServer(files, HostileServer.answersOnceThenDrops(answer));
                Verb verb = connector.connect(new Partner(server.address(), patience, patience, 65_536, files))) {
            connector.isGood(verb.call());
        }
    }

    @Override
    protected Kind kind() {
        return Kind.WRITE;
    }

    @Override
    protected boolean mutualTls() {
        return true;
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "text/xml; charset=utf-8", response(REQUEST_ID, 1));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.code()).isEqualTo("1");
            assertThat(accepted.evidence()).isEqualTo(response(REQUEST_ID, 1));
            assertThat(accepted.delivered()).isFalse();
        });
    }

    @Override
    protected Verb connect(Partner partner) {
        Certificates files = Objects.requireNonNull(partner.tls());
        OneShotHttp http = new OneShotHttp(
                new OneShotHttp.Limits(partner.connect(), partner.total(), partner.answerBytes()),
                Tls.context(new TlsProperties(files.clientStore(), files.trustStore(), files.password())));
        ForcesHealth health = new ForcesHealth("cjse");
        Forces forces = forces(partner.address());
        CjseRoutes routes = new CjseRoutes(forces, new CjseClients(forces, http, BUS), health);
        return Verb.start(routes, "direct:cjse-submit", to("06"), health);
    }

    @Test
    void theEnvelopeHoldsTheRequestAsItWasRendered() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(
                1,
                postRequestedFor(urlEqualTo("/cjse/06"))
                        .withHeader("Content-Type", containing("text/xml"))
                        .withHeader("SOAPAction", equalTo("\"http://schemas.cjse.gov.uk/endpoint/wsdl/submit\"")));
        LoggedRequest request = partner.getAllServeEvents().get(0).getRequest();
        assertThat(request.containsHeader("Transfer-Encoding")).isFalse();
        XmlAssert.assertThat(request.getBodyAsString())
                .and("<s:Envelope xmlns:s=\"" + SOAP + "\"><s:Body>" + REQUEST + "</s:Body></s:Envelope>")
                .ignoreChildNodesOrder()
                .areSimilar();
    }

    @Test
    void sendingAgainSendsTheSameBytes() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
            verb.call();
        }
        assertThat(partner.getAllServeEvents())
                .extracting(event -> event.getRequest().getBodyAsString())
                .hasSize(2)
                .containsOnly(partner.getAllServeEvents().get(0).getRequest().getBodyAsString());
    }

    @Test
    void previouslySentIsDelivery() throws Exception {
        answers(xml(200, response(REQUEST_ID, 302)));
        try (Verb verb = connect(partner())) {
            assertThat((Accepted) verb.call()).satisfies(accepted -> {
                assertThat(accepted.code()).isEqualTo("302");
                assertThat(accepted.delivered()).isTrue();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301,RequestFromSystem/SystemID",
        "304,SourceID",
        "305,DestinationID",
        "306,RequestID",
        "307,ExecMode",
        "308,RequestFromSystem/OrganizationalUnitID",
        "309,DataStream/DataStreamContent",
        "1310,DataStream",
        "1317,Routes/RouteSourceSystem",
        "1318,Routes/RouteDestinationSystem",
        "1321,Routes/RouteDestinationSystem",
        "1359,DataStream/DataStreamType",
    })
    void aRefusalOfTheContractNamesTheElement(int code, String element) {
        answers(xml(200, response(REQUEST_ID, code)));
        assertThat(failure()).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("cjse-" + code);
            assertThat(rejected.where()).isEqualTo(element);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 300, 303, 999_999})
    void aCodeThatIsNotInTheContractIsNobodysWord(int code) {
        answers(xml(200, response(REQUEST_ID, code)));
        isUnknown("cjse-" + code);
    }

    @Test
    void anAnswerToAnotherRequestIsNone() {
        answers(xml(200, response("SP-2026-000002-1-06", 1)));
        isUnknown("answer-to-another-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html/>",
                "",
                "<s:Envelope xmlns:s='" + SOAP + "'><s:Body/></s:Envelope>",
                "<s:Envelope xmlns:s='" + SOAP + "'><s:Body><x>" + CANARY + "</x></s:Body></s:Envelope>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><s:Envelope xmlns:s='" + SOAP
                        + "'><s:Body>&e;</s:Body></s:Envelope>"
            })
    void whatIsNoSubmitResponseIsNobodysWord(String body) {
        answers(xml(200, body.getBytes(UTF_8)));
        isUnknown("unreadable-answer");
    }

    @ParameterizedTest
    @CsvSource({
        "s:Client,soap-fault-client",
        "Client,soap-fault-client",
        "s:Client.Authentication,soap-fault-client",
        "s:VersionMismatch,soap-fault-version-mismatch",
        "s:MustUnderstand,soap-fault-must-understand",
    })
    void aFaultOfTheCallerIsARefusal(String faultCode, String code) {
        answers(xml(500, fault(faultCode)));
        assertThat(failure()).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.where()).isEqualTo("SubmitRequestMes");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"s:Server", "s:Server.Busy", "s:Whatever"})
    void aFaultOfTheServerIsNobodysWord(String faultCode) {
        answers(xml(500, fault(faultCode)));
        isUnknown("soap-fault-server");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204})
    void anotherSuccessThan200IsNobodysWord(int status) {
        answers(aResponse().withStatus(status));
        isUnknown("http-" + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"46", "99", "https://elsewhere.example"})
    void aDestinationWithoutTheChannelIsRejectedAndNothingIsSent(String code) throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            assertThat(catchThrowable(() -> verb.callWith(to(code))))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo("unknown-destination"));
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    @Test
    void bytesThatAreNoXmlAreADefectAndNothingIsSent() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            assertThat(catchThrowable(() -> verb.callWith(
                            new Outbound("06", REQUEST_ID, "", "text/xml", ("<a>" + CANARY).getBytes(UTF_8)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining(CANARY);
        }
        assertThat(partner.getAllServeEvents()).isEmpty();
    }

    @Test
    void callsAtTheSameTimeGetTheirOwnAnswers() throws Exception {
        answers(good().withFixedDelay(100));
        try (Verb verb = connect(partner())) {
            List<CompletableFuture<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return Objects.requireNonNull(verb.call());
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }));
            }
            for (CompletableFuture<Object> call : calls) {
                isGood(call.get());
            }
        }
        assertThat(partner.getAllServeEvents()).hasSize(8);
    }

    private void isUnknown(String code) {
        assertThat(failure()).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.code()).isEqualTo(code);
            for (Throwable cause = unknown; cause != null; cause = cause.getCause()) {
                assertThat(cause.getMessage()).doesNotContain(CANARY);
            }
        });
        assertThat(partner.getAllServeEvents()).hasSize(1);
    }

    private Throwable failure() {
        try (Verb verb = connect(partner())) {
            return catchThrowable(verb::call);
        }
    }

    private static ResponseDefinitionBuilder xml(int status, byte[] body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml")
                .withBody(body);
    }

    private static byte[] response(String requestId, int code) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <s:Envelope xmlns:s="%s"><s:Header/><s:Body><SubmitResponseMes xmlns="%s">
                <RequestID>%s</RequestID><ResponseCode>%d</ResponseCode><ResponseText>é</ResponseText>
                </SubmitResponseMes></s:Body></s:Envelope>
                """
                .formatted(SOAP, TYPES, requestId, code)
                .getBytes(UTF_8);
    }

    private static byte[] fault(String code) {
        return ("<s:Envelope xmlns:s=\"" + SOAP + "\"><s:Body><s:Fault><faultcode>" + code + "</faultcode><faultstring>"
                        + CANARY + "</faultstring></s:Fault></s:Body></s:Envelope>")
                .getBytes(UTF_8);
    }

    private static Outbound to(String code) {
        return new Outbound(code, REQUEST_ID, "SP-2026-000001", "text/xml", REQUEST.getBytes(UTF_8));
    }

    private static Forces forces(URI address) {
        try {
            Path file = Files.createTempFile("forces", ".json");
            return Forces.read(Files.writeString(
                    file,
                    """
                    {"forces":[
                     {"code":"46","channels":["ihub"],"ihub":{"url":"%s/46","key":"k","secret":"s",
                      "forceIdentifier":"46","brand":"46"},"certificateSubjects":["CN=force-46"]},
                     {"code":"06","channels":["cjse"],"cjse":{"url":"%s/cjse/06","destinationId":"00601PoliceCaseSystem"},
                      "certificateSubjects":["CN=force-06"]}]}
                    """
                            .formatted(address, address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
