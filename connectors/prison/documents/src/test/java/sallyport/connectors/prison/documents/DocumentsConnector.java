package sallyport.connectors.prison.documents;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.OneShotHttp;

/** The connector as its tests call it. */
final class DocumentsConnector {

    static final String TOKEN = "token-9a2e";

    private DocumentsConnector() {}

    static Verb verb(ConnectorContract.Partner partner, String address, @Nullable Object body, int pageSize) {
        DataSize most = DataSize.ofBytes(partner.answerBytes());
        DocumentsProperties properties = new DocumentsProperties(
                partner.address(),
                List.of("INCIDENT_EVIDENCE"),
                "hub-of-tests",
                "prisonNumber",
                partner.connect(),
                partner.total(),
                most,
                pageSize,
                3,
                partner.total(),
                most);
        DocumentsHealth health = new DocumentsHealth();
        ClientHttpRequestInterceptor token = (request, content, execution) -> {
            request.getHeaders().setBearerAuth(TOKEN);
            return execution.execute(request, content);
        };
        DocumentsRoutes routes = new DocumentsRoutes(
                properties,
                new OneShotHttp(properties.limits(), token),
                new OneShotHttp(properties.fileLimits(), token),
                health,
                Clock.fixed(Instant.parse("2026-11-02T10:00:00Z"), ZoneOffset.UTC));
        return Verb.start(routes, address, body, health);
    }
}
