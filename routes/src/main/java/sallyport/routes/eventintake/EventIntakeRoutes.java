package sallyport.routes.eventintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Domain events come in as hints; what they ask for is later work. */
@Component
final class EventIntakeRoutes extends RouteBuilder {

    private final EventIntake events;

    EventIntakeRoutes(EventIntake events) {
        this.events = events;
    }

    @Override
    public void configure() {
        from("domain-events:{{sallyport.domain-events.queue}}")
                .routeId("event-intake-receive")
                .description("Takes domain events from the prison systems' queue and writes down what they ask for")
                .bean(events, "keep");
    }
}
