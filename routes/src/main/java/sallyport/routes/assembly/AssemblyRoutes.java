package sallyport.routes.assembly;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.stereotype.Component;

/** Gathers what the police need to know of an approved case, builds and numbers the package, and promises its delivery. */
@Component
final class AssemblyRoutes extends RouteBuilder {

    private final Gathering gathering;
    private final Assembly assembly;

    AssemblyRoutes(Gathering gathering, Assembly assembly) {
        this.gathering = gathering;
        this.assembly = assembly;
    }

    @Override
    public void configure() {
        from("ledger:assembly")
                .routeId("assembly-gather")
                .description("Gathers people, adjudications and case notes of an approved case from the prison systems")
                .setProperty(Gathering.WORK, body())
                .bean(gathering, "people")
                .to("direct:prisoner-search-by-numbers")
                .setProperty(Gathering.PRISONERS, body())
                .bean(gathering, "charged")
                .split(body(), new GroupedBodyAggregationStrategy())
                // One read that fails fails the whole run: a package never goes without what could not be read.
                .stopOnException()
                .to("direct:adjudications-of-prisoner")
                .end()
                .setProperty(Gathering.ADJUDICATIONS, body())
                .bean(gathering, "noteQueries")
                .split(body(), new GroupedBodyAggregationStrategy())
                .stopOnException()
                .to("direct:case-notes-search")
                .end()
                .setProperty(Gathering.NOTES, body())
                .to("direct:assembly-build");

        from("direct:assembly-build")
                .routeId("assembly-build")
                .description("Builds, validates and numbers the package and promises its delivery to the force")
                .bean(assembly, "build");
    }
}
