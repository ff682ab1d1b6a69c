package sallyport.routes.casenoteintake;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect.AskForNotesAgain;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.PersonWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Step;
import sallyport.routes.HubProperties;

/**
 * A changed case note of a suspect of an approved case makes the case's package be looked at again; notes that a person asked for are
 * fetched for that person alone.
 */
@Component
final class CaseNoteIntakeRoutes extends RouteBuilder {

    private final RequestedNotes requested;
    private final HubProperties properties;

    CaseNoteIntakeRoutes(RequestedNotes requested, HubProperties properties) {
        this.requested = requested;
        this.properties = properties;
    }

    @Override
    public void configure() {
        from("ledger:case-note-fetch")
                .routeId("case-note-intake-notice")
                .description("Has packages of approved cases built again when a suspect's case notes change")
                .bean(this, "askForAssembly");

        from("ledger:case-note-request")
                .routeId("case-note-intake-requested")
                .description("Fetches the case notes that a person asked for, with a reason, and keeps each by itself")
                .setProperty(RequestedNotes.WORK, body())
                .bean(requested, "queries")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:case-notes-search")
                .end()
                .bean(requested, "keep");
    }

    /**
     * The notes themselves are fetched by assembly, for suspects only, with the sensitivity decision on record; those that a person asked
     * for and chose are read again under the terms that were recorded then.
     */
    Effects askForAssembly(PersonWork person) {
        return Effects.of(person.cases().stream()
                        .filter(ReferralCase::approved)
                        .map(known -> new RequestWork(
                                Step.ASSEMBLY,
                                known.reference(),
                                properties.supplementQuiet(),
                                properties.supplementAtMost()))
                        .toList())
                .and(new AskForNotesAgain(person.prisonerNumber()));
    }
}
