package sallyport.routes.adjudicationintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Adjudications of people in open cases: part of the package, and where a prison may have decided already. */
@Component
final class AdjudicationIntakeRoutes extends RouteBuilder {

    private final AdjudicationIntake intake;
    private final ChargeMatching matching;

    AdjudicationIntakeRoutes(AdjudicationIntake intake, ChargeMatching matching) {
        this.intake = intake;
        this.matching = matching;
    }

    @Override
    public void configure() {
        from("ledger:adjudication-fetch")
                .routeId("adjudication-intake-fetch")
                .description("Reads a prisoner's adjudications: part of packages, and police referrals to be matched")
                .setProperty(AdjudicationIntake.PERSON, body())
                .bean(intake, "number")
                .to("direct:adjudications-of-prisoner")
                .bean(intake, "keep");

        from("ledger:charge-match")
                .routeId("adjudication-intake-match")
                .description(
                        "Looks for the case that a police referral on a charge belongs to and approves it, or asks a person")
                .setProperty(ChargeMatching.WORK, body())
                .bean(matching, "number")
                .to("direct:adjudications-of-prisoner")
                .bean(matching, "match");
    }
}
