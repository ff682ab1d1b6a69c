package sallyport.routes.reconciliation;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Each night, for each prison: the charges that it has with the police against the ledger. */
@Component
final class ReferralReconciliationRoutes extends RouteBuilder {

    private final ReferralReconciliation reconciliation;

    ReferralReconciliationRoutes(ReferralReconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Override
    public void configure() {
        from("ledger:polls/reconciliation-referrals")
                .routeId("reconciliation-referrals")
                .description("Compares the charges that a prison has with the police with the ledger, once a day")
                .bean(reconciliation, "question")
                .to("direct:adjudications-referred")
                .bean(reconciliation, "compare");
    }
}
