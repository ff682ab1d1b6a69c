package sallyport.routes.reconciliation;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.mappings.Rejected;

/** Each night, for each force that offers one: its signed manifest of the day before against the ledger. */
@Component
final class ForceReconciliationRoutes extends RouteBuilder {

    private final ForceReconciliation reconciliation;

    ForceReconciliationRoutes(ForceReconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Override
    public void configure() {
        from("ledger:polls/reconciliation-force")
                .routeId("reconciliation-force")
                .description("Compares a force's signed manifest of a day with what it was sent, once a day")
                .bean(reconciliation, "question")
                .doTry()
                .to("direct:manifest-of-force")
                .bean(reconciliation, "compare")
                .doCatch(Rejected.class)
                .bean(reconciliation, "refused")
                .end();
    }
}
