package sallyport.routes.useofforceintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Use of force reports: each is put to the incident report that it belongs to, and to that one's case. */
@Component
final class UseOfForceIntakeRoutes extends RouteBuilder {

    private final UseOfForceMatching matching;

    UseOfForceIntakeRoutes(UseOfForceMatching matching) {
        this.matching = matching;
    }

    @Override
    public void configure() {
        from("ledger:use-of-force-match")
                .routeId("use-of-force-intake-match")
                .description("Looks for the incident report that a use of force report belongs to, or asks a person")
                .bean(matching, "match");
    }
}
