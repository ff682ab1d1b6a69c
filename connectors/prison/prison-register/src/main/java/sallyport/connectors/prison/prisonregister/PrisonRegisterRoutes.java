package sallyport.connectors.prison.prisonregister;

import java.net.URI;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Fetched;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.PlainArray;

/** What can be asked of the prison register; the only place that knows its addresses. */
final class PrisonRegisterRoutes extends RouteBuilder {

    private final PrisonRegisterProperties properties;
    private final OneShotHttp http;
    private final PrisonRegisterHealth health;
    private final Clock clock;

    PrisonRegisterRoutes(
            PrisonRegisterProperties properties, OneShotHttp http, PrisonRegisterHealth health, Clock clock) {
        this.properties = properties;
        this.http = http;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:prison-register-prisons")
                .routeId("prison-register-prisons")
                .description("Fetches the register of all prisons, open and closed.")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(this::prisons));
    }

    private Fetched prisons() {
        URI address = UriComponentsBuilder.fromUri(properties.url())
                .path("/prisons")
                .build()
                .toUri();
        return health.observe(() -> {
            byte[] all = PlainArray.checked(
                    PrisonRegisterFaults.check(http.get(address)).body());
            return Fetched.found(all, address, clock.instant());
        });
    }
}
