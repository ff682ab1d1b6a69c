package sallyport.connectors.prison.prisoneralerts;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.OneShotHttp;

/** The connector as its tests call it. */
final class PrisonerAlertsConnector {

    static final String TOKEN = "token-9a2e";
    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private PrisonerAlertsConnector() {}

    static Verb verb(ConnectorContract.Partner partner, String address, @Nullable Object body, int... sizes) {
        PrisonerAlertsProperties properties = new PrisonerAlertsProperties(
                partner.address(),
                partner.connect(),
                partner.total(),
                DataSize.ofBytes(partner.answerBytes()),
                sizes.length > 0 ? sizes[0] : 200,
                sizes.length > 1 ? sizes[1] : 50);
        PrisonerAlertsHealth health = new PrisonerAlertsHealth();
        OneShotHttp http = new OneShotHttp(properties.limits(), (request, content, execution) -> {
            request.getHeaders().setBearerAuth(TOKEN);
            return execution.execute(request, content);
        });
        PrisonerAlertsRoutes routes =
                new PrisonerAlertsRoutes(properties, http, health, Clock.fixed(NOW, ZoneOffset.UTC));
        return Verb.start(routes, address, body, health);
    }
}
