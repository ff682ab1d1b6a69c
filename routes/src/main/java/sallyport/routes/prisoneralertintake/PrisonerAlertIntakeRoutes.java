package sallyport.routes.prisoneralertintake;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.stereotype.Component;
import sallyport.ledger.PollSources;
import sallyport.ledger.SourceKey;

/** Alerts about people in open cases, for the list that adjudication liaison officers work from. */
@Component
final class PrisonerAlertIntakeRoutes extends RouteBuilder {

    private final PrisonerAlertIntake intake;
    private final PollSources polls;

    PrisonerAlertIntakeRoutes(PrisonerAlertIntake intake, PollSources polls) {
        this.intake = intake;
        this.polls = polls;
    }

    @Override
    public void configure() {
        from("ledger:prisoner-alert-fetch")
                .routeId("prisoner-alert-intake-fetch")
                .description("Reads the alerts about a prisoner in an open case that liaison officers are shown")
                .setProperty(PrisonerAlertIntake.PERSON, body())
                .bean(intake, "queries")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:prisoner-alerts-of-prisoner")
                .end()
                .bean(intake, "keep");

        polls.ensure(SourceKey.PRISONER_ALERTS, "open-cases");
        from("ledger:polls/prisoner-alerts")
                .routeId("prisoner-alert-intake-sweep")
                .description("Looks for suspects in open cases whose alerts were not read for a day, event or not")
                .bean(intake, "due");
    }
}
