package sallyport.routes.reconciliation;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Each night, for each prison: its own list of incident reports against the ledger. */
@Component
final class PrisonReconciliationRoutes extends RouteBuilder {

    private final PrisonReconciliation reconciliation;

    PrisonReconciliationRoutes(PrisonReconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Override
    public void configure() {
        from("ledger:polls/reconciliation-prison")
                .routeId("reconciliation-prison")
                .description("Compares a prison's own list of incident reports with the ledger, once a day")
                .bean(reconciliation, "question")
                .to("direct:incident-reporting-list")
                .bean(reconciliation, "compare");

        from("ledger:day-listing")
                .routeId("reconciliation-days")
                .description("Compares prisons' own lists of days that a person or an incomplete sweep asked for")
                .bean(reconciliation, "questionOfDays")
                .to("direct:incident-reporting-list")
                .bean(reconciliation, "compareDays");
    }
}
