package sallyport.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import sallyport.simulators.journal.Json;

/** Asks the simulators what a hub would ask, and takes on a partner port what they send. */
final class HubDouble implements AutoCloseable {

    /** What came to the partner port: from whom, where to, and the bytes. */
    record Received(String subject, String path, String body) {}

    final List<Received> received = new CopyOnWriteArrayList<>();

    /** So many requests are answered 503 before any is taken. */
    final AtomicInteger unready = new AtomicInteger();

    private final Simulators simulators;
    private final HttpClient client;
    private final HttpsServer port;

    HubDouble(Simulators simulators) throws IOException {
        this.simulators = simulators;
        SSLContext context = simulators.certificates().context("hub");
        this.client = HttpClient.newBuilder().sslContext(context).build();
        this.port = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        port.setExecutor(Executors.newFixedThreadPool(4));
        port.createContext("/", this::receive);
        port.start();
    }

    URI partnerPort() {
        return URI.create("https://127.0.0.1:" + port.getAddress().getPort());
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (unready.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String subject = ((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName();
            received.add(new Received(subject, exchange.getRequestURI().getPath(), body));
            byte[] answer = exchange.getRequestURI().getPath().endsWith("cjse")
                    ? "<x:SubmitResponseMes xmlns:x=\"u\"><x:ResponseCode>1</x:ResponseCode></x:SubmitResponseMes>"
                            .getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    String token() throws Exception {
        String credentials = simulators.environment().get("SALLYPORT_HMPPS_CLIENT_ID") + ":"
                + simulators.environment().get("SALLYPORT_HMPPS_CLIENT_SECRET");
        HttpResponse<String> response = send(HttpRequest.newBuilder(
                        URI.create(simulators.hmppsAuthUri() + "/oauth/token?grant_type=client_credentials"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody()));
        return json(response).get("access_token").asText();
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(simulators.restUri() + path))
                .header("Authorization", "Bearer " + token()));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(simulators.restUri() + path))
                .header("Authorization", "Bearer " + token())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulators.restUri() + path))
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> log(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(simulators.logUri() + path)));
    }

    HttpResponse<String> command(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(simulators.logUri() + path))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> submitToIhub(String force, String submission, String caseReference) throws Exception {
        JsonNode settings = ihub(force);
        return submitToIhub(
                force,
                ihubBody(submission, caseReference, force).toString(),
                settings.get("key").asText(),
                settings.get("secret").asText());
    }

    HttpResponse<String> submitToIhub(String force, String body, String key, String secret) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(ihub(force).get("url").asText() + "/incidents"))
                .header("Content-Type", "application/vnd.api+json")
                .header("x-client-id", key)
                .header("x-client-secret", secret)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode ihub(String force) throws IOException {
        byte[] file = Files.readAllBytes(simulators.forcesFile());
        for (JsonNode entry : Json.read(file).get("forces")) {
            if (entry.get("code").asText().equals(force)) {
                return entry.get("ihub");
            }
        }
        throw new IllegalArgumentException(force);
    }

    static ObjectNode ihubBody(String submission, String caseReference, String force) {
        ObjectNode body = Json.object();
        body.putObject("data").put("type", "incident").put("id", submission);
        body.putArray("included")
                .addObject()
                .put("type", "submission")
                .put("id", submission)
                .putObject("attributes")
                .put("submissionId", submission)
                .put("forceIdentifier", force)
                .put("customerReferenceNumber", caseReference)
                .put("packageVersion", 1);
        return body;
    }

    HttpResponse<String> submitToCjse(String force, String requestId, String caseReference) throws Exception {
        return submitToCjse(
                force,
                requestId,
                caseReference,
                simulators.forces().byCode(force).system());
    }

    HttpResponse<String> submitToCjse(String force, String requestId, String caseReference, String destination)
            throws Exception {
        String content = Base64.getEncoder()
                .encodeToString(("{\"caseReference\":\"" + caseReference + "\",\"version\":2}")
                        .getBytes(StandardCharsets.UTF_8));
        String route = "<RouteData xmlns='http://schemas.cjse.gov.uk/common/operations' VersionNumber='1.0'>"
                + "<RequestFromSystem VersionNumber='1.0'><CorrelationID>COR-" + requestId
                + "</CorrelationID><SystemID>Z00Sallyport</SystemID></RequestFromSystem>"
                + "<DataStream VersionNumber='1.0' xmlns:e='http://schemas.cjse.gov.uk/common/businessentities'>"
                + "<e:System>Z00Sallyport</e:System><e:DataStreamType>SPReferral</e:DataStreamType>"
                + "<e:DataStreamContent>" + content + "</e:DataStreamContent></DataStream><Routes/></RouteData>";
        String envelope = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
                + "<SubmitRequestMes xmlns='http://schemas.cjse.gov.uk/endpoint/types/'>"
                + "<RequestID>" + requestId + "</RequestID><SourceID>Z00Sallyport</SourceID>"
                + "<DestinationID>" + destination + "</DestinationID><ExecMode>ASYNCH</ExecMode>"
                + "<Timestamp>2026-01-01T00:00:00Z</Timestamp><Message><![CDATA[" + route + "]]></Message>"
                + "</SubmitRequestMes></s:Body></s:Envelope>";
        return send(HttpRequest.newBuilder(simulators.cjseUri(force))
                .header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"http://schemas.cjse.gov.uk/endpoint/wsdl/submit\"")
                .POST(HttpRequest.BodyPublishers.ofString(envelope)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        port.stop(0);
    }
}
