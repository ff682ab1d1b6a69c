package sallyport.connectors.police.cjse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.xmlunit.assertj3.XmlAssert;
import org.xmlunit.builder.Input;
import sallyport.connectors.contract.Certificates;
import sallyport.connectors.police.forces.CallingForce;
import sallyport.connectors.police.forces.ForcesConfiguration;
import sallyport.connectors.police.partnerport.PartnerPortConfiguration;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.mappings.police.CjseAnswers;
import sallyport.mappings.police.CjseInbound;

class CjseInboundIT {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String TYPES = "http://schemas.cjse.gov.uk/endpoint/types/";
    private static final String CANARY = "canary-77ab";
    private static final Map<String, String> NAMES = Map.of("s", SOAP, "t", TYPES);
    private static final List<Arrival> ARRIVALS = new CopyOnWriteArrayList<>();
    private static final Certificates FILES = Certificates.make("partners");

    @TempDir
    static Path directory;

    private static @Nullable ServletWebServerApplicationContext hub;
    private static int port;

    record Arrival(Map<String, Object> headers, @Nullable Object partner, byte[] raw) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CjseConfiguration.class, PartnerPortConfiguration.class, ForcesConfiguration.class})
    static class Hub {

        @Bean
        RouteBuilder intake() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("cxf:bean:cjseInbound")
                            .routeId("outcome-intake-cjse")
                            .process("cjseArrival")
                            .process(CjseInboundIT::store)
                            .process("cjseAnswer");
                }
            };
        }
    }

    private static void store(Exchange exchange) {
        byte[] raw = exchange.getMessage().getBody(byte[].class);
        if (new String(raw, UTF_8).contains("defect")) {
            throw new IllegalStateException(CANARY);
        }
        ARRIVALS.add(new Arrival(
                Map.copyOf(exchange.getMessage().getHeaders()), exchange.getProperty(CallingForce.PROPERTY), raw));
        String requestId = CjseInbound.requestId(raw).orElse("unknown");
        exchange.getMessage().setBody(CjseAnswers.submitResponse(requestId, 1, "Success"));
        // What a step leaves on the message must not get out.
        exchange.getMessage().setHeader("X-Hub", CANARY);
    }

    @BeforeAll
    static void startHub() throws Exception {
        Path forces = Files.writeString(
                directory.resolve("forces.json"),
                """
                {"forces":[{"code":"06","channels":["cjse"],
                  "cjse":{"url":"https://localhost:1/06","destinationId":"00601PoliceCaseSystem"},
                  "certificateSubjects":["CN=hub"]}]}
                """);
        port = freePort();
        hub = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Hub.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "sallyport.partner.port=" + port,
                        "sallyport.forces-file=" + forces,
                        "sallyport.tls.keystore=" + FILES.serverStore(),
                        "sallyport.tls.truststore=" + FILES.trustStore(),
                        "sallyport.tls.password=" + FILES.password())
                .run();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stopHub() {
        if (hub != null) {
            hub.close();
        }
    }

    @BeforeEach
    void forgetArrivals() {
        ARRIVALS.clear();
    }

    @Test
    void aSubmitIsHandedOnByteForByteUnderTheSendersCode() throws Exception {
        String message = envelope(submit("r-1", "&lt;RouteData&gt;é&lt;/RouteData&gt;"));

        HttpResponse<String> answer = post(message);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/xml");
        isAnswered(answer, "submit", "r-1", "1");
        assertThat(ARRIVALS).singleElement().satisfies(arrival -> {
            assertThat(arrival.partner()).isEqualTo("06");
            assertThat(arrival.raw()).isEqualTo(message.getBytes(UTF_8));
            assertThat(arrival.headers()).isEmpty();
        });
        assertThat(answer.headers().map()).doesNotContainKey("x-hub");
    }

    @Test
    void noHeaderChoosesTheOperation() throws Exception {
        HttpRequest.Builder request = request(envelope(submit("r-1", "x")));
        for (String name : List.of("operationName", "operationNamespace", "CamelCxfOperationName", "camelhttpURI")) {
            request.header(name, "retrieve");
        }
        for (String name : List.of("CamelHttpUri", "CamelSqlQuery", "CamelFileName", "JMSReplyTo", "CamelCxfMessage")) {
            request.header(name, "http://elsewhere.example");
        }
        request.header("SOAPAction", "\"http://schemas.cjse.gov.uk/endpoint/wsdl/retrieve\"");

        isAnswered(send(request), "submit", "r-1", "1");

        assertThat(ARRIVALS).singleElement().satisfies(arrival -> assertThat(arrival.headers())
                .isEmpty());
    }

    @Test
    void aRetrieveIsToldThatNothingCanBeFetched() throws Exception {
        HttpResponse<String> answer = post(envelope("<t:RetrieveRequestMes xmlns:t='" + TYPES
                + "'><t:RequestID>r-2</t:RequestID><t:SourceID>x</t:SourceID></t:RetrieveRequestMes>"));

        assertThat(answer.statusCode()).isEqualTo(200);
        isAnswered(answer, "retrieve", "r-2", "309");
        assertThat(ARRIVALS).isEmpty();
        XmlAssert.assertThat(Input.fromString(answer.body().replaceFirst("(?s).*<soap:Body>(.*)</soap:Body>.*", "$1")))
                .isValidAgainst(Input.fromURL(
                        CjseContract.class.getClassLoader().getResource("sallyport/cjse/endpoint-types.xsd")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<t:SubmitRequestMes xmlns:t='" + TYPES + "'/>", ""})
    void aSubmitThatDoesNotFitTheSchemaIsHandedOnForTheMappingsToName(String body) throws Exception {
        HttpResponse<String> answer = post(envelope(body));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ARRIVALS).singleElement().satisfies(arrival -> assertThat(arrival.raw())
                .isEqualTo(envelope(body).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "<x>" + CANARY + "</x>",
                "<s:Envelope xmlns:s='" + SOAP + "'><s:Body><x>" + CANARY,
                "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope>",
                "<s:Envelope xmlns:s='" + SOAP + "'><s:Body><SubmitRequestMes/></s:Body></s:Envelope>",
                "<s:Envelope xmlns:s='" + SOAP + "'><s:Body><t:Other xmlns:t='" + TYPES + "'/></s:Body></s:Envelope>",
                "<!DOCTYPE s [<!ENTITY e '" + CANARY + "'>]><s:Envelope xmlns:s='" + SOAP
                        + "'><s:Body><x>&e;</x></s:Body></s:Envelope>",
                "<!DOCTYPE s SYSTEM 'file:///etc/passwd'><s:Envelope xmlns:s='" + SOAP
                        + "'><s:Body><x/></s:Body></s:Envelope>",
            })
    void whatIsNotOfTheContractIsTheCallersFaultAndNothingMoreIsSaid(String message) throws Exception {
        HttpResponse<String> answer = post(message);

        assertThat(answer.statusCode()).isEqualTo(500);
        XmlAssert.assertThat(answer.body())
                .withNamespaceContext(NAMES)
                .valueByXPath("//faultstring")
                .isEqualTo("not a SOAP 1.1 message with a SubmitRequestMes");
        tellsNothing(answer);
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void ofADefectThePartnerHearsOnlyThatNothingIsStored() throws Exception {
        HttpResponse<String> answer = post(envelope(submit("r-3", "defect")));

        assertThat(answer.statusCode()).isEqualTo(500);
        XmlAssert.assertThat(answer.body())
                .withNamespaceContext(NAMES)
                .valueByXPath("//faultstring")
                .isEqualTo("not stored, send again");
        tellsNothing(answer);
    }

    @Test
    void theContractIsNotServedToBeRead() throws Exception {
        for (String path : List.of("/partner/cjse?wsdl", "/partner/cjse", "/partner/", "/partner/services")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
            assertThat(send(request).statusCode()).isEqualTo(404);
        }
    }

    private static void tellsNothing(HttpResponse<String> answer) {
        assertThat(answer.body()).doesNotContain(CANARY, "Exception", "java", "org.", "com.", "stackTrace", "<detail");
    }

    private static void isAnswered(HttpResponse<String> answer, String operation, String requestId, String code) {
        String element = "submit".equals(operation) ? "SubmitResponseMes" : "RetrieveResponseMes";
        XmlAssert.assertThat(answer.body())
                .withNamespaceContext(NAMES)
                .valueByXPath("/s:Envelope/s:Body/t:" + element + "/t:ResponseCode")
                .isEqualTo(code);
        XmlAssert.assertThat(answer.body())
                .withNamespaceContext(NAMES)
                .valueByXPath("/s:Envelope/s:Body/t:" + element + "/t:RequestID")
                .isEqualTo(requestId);
    }

    private static String envelope(String body) {
        return "<?xml version=\"1.0\"?>\n<s:Envelope xmlns:s='" + SOAP + "'> <s:Header/><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    private static String submit(String requestId, String message) {
        return "<SubmitRequestMes xmlns='" + TYPES + "'><RequestID>" + requestId
                + "</RequestID><SourceID>x</SourceID><DestinationID>SallyportHub</DestinationID><ExecMode>ASYNCH</ExecMode>"
                + "<Timestamp>2026-11-22T10:00:00Z</Timestamp><Message>" + message + "</Message></SubmitRequestMes>";
    }

    private static HttpResponse<String> post(String message) throws IOException, InterruptedException {
        return send(request(message));
    }

    private static HttpRequest.Builder request(String message) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/partner/cjse"))
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(message));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        SSLContext force = Tls.context(new TlsProperties(FILES.clientStore(), FILES.trustStore(), FILES.password()));
        return HttpClient.newBuilder()
                .sslContext(force)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }
}
