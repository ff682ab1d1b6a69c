package sallyport.connectors.prison.adjudications;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.OneShotHttp;

/** The connector as its tests call it. */
final class AdjudicationsConnector {

    static final String TOKEN = "token-9a2e";
    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private AdjudicationsConnector() {}

    static Verb verb(ConnectorContract.Partner partner, String address, @Nullable Object body) {
        AdjudicationsProperties properties = new AdjudicationsProperties(
                partner.address(), partner.connect(), partner.total(), DataSize.ofBytes(partner.answerBytes()), 2, 3);
        AdjudicationsHealth health = new AdjudicationsHealth();
        OneShotHttp http = new OneShotHttp(properties.limits(), (request, content, execution) -> {
            request.getHeaders().setBearerAuth(TOKEN);
            return execution.execute(request, content);
        });
        AdjudicationsRoutes routes =
                new AdjudicationsRoutes(properties, http, health, Clock.fixed(NOW, ZoneOffset.UTC));
        return Verb.start(routes, address, body, health);
    }
}
