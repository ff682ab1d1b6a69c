package sallyport.routes.register;

import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;
import sallyport.ledger.PollSources;
import sallyport.ledger.SourceKey;

/** The prison register, kept daily: which establishments there are. */
@Component
final class RegisterRoutes extends RouteBuilder {

    private static final String SYSTEM = "prison-register";

    private final PollSources polls;

    RegisterRoutes(PollSources polls) {
        this.polls = polls;
    }

    @Override
    public void configure() {
        polls.ensure(SYSTEM, "prisons");
        from("ledger:polls/prison-register")
                .routeId("register-refresh")
                .description("Stores the prison register, once a day")
                .to("direct:prison-register-prisons")
                .bean(this, "store");
    }

    Effects store(@Body Fetched fetched, @ExchangeProperty(Claim.PROPERTY) PollClaim poll) {
        return Effects.of(
                new Effect.StoreSource(
                        new SourceKey(SYSTEM, "prisons"),
                        fetched.raw(),
                        null,
                        null,
                        false,
                        fetched.at(),
                        fetched.from().toString(),
                        null,
                        null,
                        null),
                new Effect.AdvancePoll(fetched.at().toString(), Duration.ofDays(1)));
    }
}
