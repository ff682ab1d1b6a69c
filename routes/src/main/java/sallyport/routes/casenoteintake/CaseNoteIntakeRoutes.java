package sallyport.routes.casenoteintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.PersonWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Step;
import sallyport.routes.HubProperties;

/** A changed case note of a suspect of an approved case makes the case's package be looked at again. */
@Component
final class CaseNoteIntakeRoutes extends RouteBuilder {

    private final HubProperties properties;

    CaseNoteIntakeRoutes(HubProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configure() {
        from("ledger:case-note-fetch")
                .routeId("case-note-intake-notice")
                .description("Has packages of approved cases built again when a suspect's case notes change")
                .bean(this, "askForAssembly");
    }

    /** The notes themselves are fetched by assembly, for suspects only, with the sensitivity decision on record. */
    Effects askForAssembly(PersonWork person) {
        return Effects.of(person.cases().stream()
                .filter(ReferralCase::approved)
                .map(known -> new RequestWork(
                        Step.ASSEMBLY, known.reference(), properties.supplementQuiet(), properties.supplementAtMost()))
                .toList());
    }
}
