package sallyport.routes.personchange;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.PersonWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Step;
import sallyport.routes.HubProperties;

/**
 * Somebody in an approved case was released, moved or is said to be somebody else: the case's package is looked at again after the usual
 * quiet time. Whether that makes a supplement is for the hash of its content to say.
 */
@Component
final class PersonChangeRoutes extends RouteBuilder {

    private final HubProperties properties;

    PersonChangeRoutes(HubProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configure() {
        from("ledger:person-change")
                .routeId("person-change-notice")
                .description(
                        "Has packages of approved cases built again when somebody in them is released, received or changed")
                .bean(this, "askForAssembly");
    }

    Effects askForAssembly(PersonWork person) {
        return Effects.of(person.cases().stream()
                .filter(ReferralCase::approved)
                .map(known -> new RequestWork(
                        Step.ASSEMBLY, known.reference(), properties.supplementQuiet(), properties.supplementAtMost()))
                .toList());
    }
}
