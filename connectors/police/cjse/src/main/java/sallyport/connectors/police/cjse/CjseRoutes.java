package sallyport.connectors.police.cjse;

import org.apache.camel.builder.RouteBuilder;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Outbound;
import sallyport.mappings.Rejected;

/**
 * The verb of CJSE: an {@code Outbound} with a complete {@code SubmitRequestMes} for a force code in, an {@code Accepted} once
 * the exchange has answered 1 or 302. What else can happen is in {@link CjseFaults}.
 */
final class CjseRoutes extends RouteBuilder {

    private final Forces forces;
    private final CjseClients clients;
    private final ForcesHealth health;

    CjseRoutes(Forces forces, CjseClients clients, ForcesHealth health) {
        this.forces = forces;
        this.clients = clients;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:cjse-submit")
                .routeId("cjse-submit")
                .description("Submits a referral to a force's case system by CJSE, once")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(Outbound.class, this::submit))
                .id("cjse-submit-post");
    }

    private Accepted submit(Outbound outbound) {
        Force force = forces.byCode(outbound.destination())
                .filter(known -> known.cjse().isPresent())
                .orElseThrow(() -> new Rejected("unknown-destination", "/destination"));
        return health.observe(force, () -> clients.submit(force, outbound));
    }
}
