package sallyport.routes.identitychange;

import org.apache.camel.Body;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;

/** Re-keys open cases when prisoner numbers are merged or a booking moves; both numbers stay searchable. */
@Component
final class IdentityChangeRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("ledger:identity-change")
                .routeId("identity-change-rekey")
                .description("Re-keys open cases after a prisoner merge or a moved booking")
                .bean(this, "rekey");
    }

    /** @param merge {@code <number kept>/<number removed>} */
    Effects rekey(@Body String merge) {
        int slash = merge.indexOf('/');
        return Effects.of(new Effect.MergeIdentity(merge.substring(0, slash), merge.substring(slash + 1)));
    }
}
