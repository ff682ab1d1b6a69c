package sallyport.connectors.filedrop;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.Settings;

/**
 * One route for each directory that is set: a {@link DroppedFile} goes to {@code direct:dropped-file-intake-receive}, which answers with a
 * {@link DropVerdict}, or with nothing when the file is to stay.
 */
final class FileDropRoutes extends RouteBuilder {

    private static final int FILES_AT_ONE_LOOK = 50;

    private final FileDropProperties properties;
    private final Map<String, DropFeed> feeds = new TreeMap<>();
    private final @Nullable DropTurns turns;
    private final FileDropHealth health;
    private final Clock clock;
    private final LongSupplier nanos;

    FileDropRoutes(
            FileDropProperties properties,
            List<DropFeed> feeds,
            @Nullable DropTurns turns,
            FileDropHealth health,
            Clock clock,
            LongSupplier nanos) {
        this.properties = properties;
        this.turns = turns;
        this.health = health;
        this.clock = clock;
        this.nanos = nanos;
        feeds.forEach(feed -> this.feeds.put(feed.name(), feed));
        properties.directories().keySet().forEach(name -> {
            if (!this.feeds.containsKey(name)) {
                throw Settings.wrong("sallyport.file-drop.directories." + name, "is a feed that nothing here reads");
            }
        });
    }

    @Override
    public void configure() {
        DropTurns whose = turns;
        if (whose == null) {
            return;
        }
        properties.directories().keySet().stream().sorted().forEach(name -> {
            DropFeed feed = feeds.get(name);
            DropWatch watch = new DropWatch(feed, properties, whose, health, clock, nanos);
            from(endpoint(name, watch))
                    .routeId("file-drop-" + name)
                    .description("Takes in the files that are dropped for " + name.replace('-', ' ')
                            + ", and moves each once the ledger has it")
                    .errorHandler(noErrorHandler())
                    .process(EdgeHeaders.none())
                    .setBody(exchangeProperty(DropWatch.FILE))
                    .to("direct:dropped-file-intake-receive")
                    .process(FileDropRoutes::remember);
        });
    }

    private static void remember(Exchange exchange) {
        exchange.setProperty(DropWatch.VERDICT, exchange.getMessage().getBody(DropVerdict.class));
    }

    /** The directory may be missing, now or for a while, and must never be made: a mount that is away would be hidden by it. */
    private FileEndpoint endpoint(String name, DropWatch watch) {
        FileEndpoint endpoint = getContext()
                .getEndpoint(
                        "file:" + properties.directories().get(name)
                                + "?autoCreate=false&directoryMustExist=true&preSort=true&recursive=false",
                        FileEndpoint.class);
        endpoint.setDelay(properties.every().toMillis());
        endpoint.setInitialDelay(properties.every().toMillis());
        endpoint.setMaxMessagesPerPoll(FILES_AT_ONE_LOOK);
        endpoint.setPollStrategy(watch);
        endpoint.setFilter(watch);
        endpoint.setProcessStrategy(watch);
        return endpoint;
    }
}
