package sallyport.routes.outcomeintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** What forces send back: stored before it is acknowledged, applied once, later. */
@Component
final class OutcomeIntakeRoutes extends RouteBuilder {

    private final Reception reception;
    private final Outcomes outcomes;

    OutcomeIntakeRoutes(Reception reception, Outcomes outcomes) {
        this.reception = reception;
        this.outcomes = outcomes;
    }

    @Override
    public void configure() {
        from("servlet:/outcomes?servletName=PartnerServlet&httpMethodRestrict=POST"
                        + "&headerFilterStrategy=#partnerHeaders&muteException=true")
                .routeId("outcome-intake-rest")
                .description("Stores an outcome that a force posts, then acknowledges it")
                // The force hears what is wrong with its message, or that it should send again; never what went wrong
                // inside.
                .errorHandler(defaultErrorHandler().logExhausted(false).logHandled(false))
                .onException(Exception.class)
                .handled(true)
                .process("partnerAnswer")
                .end()
                .process("partnerArrival")
                .bean(reception, "rest")
                .process("partnerAnswer");

        from("cxf:bean:cjseInbound")
                .routeId("outcome-intake-soap")
                .description(
                        "Stores an outcome or a delivery answer that a force submits by CJSE, then acknowledges it")
                .process("cjseArrival")
                .bean(reception, "cjse")
                .process("cjseAnswer");

        from("ledger:outcome")
                .routeId("outcome-intake-apply")
                .description("Applies a stored outcome to its case, or lays it on the conflict desk")
                .bean(outcomes, "apply");
    }
}
