package sallyport.mappings.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import sallyport.mappings.Rejected;

class CjseInboundTest {

    private static final String OUTCOME =
            """
            {"messageId":"46-1","caseReference":"SP-2026-000123","force":"46","type":"CRIME_REFERENCE",
             "at":"2026-10-25T01:30:00+01:00","crimeReference":"46/12345/26"}""";

    /** As another client writes it: other prefixes, optional parts, white space. */
    private static final String ROUTE_DATA =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <RouteData xmlns="http://schemas.cjse.gov.uk/common/operations" xmlns:e="http://schemas.cjse.gov.uk/common/businessentities"
                       VersionNumber="1.0" RequestResponse="Notification">
              <RequestFromSystem VersionNumber="1.0">
                <CorrelationID>46-77</CorrelationID>
                <SystemID literalvalue="Case system">00501PoliceCaseSystem</SystemID>
                <OrganizationalUnitID>146HQ00</OrganizationalUnitID>
                <DataController>Kent Police</DataController>
                <TestOperation>false</TestOperation>
              </RequestFromSystem>
              <DataStream VersionNumber="1.0">
                <e:System>00501PoliceCaseSystem</e:System>
                <e:DataStreamType>SPReferralOutcome</e:DataStreamType>
                <e:SystemDataStreamID>46-77</e:SystemDataStreamID>
                <e:ContentType>application/json</e:ContentType>
                <e:DataStreamContent>
                  %s
                </e:DataStreamContent>
              </DataStream>
              <Routes VersionNumber="1.0"><Route VersionNumber="1.0"><RouteID>1</RouteID>
                <RouteSourceSystem>00501PoliceCaseSystem</RouteSourceSystem>
                <RouteDestinationSystem>Z00Sallyport</RouteDestinationSystem></Route></Routes>
            </RouteData>""";

    private static final String ANSWER =
            """
            <o:RouteDataResp xmlns:o="http://schemas.cjse.gov.uk/common/operations" VersionNumber="1.0">
              <o:ResponseToSystem VersionNumber="1.0"><o:CorrelationID>SP-2026-000123-v1-46</o:CorrelationID>
                <o:SystemID>Z00Sallyport</o:SystemID></o:ResponseToSystem>
              <o:OperationStatus><o:StatusClass>Success</o:StatusClass><o:Code>1</o:Code><o:RouteId>1</o:RouteId></o:OperationStatus>
              <o:OperationStatus><o:StatusClass>%s</o:StatusClass><o:Code>%s</o:Code><o:RouteId>2</o:RouteId></o:OperationStatus>
            </o:RouteDataResp>""";

    @Test
    void unwrapsAnOutcomeThatAnotherClientSent() {
        CjseInbound read = CjseInbound.read(envelope(submit(routeData(OUTCOME))));
        assertThat(read).isInstanceOfSatisfying(CjseOutcome.class, inbound -> {
            assertThat(inbound.requestId()).isEqualTo("46-77");
            assertThat(inbound.correlationId()).isEqualTo("46-77");
            assertThat(inbound.outcome().crimeReference()).isEqualTo("46/12345/26");
        });
    }

    @ParameterizedTest
    @CsvSource({"Success,1,1,true", "Warning,302,1,true", "FatalError,1310,1310,false", "FatalError,9999,9999,false"})
    void readsAForcesAnswer(String statusClass, int code, int read, boolean delivered) {
        CjseInbound inbound = CjseInbound.read(utf8(submit(ANSWER.formatted(statusClass, code))));
        assertThat(inbound).isInstanceOfSatisfying(RouteDataResponse.class, response -> {
            assertThat(response.correlationId()).isEqualTo("SP-2026-000123-v1-46");
            assertThat(response.code()).isEqualTo(read);
            assertThat(response.delivered()).isEqualTo(delivered);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "<end:RequestID>46-77</end:RequestID>,,schema-invalid at SubmitRequestMes/RequestID",
        "<end:RequestID>46-77,<end:RequestID>46 77,schema-invalid at SubmitRequestMes/RequestID",
        "ASYNCH,SOON,schema-invalid at SubmitRequestMes/ExecMode",
        "<end:ExecMode>ASYNCH</end:ExecMode>,,schema-invalid at SubmitRequestMes/ExecMode",
        "2026-10-25T00:30:00Z,yesterday,schema-invalid at SubmitRequestMes/Timestamp",
        "SubmitRequestMes,RetrieveRequestMes,schema-invalid at SubmitRequestMes",
        "&lt;RouteData ,&lt;RouteDatum ,not-xml at SubmitRequestMes/Message",
        "RequestFromSystem,RequestOfSystem,schema-invalid at SubmitRequestMes/Message/RouteData/RequestFromSystem",
        "&lt;CorrelationID>46-77,&lt;CorrelationID>46 77,schema-invalid at SubmitRequestMes/Message/RouteData/RequestFromSystem/CorrelationID",
        "146HQ00,146,schema-invalid at SubmitRequestMes/Message/RouteData/RequestFromSystem/OrganizationalUnitID",
        "&lt;e:DataStreamContent>,&lt;e:DataStreamContents>,not-xml at SubmitRequestMes/Message",
        "DataStreamContent,DataStreamBlob,schema-invalid at SubmitRequestMes/Message/RouteData/DataStream/DataStreamContent",
        "<end:Message>,<end:Massage>,not-xml at /",
        "SPReferralOutcome,SPINewCase,disallowed-data-stream-type at SubmitRequestMes/Message/RouteData/DataStream/DataStreamType",
        "RequestResponse=\"Notification\",,schema-invalid at SubmitRequestMes/Message/RouteData",
    })
    void namesTheElementThatIsWrong(String from, String to, String message) {
        String request = submit(routeData(OUTCOME));
        assertThat(request).contains(from);
        assertThatThrownBy(() -> CjseInbound.read(utf8(request.replace(from, to == null ? "" : to))))
                .isInstanceOf(Rejected.class)
                .hasMessage(message);
    }

    @Test
    void namesTheElementThatIsMissingAtTheEnd() {
        String request = submit("x").replaceFirst("<end:Message>.*</end:Message>", "");
        assertThatThrownBy(() -> CjseInbound.read(utf8(request)))
                .hasMessage("schema-invalid at SubmitRequestMes/Message");
    }

    @Test
    void namesTheFieldOfTheOutcomeInside() {
        assertThatThrownBy(() -> CjseInbound.read(utf8(submit(routeData(OUTCOME.replace("CRIME_REFERENCE", "GUESS"))))))
                .hasMessage("unknown-outcome at /type");
        assertThatThrownBy(() -> CjseInbound.read(utf8(submit(ROUTE_DATA.formatted("A")))))
                .hasMessage("unusable-data-stream at SubmitRequestMes/Message/RouteData/DataStream/DataStreamContent");
    }

    @Test
    void refusesDocumentTypesOutsideAndInside() {
        String dtd = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
        assertThatThrownBy(() -> CjseInbound.read(utf8(dtd + submit(routeData(OUTCOME)))))
                .hasMessage("not-xml at /");
        assertThatThrownBy(() -> CjseInbound.read(utf8(submit(dtd + "<a>&x;</a>"))))
                .hasMessage("not-xml at SubmitRequestMes/Message");
    }

    @Test
    void refusesWhatIsTooLargeOrNoXmlAtAll() {
        assertThatThrownBy(() -> CjseInbound.read(new byte[CjseXml.LARGEST + 1]))
                .hasMessage("too-large at /");
        assertThatThrownBy(() -> CjseInbound.read(utf8("{}"))).hasMessage("not-xml at /");
        assertThatThrownBy(() -> CjseInbound.read(new byte[0])).hasMessage("not-xml at /");
        assertThatThrownBy(() -> CjseInbound.read(utf8(submit("<a/>"))))
                .hasMessage("unexpected-message at SubmitRequestMes/Message");
    }

    @Test
    void ourOwnReferralIsNoOutcome() {
        assertThatThrownBy(() ->
                        CjseInbound.read(CjseMappingTest.render(sallyport.mappings.referral.InventedPackages.full())))
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.code()).isEqualTo("disallowed-data-stream-type"));
    }

    @Test
    void findsTheRequestIdOfWhatCannotBeReadFurther() {
        assertThat(CjseInbound.requestId(envelope(submit("nonsense")))).contains("46-77");
        assertThat(CjseInbound.requestId(utf8("{}"))).isEmpty();
    }

    @Test
    void looksForTheRequestInTheBodyOfAnEnvelopeAndNoDeeper() {
        String request = submit(routeData(OUTCOME));
        String deeper = "<Body>" + request + "</Body>";
        assertThatThrownBy(() -> CjseInbound.read(envelope(deeper))).hasMessage("schema-invalid at SubmitRequestMes");
        assertThatThrownBy(() -> CjseInbound.read(envelope("<other/>")))
                .hasMessage("schema-invalid at SubmitRequestMes");
        assertThatThrownBy(() -> CjseInbound.read(utf8(
                        request.replace("http://schemas.cjse.gov.uk/endpoint/types/", "http://example.org/types/"))))
                .hasMessage("schema-invalid at SubmitRequestMes");
        assertThat(CjseInbound.requestId(envelope("<other/>"))).isEmpty();
        assertThat(CjseInbound.requestId(envelope(deeper))).isEmpty();
    }

    @Test
    void aRequestIdThatNoAnswerCouldRepeatIsNone() {
        assertThat(CjseInbound.requestId(utf8(submit("x").replace(">46-77<", ">" + "7".repeat(200) + "<"))))
                .isPresent();
        for (String unusable : new String[] {"", "46 77", "7".repeat(201)}) {
            assertThat(CjseInbound.requestId(utf8(submit("x").replace(">46-77<", ">" + unusable + "<"))))
                    .isEmpty();
        }
        assertThat(CjseInbound.requestId(utf8(submit("x").replace("RequestID", "OtherID"))))
                .isEmpty();
    }

    @Test
    void anAnswerIsDeliveryOnlyIfEveryRouteDelivered() {
        String answer = ANSWER.formatted("Success", "1");
        CjseInbound allDelivered = CjseInbound.read(utf8(submit(answer)));
        CjseInbound firstFailed = CjseInbound.read(utf8(submit(answer.replaceFirst("<o:Code>1<", "<o:Code>1318<"))));

        assertThat(allDelivered)
                .isInstanceOfSatisfying(RouteDataResponse.class, response -> assertThat(response.delivered())
                        .isTrue());
        assertThat(firstFailed).isInstanceOfSatisfying(RouteDataResponse.class, response -> {
            assertThat(response.code()).isEqualTo(1318);
            assertThat(response.requestId()).isEqualTo("46-77");
            assertThat(response.delivered()).isFalse();
        });
    }

    @Test
    void aChildThatTheSchemaWouldRequireIsNamedEvenWithoutIt() {
        Element empty = CjseXml.parse(utf8("<a xmlns=\"urn:x\"><b xmlns=\"urn:y\"/></a>"))
                .getDocumentElement();

        assertThatThrownBy(() -> CjseXml.text(empty, "urn:x", "b")).hasMessage("schema-invalid at a/b");
        assertThat(CjseXml.child(empty, "urn:y", "b")).isNotNull();
    }

    @Test
    void aRefusalHasTheNearestCodeOfTheContract() {
        assertThat(CjseAnswers.readSubmitResponse(CjseAnswers.refusal(
                        "46-77", new Rejected("disallowed-data-stream-type", "SubmitRequestMes/Message"))))
                .isEqualTo(new CjseAnswers.SubmitResponse(
                        "46-77", 1359, "disallowed-data-stream-type at SubmitRequestMes/Message"));
    }

    @Test
    void anAnswerWithoutWordsIsAnAnswer() {
        String answer = new String(CjseAnswers.submitResponse("46-77", 302, "gone"), StandardCharsets.UTF_8)
                .replaceFirst("<end:ResponseText>.*</end:ResponseText>", "");
        assertThat(CjseAnswers.readSubmitResponse(utf8(answer)))
                .isEqualTo(new CjseAnswers.SubmitResponse("46-77", 302, ""));
        assertThatThrownBy(() -> CjseAnswers.readSubmitResponse(envelope("<Body>" + answer + "</Body>")))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> CjseAnswers.readSubmitResponse(utf8(answer.replace(">302<", ">gone<"))))
                .hasMessage("schema-invalid at SubmitResponseMes/ResponseCode");
    }

    @Test
    void aCodeThatIsInTheTableIsKnownByItsNumber() {
        for (CjseStatus status : CjseStatus.values()) {
            assertThat(CjseStatus.of(status.code())).contains(status);
            assertThat(status.text()).isNotBlank();
        }
        assertThat(CjseStatus.of(0)).isEmpty();
        assertThat(Arrays.stream(CjseStatus.values()).filter(CjseStatus::arrived))
                .containsExactly(CjseStatus.SUCCESS, CjseStatus.PREVIOUSLY_SENT);
    }

    @Test
    void answersObeyTheContract() {
        byte[] answer = CjseAnswers.submitResponse("46-77", CjseStatus.SUCCESS.code(), "stored & <kept>");
        Element root = CjseXml.parse(answer).getDocumentElement();
        CjseXml.validate(root, "");
        assertThat(CjseAnswers.readSubmitResponse(answer))
                .isEqualTo(new CjseAnswers.SubmitResponse("46-77", 1, "stored & <kept>"));
        assertThat(CjseAnswers.readSubmitResponse(
                        CjseAnswers.refusal("46-77", new Rejected("unknown-outcome", "/code"))))
                .isEqualTo(new CjseAnswers.SubmitResponse("46-77", 1310, "unknown-outcome at /code"));
        assertThat(CjseAnswers.readSubmitResponse(envelope(new String(answer, StandardCharsets.UTF_8)))
                        .code())
                .isEqualTo(1);
        assertThatThrownBy(() -> CjseAnswers.readSubmitResponse(utf8("<html/>")))
                .hasMessage("schema-invalid at SubmitResponseMes");
    }

    private static String routeData(String json) {
        return ROUTE_DATA.formatted(Base64.getMimeEncoder().encodeToString(utf8(json)));
    }

    private static String submit(String message) {
        return """
                <end:SubmitRequestMes xmlns:end="http://schemas.cjse.gov.uk/endpoint/types/">
                <end:RequestID>46-77</end:RequestID><end:SourceID>00501PoliceCaseSystem</end:SourceID>
                <end:DestinationID>Z00Sallyport</end:DestinationID><end:ExecMode>ASYNCH</end:ExecMode>
                <end:Timestamp>2026-10-25T00:30:00Z</end:Timestamp><end:Message>%s</end:Message></end:SubmitRequestMes>"""
                .formatted(message.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private static byte[] envelope(String body) {
        return utf8("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header/><s:Body>"
                + body.replaceFirst("^<\\?xml[^>]*\\?>", "") + "</s:Body></s:Envelope>");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
