package sallyport.connectors.police.partnerport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import sallyport.connectors.police.forces.CallingForce;
import sallyport.connectors.police.forces.ForcesConfiguration;
import sallyport.mappings.Rejected;

class PartnerPortIT {

    static {
        // Else this JVM refuses old TLS by itself, and nobody would know whether the port does.
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
    }

    private static final byte[] OUTCOME = "{\"messageId\":\"m-1\",\"force\":\"06\",\"text\":\"é\"}".getBytes(UTF_8);
    private static final Duration LIVE = Duration.ofDays(1);
    private static final int MAX_BODY = 100_000;

    private static final TestAuthority PARTNERS = new TestAuthority("partners");
    private static final List<Arrival> ARRIVALS = new CopyOnWriteArrayList<>();

    @TempDir
    static Path directory;

    private static @Nullable ServletWebServerApplicationContext hub;
    private static int partnerPort;
    private static int consolePort;

    record Arrival(Map<String, Object> headers, @Nullable Object partner, byte[] body) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({PartnerPortConfiguration.class, ForcesConfiguration.class})
    static class Hub {

        @Bean
        RouteBuilder outcomes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    onException(Exception.class).handled(true).process("partnerAnswer");
                    from("servlet:/outcomes?servletName=PartnerServlet&httpMethodRestrict=POST"
                                    + "&headerFilterStrategy=#partnerHeaders&muteException=true")
                            .routeId("outcome-intake-receive")
                            .process("partnerArrival")
                            .process(PartnerPortIT::store)
                            .process("partnerAnswer");
                }
            };
        }

        @Bean
        Console console() {
            return new Console();
        }
    }

    @RestController
    static class Console {

        @GetMapping("/cases")
        String cases() {
            return "cases";
        }

        @PostMapping("/partner/v1/forged")
        String forged() {
            return "forged";
        }
    }

    private static void store(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        String text = new String(body, UTF_8);
        if (text.contains("bad-code")) {
            throw new Rejected("unknown-outcome", "/code");
        }
        if (text.contains("defect")) {
            throw new IllegalStateException("secret detail of the hub");
        }
        ARRIVALS.add(new Arrival(
                new TreeMap<>(exchange.getMessage().getHeaders()), exchange.getProperty(CallingForce.PROPERTY), body));
    }

    @BeforeAll
    static void startHub() throws Exception {
        Path keys = TestAuthority.write(PARTNERS.issue("CN=localhost", LIVE), directory.resolve("hub.p12"));
        Path trust = TestAuthority.write(PARTNERS.trust(), directory.resolve("trust.p12"));
        Path forces = Files.writeString(
                directory.resolve("forces.json"),
                """
                {"forces":[
                  {"code":"46","channels":["cjse"],"cjse":{"url":"https://localhost:1/46","destinationId":"A"},
                   "certificateSubjects":["CN=force-46"]},
                  {"code":"06","channels":["cjse"],"cjse":{"url":"https://localhost:1/06","destinationId":"B"},
                   "certificateSubjects":["CN=force-06"]}]}
                """);
        hub = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Hub.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "sallyport.partner.port=0",
                        "sallyport.partner.max-body=" + MAX_BODY,
                        "sallyport.partner.silence=1s",
                        "sallyport.partner.body-timeout=2s",
                        "sallyport.forces-file=" + forces,
                        "sallyport.tls.keystore=" + keys,
                        "sallyport.tls.truststore=" + trust,
                        "sallyport.tls.password=" + TestAuthority.PASSWORD)
                .run();
        consolePort = hub.getWebServer().getPort();
        partnerPort = hub.getBean(PartnerConnector.class).port();
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
    void theSenderIsWhomTheCertificateNamesWhateverTheBodySays() throws Exception {
        HttpResponse<String> answer = post(kent(), "/partner/v1/outcomes", OUTCOME);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(ARRIVALS).singleElement().satisfies(arrival -> {
            assertThat(arrival.partner()).isEqualTo("46");
            assertThat(arrival.body()).isEqualTo(OUTCOME);
        });
    }

    @Test
    void noHeaderOfThePartnerComesIn() throws Exception {
        HttpRequest.Builder request = request("/partner/v1/outcomes", OUTCOME);
        for (String name : List.of(
                "CamelHttpUri",
                "camelhttpURI",
                "operationName",
                "operationNamespace",
                "SOAPAction",
                "CamelSqlQuery",
                "CamelFileName",
                "CamelHttpMethod",
                "CamelHttpResponseCode",
                "JMSReplyTo",
                "partner",
                "X-Forwarded-For",
                "X-Forwarded-Port",
                "Cookie",
                "Authorization",
                "X-HTTP-Method-Override")) {
            request.header(name, "06");
        }

        assertThat(send(kent(), request).statusCode()).isEqualTo(202);

        assertThat(ARRIVALS).singleElement().satisfies(arrival -> {
            assertThat(arrival.headers()).isEmpty();
            assertThat(arrival.partner()).isEqualTo("46");
        });
    }

    @Test
    void noCertificateNoConnection() throws Exception {
        SSLContext anonymous = TestAuthority.client(null, PARTNERS.trust());

        assertThatThrownBy(() -> post(anonymous, "/partner/v1/outcomes", OUTCOME))
                .isInstanceOf(IOException.class);
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsTurnedAwayThoughItNamesAForce() throws Exception {
        KeyStore forged = new TestAuthority("strangers").issue("CN=force-46", LIVE);

        assertThatThrownBy(() -> post(client(forged), "/partner/v1/outcomes", OUTCOME))
                .isInstanceOf(IOException.class);
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void anExpiredCertificateIsTurnedAway() {
        KeyStore expired = PARTNERS.issue("CN=force-46", Duration.ofMinutes(-5));

        assertThatThrownBy(() -> post(client(expired), "/partner/v1/outcomes", OUTCOME))
                .isInstanceOf(IOException.class);
        assertThat(ARRIVALS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=force-99", "CN=Force-46", "O=force-46", "CN=force-46, CN=force-06", "CN=force-46+OU=x"})
    void aTrustedCertificateOfNobodyIsForbidden(String subject) throws Exception {
        HttpResponse<String> answer = post(client(PARTNERS.issue(subject, LIVE)), "/partner/v1/outcomes", OUTCOME);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
        assertThat(ARRIVALS).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.1,false", "TLSv1.2,true", "TLSv1.3,true"})
    void onlyTls12AndLaterShakesHands(String version, boolean taken) throws Exception {
        try (SSLSocket socket = (SSLSocket) kent().getSocketFactory().createSocket("localhost", partnerPort)) {
            socket.setEnabledProtocols(new String[] {version});
            if (taken) {
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            } else {
                assertThatThrownBy(socket::startHandshake)
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining("protocol_version");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/partner/v1/outcomes",
        "PUT,/partner/v1/outcomes",
        "POST,/partner/v1/outcomes?httpMethodRestrict=GET",
        "POST,/partner/v1/outcomes/",
        "POST,/partner/v1/outcomes/x",
        "POST,/partner/v1/forged",
        "POST,/partner",
        "GET,/partner/cjse?wsdl",
        "GET,/partner/cjse?xsd=1",
        "GET,/cases",
        "GET,/",
        "GET,/error",
        "GET,/actuator/health",
        "GET,/partner/../cases",
        "GET,/partner/v1/..;/..;/cases",
    })
    void nothingElseIsReachableOnThePartnerPort(String method, String path) throws Exception {
        HttpResponse<String> answer = send(
                kent(),
                HttpRequest.newBuilder(URI.create("https://localhost:" + partnerPort + path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(OUTCOME))
                        .header("Content-Type", "application/json"));

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("cases", "forged", "Tomcat", "Whitelabel");
        assertThat(ARRIVALS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/partner",
                "/partner/v1/outcomes",
                "/partner/cjse",
                "/partner/v1/forged",
                "/partner;x=1/v1/outcomes"
            })
    void nothingForPartnersIsReachableOnTheConsolesPort(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + consolePort + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(OUTCOME))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-Port", Integer.toString(partnerPort))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void theConsoleIsServedOnItsOwnPort() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + consolePort + "/cases"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .isEqualTo("cases");
    }

    @Test
    void aBodyOfTheLargestSizeIsTaken() throws Exception {
        assertThat(post(kent(), "/partner/v1/outcomes", new byte[MAX_BODY]).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aBodyThatAnnouncesTooMuchIsNotRead() throws Exception {
        assertThat(post(kent(), "/partner/v1/outcomes", new byte[MAX_BODY + 1]).statusCode())
                .isEqualTo(413);
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void aBodyWithoutLengthIsReadUpToTheLimit() throws Exception {
        HttpRequest.Builder chunked = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + partnerPort + "/partner/v1/outcomes"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofByteArray(new byte[MAX_BODY + 1])));

        assertThat(send(kent(), chunked).statusCode()).isEqualTo(413);
        assertThat(ARRIVALS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"})
    void anotherMediaTypeIsRefused(String type) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + partnerPort + "/partner/v1/outcomes"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(OUTCOME))
                .header("Content-Type", type);

        assertThat(send(kent(), request).statusCode()).isEqualTo(415);
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        assertThat(send(kent(), request("/partner/v1/outcomes", OUTCOME).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void whatCannotBeTakenIsNamedByCodeAndPlace() throws Exception {
        HttpResponse<String> answer = post(kent(), "/partner/v1/outcomes", "{\"code\":\"bad-code\"}".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"errors\":[{\"code\":\"unknown-outcome\",\"where\":\"/code\"}]}");
    }

    @Test
    void ofADefectThePartnerHearsOnlyThatNothingIsStored() throws Exception {
        HttpResponse<String> answer = post(kent(), "/partner/v1/outcomes", "{\"defect\":1}".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("secret", "Exception", "java");
    }

    @Test
    void aCallerThatFallsSilentInTheBodyIsLeft() throws Exception {
        String answer =
                raw("POST /partner/v1/outcomes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 408");
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void aCallerThatFallsSilentInTheHeadIsLeft() throws Exception {
        assertThat(raw("POST /partner/v1/outcomes HTTP/1.1\r\nHost: loc")).doesNotContain("200");
        assertThat(ARRIVALS).isEmpty();
    }

    @Test
    void aCallerThatNeverShakesHandsIsLeft() throws Exception {
        try (Socket socket = new Socket("localhost", partnerPort)) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void aBodyThatDripsIsLeftThoughItNeverFallsSilent() throws Exception {
        try (SSLSocket socket = (SSLSocket) kent().getSocketFactory().createSocket("localhost", partnerPort)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /partner/v1/outcomes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100000\r\n\r\n")
                    .getBytes(ISO_8859_1));
            out.flush();
            Thread dripping = new Thread(() -> drip(out));
            dripping.start();
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, ISO_8859_1)).isEqualTo("HTTP/1.1 408");
            dripping.interrupt();
            dripping.join(5000);
        }
        assertThat(ARRIVALS).isEmpty();
    }

    private static void drip(OutputStream out) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (IOException | InterruptedException left) {
            // What the test waits for.
        }
    }

    private static String raw(String text) throws IOException {
        try (Socket socket = kent().getSocketFactory().createSocket("localhost", partnerPort)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static SSLContext kent() {
        return client(PARTNERS.issue("CN=force-46", LIVE));
    }

    private static SSLContext client(KeyStore own) {
        try {
            return TestAuthority.client(own, PARTNERS.trust());
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpResponse<String> post(SSLContext client, String path, byte[] body)
            throws IOException, InterruptedException {
        return send(client, request(path, body));
    }

    private static HttpRequest.Builder request(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + partnerPort + path))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<String> send(SSLContext client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(client)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }
}
