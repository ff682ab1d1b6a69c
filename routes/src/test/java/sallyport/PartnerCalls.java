package sallyport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sallyport.simulators.tls.Certificates;

/** Calls the partner port as a force would, with the certificate of whoever is named. */
public final class PartnerCalls {

    private static final String TYPES = "http://schemas.cjse.gov.uk/endpoint/types/";
    private static final String OPERATIONS = "http://schemas.cjse.gov.uk/common/operations";
    private static final String ENTITIES = "http://schemas.cjse.gov.uk/common/businessentities";

    private final TestHub hub;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    public PartnerCalls(TestHub hub) {
        this.hub = hub;
    }

    public HttpResponse<String> outcome(String force, String json) {
        return outcome(force, json, Map.of());
    }

    public HttpResponse<String> outcome(String force, String json, Map<String, String> headers) {
        return post(Certificates.forceName(force), "/partner/v1/outcomes", "application/json", json, headers);
    }

    public HttpResponse<String> cjse(String force, String envelope) {
        return cjse(force, envelope, Map.of());
    }

    public HttpResponse<String> cjse(String force, String envelope, Map<String, String> headers) {
        return post(Certificates.forceName(force), "/partner/cjse", "text/xml; charset=UTF-8", envelope, headers);
    }

    /** @param identity of {@link Certificates}, a force or not */
    public HttpResponse<String> post(
            String identity, String path, String contentType, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + hub.partnerPort() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return TestHub.unchecked(() -> clients.computeIfAbsent(identity, this::client)
                .send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private HttpClient client(String identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .sslContext(hub.simulators().certificates().context(identity))
                .build();
    }

    /** An {@code outcome-v1} document of that force, with fields of its own added: {@code "type":"OUTCOME","code":"1"}. */
    public static String document(String messageId, String caseReference, String force, String fields) {
        return "{\"messageId\":\"" + messageId + "\",\"caseReference\":\"" + caseReference + "\",\"force\":\"" + force
                + "\",\"at\":\"2026-05-06T07:08:09Z\"," + fields + "}";
    }

    /** The SOAP envelope of one {@code submit} that carries the document. */
    public static String envelope(String requestId, String document) {
        String content = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
        String route = "<o:RouteData xmlns:o='" + OPERATIONS + "' xmlns:e='" + ENTITIES
                + "' VersionNumber='1.0' RequestResponse='Request'>"
                + "<o:RequestFromSystem VersionNumber='1.0'><o:CorrelationID>" + requestId + "</o:CorrelationID>"
                + "<o:SystemID>TestForce</o:SystemID><o:DataController>TestForce</o:DataController>"
                + "</o:RequestFromSystem><o:DataStream VersionNumber='1.0'><e:System>TestForce</e:System>"
                + "<e:DataStreamType>SPReferralOutcome</e:DataStreamType>"
                + "<e:SystemDataStreamID>" + requestId + "</e:SystemDataStreamID>"
                + "<e:ContentType>application/json</e:ContentType><e:DataStreamContent>" + content
                + "</e:DataStreamContent></o:DataStream><o:Routes VersionNumber='1.0'><o:Route VersionNumber='1.0'>"
                + "<o:RouteID>1</o:RouteID><o:RouteSourceSystem>TestForce</o:RouteSourceSystem>"
                + "<o:RouteDestinationSystem>SallyportHub</o:RouteDestinationSystem></o:Route></o:Routes></o:RouteData>";
        return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
                + "<t:SubmitRequestMes xmlns:t='" + TYPES + "'><t:RequestID>" + requestId + "</t:RequestID>"
                + "<t:SourceID>TestForce</t:SourceID><t:DestinationID>SallyportHub</t:DestinationID>"
                + "<t:ExecMode>ASYNCH</t:ExecMode><t:Timestamp>2026-05-06T07:08:09Z</t:Timestamp><t:Message>"
                + route.replace("&", "&amp;").replace("<", "&lt;")
                + "</t:Message></t:SubmitRequestMes></s:Body></s:Envelope>";
    }
}
