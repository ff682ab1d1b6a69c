package sallyport.routes.outcomesync;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.routes.Outgoing;

/** Keeps the police referral tracker in step with the case. */
@Component
final class OutcomeSyncRoutes extends RouteBuilder {

    private final TrackerSync tracker;
    private final Outgoing outgoing;

    OutcomeSyncRoutes(TrackerSync tracker, Outgoing outgoing) {
        this.tracker = tracker;
        this.outgoing = outgoing;
    }

    @Override
    public void configure() {
        from("ledger:case-sync")
                .routeId("outcome-sync-render")
                .description("Renders the tracker's row from the case as it is now")
                .bean(tracker, "promise");

        from("ledger:lanes/tracker")
                .routeId("outcome-sync-send")
                .description("Writes the row to the police referral tracker")
                .bean(outgoing, "outbound")
                .to("direct:tracker-put")
                .bean(tracker, "accepted");
    }
}
