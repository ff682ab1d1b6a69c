package sallyport.connectors.police.ihub;

import java.net.URI;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.http.HttpMethod;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.police.forces.IhubEndpoint;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.mappings.Rejected;

/**
 * The verb of the iHub: an {@code Outbound} for a force code in, an {@code Accepted} once the force has answered 201. What
 * else can happen is in {@link IhubFaults}.
 */
final class IhubRoutes extends RouteBuilder {

    private final Forces forces;
    private final OneShotHttp http;
    private final ForcesHealth health;

    IhubRoutes(Forces forces, OneShotHttp http, ForcesHealth health) {
        this.forces = forces;
        this.http = http;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:ihub-submit")
                .routeId("ihub-submit")
                .description("Posts a referral to a force's iHub endpoint, once")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Outbound.class, this::submit))
                .id("ihub-submit-post");
    }

    private Accepted submit(Outbound outbound) {
        Force force = forces.byCode(outbound.destination()).orElseThrow(IhubRoutes::noSuchDestination);
        IhubEndpoint endpoint = force.ihub().orElseThrow(IhubRoutes::noSuchDestination);
        return health.observe(force, () -> post(endpoint, outbound));
    }

    private Accepted post(IhubEndpoint endpoint, Outbound outbound) {
        return IhubFaults.of(http.write(
                HttpMethod.POST,
                URI.create(endpoint.url() + "/incidents"),
                headers -> {
                    headers.set("Content-Type", outbound.contentType());
                    headers.set("Accept", "application/vnd.api+json");
                    headers.set("x-client-id", endpoint.key());
                    headers.set("x-client-secret", endpoint.secret());
                },
                outbound.bytes()));
    }

    private static Rejected noSuchDestination() {
        return new Rejected("unknown-destination", "/destination");
    }
}
