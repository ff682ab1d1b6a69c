package sallyport.routes.register;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.ledger.PollSources;

/** The prison register, kept daily: which establishments there are, and where the hub's own table does not fit. */
@Component
final class RegisterRoutes extends RouteBuilder {

    private final Register register;
    private final PollSources polls;

    RegisterRoutes(Register register, PollSources polls) {
        this.register = register;
        this.polls = polls;
    }

    @Override
    public void configure() {
        polls.ensure(Register.SYSTEM, "prisons");
        from("ledger:polls/prison-register")
                .routeId("register-refresh")
                .description(
                        "Stores the prison register once a day, and compares it with the table of prisons and forces")
                .to("direct:prison-register-prisons")
                .bean(register, "kept");
    }
}
