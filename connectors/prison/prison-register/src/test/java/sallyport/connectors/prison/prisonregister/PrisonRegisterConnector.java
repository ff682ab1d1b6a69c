package sallyport.connectors.prison.prisonregister;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.OneShotHttp;

/** The connector as its tests call it. */
final class PrisonRegisterConnector {

    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private PrisonRegisterConnector() {}

    static Verb verb(ConnectorContract.Partner partner, String address, @Nullable Object body) {
        PrisonRegisterProperties properties = new PrisonRegisterProperties(
                partner.address(), partner.connect(), partner.total(), DataSize.ofBytes(partner.answerBytes()));
        PrisonRegisterHealth health = new PrisonRegisterHealth();
        OneShotHttp http = new OneShotHttp(properties.limits());
        PrisonRegisterRoutes routes =
                new PrisonRegisterRoutes(properties, http, health, Clock.fixed(NOW, ZoneOffset.UTC));
        return Verb.start(routes, address, body, health);
    }
}
