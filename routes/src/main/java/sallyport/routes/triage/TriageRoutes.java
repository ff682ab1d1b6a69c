package sallyport.routes.triage;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Judges incident reports by the referral criteria. */
@Component
final class TriageRoutes extends RouteBuilder {

    private final Triaging triaging;

    TriageRoutes(Triaging triaging) {
        this.triaging = triaging;
    }

    @Override
    public void configure() {
        from("ledger:triage")
                .routeId("triage-judge")
                .description("Judges an incident report by the CiPRA criteria and opens or amends its case")
                .bean(triaging, "judge");
    }
}
