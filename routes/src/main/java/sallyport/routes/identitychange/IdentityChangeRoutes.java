package sallyport.routes.identitychange;

import org.apache.camel.Body;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Step;

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
        String kept = merge.substring(0, slash);
        return Effects.of(
                new Effect.MergeIdentity(kept, merge.substring(slash + 1)),
                // What either was marked with stands under the number kept; read once the cases are re-keyed.
                RequestWork.now(Step.PRISONER_ALERT_FETCH, kept));
    }
}
