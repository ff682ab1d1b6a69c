package sallyport.routes.identitychange;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Re-keys open cases when prisoner numbers are merged or a booking moves; both numbers stay searchable. */
@Component
final class IdentityChangeRoutes extends RouteBuilder {

    private final IdentityChanges changes;

    IdentityChangeRoutes(IdentityChanges changes) {
        this.changes = changes;
    }

    @Override
    public void configure() {
        from("ledger:identity-change")
                .routeId("identity-change-rekey")
                .description("Re-keys open cases after a prisoner merge, and what happened in a booking that moved")
                .setProperty(IdentityChanges.CHANGE, body())
                .bean(changes, "asked")
                .to("direct:prisoner-search-by-numbers")
                .bean(changes, "rekey");
    }
}
