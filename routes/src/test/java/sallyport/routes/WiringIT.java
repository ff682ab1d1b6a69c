package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.junit.jupiter.api.Test;
import sallyport.TestHub;

/** The whole hub, started as it runs, read as the model that Camel made of it. */
class WiringIT {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)+");
    private static final Pattern TABLE_ROW = Pattern.compile("^\\| `([a-z0-9-]+)` \\|");

    private final CamelContext camel = TestHub.shared().camel();

    @Test
    void everyRouteHasAPublishedNameAndADescriptionForOperators() {
        assertThat(routes()).isNotEmpty().allSatisfy(route -> {
            assertThat(route.getRouteId()).matches(ID);
            assertThat(route.getDescriptionText()).as(route.getRouteId()).isNotBlank();
        });
    }

    @Test
    void everyDirectEndpointIsConsumedByTheRouteOfThatName() {
        assertThat(routes())
                .filteredOn(route -> input(route).startsWith("direct:"))
                .allSatisfy(route -> assertThat(input(route)).isEqualTo("direct:" + route.getRouteId()));
        Set<String> consumed = routes().stream().map(WiringIT::input).collect(Collectors.toSet());
        assertThat(sends()).filteredOn(uri -> uri.startsWith("direct:")).isSubsetOf(consumed);
    }

    @Test
    void nothingInARouteForgetsOrHidesWork() {
        for (RouteDefinition route : routes()) {
            List.of(
                            WireTapDefinition.class,
                            ThreadsDefinition.class,
                            TransactedDefinition.class,
                            ToDynamicDefinition.class,
                            RecipientListDefinition.class)
                    .forEach(kind -> assertThat(steps(route, kind))
                            .as(kind.getSimpleName() + " in " + route.getRouteId())
                            .isEmpty());
            assertThat(steps(route, SplitDefinition.class))
                    .as("parallel split in " + route.getRouteId())
                    .allSatisfy(
                            split -> assertThat(split.getParallelProcessing()).isNotEqualTo("true"));
            assertThat(input(route)).doesNotStartWith("seda:");
        }
        assertThat(sends()).noneMatch(uri -> uri.startsWith("seda:"));
    }

    @Test
    void theReadmeListsExactlyTheRoutesThereAre() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(TestHub.root().resolve("README.md"))) {
            var row = TABLE_ROW.matcher(line);
            if (row.find()) {
                listed.add(row.group(1));
            }
        }
        assertThat(listed)
                .isEqualTo(routes().stream()
                        .map(RouteDefinition::getRouteId)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private List<RouteDefinition> routes() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
    }

    private static String input(RouteDefinition route) {
        return route.getInput().getEndpointUri();
    }

    private Set<String> sends() {
        return routes().stream()
                .map(route -> steps(route, SendDefinition.class))
                .flatMap(Collection::stream)
                .map(SendDefinition::getUri)
                .collect(Collectors.toSet());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Collection<T> steps(RouteDefinition route, Class<T> kind) {
        return (Collection<T>) ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), (Class) kind);
    }
}
