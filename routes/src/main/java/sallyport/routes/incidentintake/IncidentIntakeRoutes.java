package sallyport.routes.incidentintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Incident reports: fetched when an event hints at a change, swept for what events missed. */
@Component
final class IncidentIntakeRoutes extends RouteBuilder {

    private final IncidentIntake intake;

    IncidentIntakeRoutes(IncidentIntake intake) {
        this.intake = intake;
    }

    @Override
    public void configure() {
        from("ledger:incident-fetch")
                .routeId("incident-intake-fetch")
                .description("Fetches an incident report in full and stores it byte for byte")
                .to("direct:incident-reporting-fetch")
                .bean(intake, "store");

        from("ledger:polls/incident-reporting")
                .routeId("incident-intake-sweep")
                .description("Looks for incident reports that changed without an event reaching the hub")
                .bean(intake, "since")
                .to("direct:incident-reporting-changes")
                .bean(intake, "missed");
    }
}
