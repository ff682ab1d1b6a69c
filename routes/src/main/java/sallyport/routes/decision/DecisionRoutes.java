package sallyport.routes.decision;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Carries out what people decide in the console. */
@Component
final class DecisionRoutes extends RouteBuilder {

    private final Decisions decisions;

    DecisionRoutes(Decisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void configure() {
        from("ledger:command")
                .routeId("decision-carry-out")
                .description("Carries out what a person decided: approve, keep internal, withdraw, confirm, release")
                .bean(decisions, "carryOut");
    }
}
