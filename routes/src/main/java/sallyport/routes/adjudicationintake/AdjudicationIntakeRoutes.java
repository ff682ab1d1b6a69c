package sallyport.routes.adjudicationintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Adjudications of people in open cases: part of the package, and where a prison may have decided already. */
@Component
final class AdjudicationIntakeRoutes extends RouteBuilder {

    private final AdjudicationIntake intake;

    AdjudicationIntakeRoutes(AdjudicationIntake intake) {
        this.intake = intake;
    }

    @Override
    public void configure() {
        from("ledger:adjudication-fetch")
                .routeId("adjudication-intake-fetch")
                .description("Reads a prisoner's adjudications: a police referral there approves the matching case")
                .setProperty(AdjudicationIntake.PERSON, body())
                .bean(intake, "number")
                .to("direct:adjudications-of-prisoner")
                .bean(intake, "match");
    }
}
