package sallyport.simulators.police;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;
import sallyport.simulators.tls.Certificates;

/** The way to the hub's partner port, each force with its own certificate. */
final class PartnerPort {

    /** What became of one try. */
    enum Reply {
        ACKNOWLEDGED,
        /** The hub said no and would say no again. */
        REFUSED,
        /** No answer, or one that asks for another try. */
        AGAIN
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern RESPONSE_CODE = Pattern.compile("ResponseCode[^>]*>\\s*(\\d+)\\s*<");

    private final Certificates certificates;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    private volatile @Nullable URI address;

    PartnerPort(Certificates certificates) {
        this.certificates = certificates;
    }

    void address(@Nullable URI hub) {
        address = hub;
    }

    Reply outcome(Force force, PoliceMessage message, String at) {
        return send(force, "/partner/v1/outcomes", "application/json", null, Json.bytes(message.outcome(at)));
    }

    Reply submit(Force force, PoliceMessage message, String hubSystem, String correlationId, String at) {
        return send(
                force,
                "/partner/cjse",
                "text/xml; charset=UTF-8",
                "\"http://schemas.cjse.gov.uk/endpoint/wsdl/submit\"",
                CjseMessages.submit(force, message, hubSystem, correlationId, at));
    }

    private Reply send(Force force, String path, String contentType, @Nullable String soapAction, byte[] body) {
        URI hub = address;
        if (hub == null) {
            return Reply.AGAIN;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (soapAction != null) {
            request.header("SOAPAction", soapAction);
        }
        try {
            HttpResponse<String> response = client(force).send(request.build(), HttpResponse.BodyHandlers.ofString());
            return soapAction == null ? rest(response.statusCode()) : soap(response);
        } catch (IOException e) {
            return Reply.AGAIN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.AGAIN;
        }
    }

    private static Reply rest(int status) {
        if (status / 100 == 2) {
            return Reply.ACKNOWLEDGED;
        }
        return status == 400 || status == 404 || status == 409 || status == 422 ? Reply.REFUSED : Reply.AGAIN;
    }

    private static Reply soap(HttpResponse<String> response) {
        Matcher code = RESPONSE_CODE.matcher(response.body());
        if (response.statusCode() != 200 || !code.find()) {
            return Reply.AGAIN;
        }
        int answered = Integer.parseInt(code.group(1));
        return answered == CjseForces.SUCCESS || answered == CjseForces.PREVIOUSLY_SENT
                ? Reply.ACKNOWLEDGED
                : Reply.REFUSED;
    }

    private HttpClient client(Force force) {
        return clients.computeIfAbsent(force.code(), code -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .sslContext(certificates.context(Certificates.forceName(code)))
                .build());
    }
}
