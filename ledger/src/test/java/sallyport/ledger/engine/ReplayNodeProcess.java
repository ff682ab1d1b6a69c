package sallyport.ledger.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.replay.ReplayProperties;
import sallyport.ledger.replay.ReplayRunner;

/** A node in a process of its own, to be killed: it runs replays and posts what its lanes give it to the test. */
final class ReplayNodeProcess {

    private ReplayNodeProcess() {}

    /** @param arguments the database, the partner, the node's name */
    public static void main(String[] arguments) throws Exception {
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(arguments[0]);
        dataSource.setMaximumPoolSize(8);
        LedgerPool.configure(dataSource);
        var policy = new TestPolicy();
        policy.permits = 8;
        var node = new LedgerNode(
                dataSource,
                policy,
                policy,
                TestLedger.quick(arguments[2], Duration.ofSeconds(5)),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        node.does(List.of(new ReplayRunner(
                dataSource,
                node::duties,
                () -> policy,
                () -> sent -> Optional.empty(),
                ReplayProperties.defaults(),
                () -> (lane, messageId, contentType, bytes) -> "no-shadow",
                () -> node.dispatcher().wake())));
        HttpClient client = HttpClient.newHttpClient();
        var camel = new DefaultCamelContext();
        camel.addComponent("ledger", new LedgerComponent(node));
        camel.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:lanes/force").process(exchange -> {
                    LaneClaim claim = exchange.getMessage().getBody(LaneClaim.class);
                    client.send(
                            HttpRequest.newBuilder(URI.create(arguments[1] + "/" + claim.messageId()))
                                    .POST(BodyPublishers.ofByteArray(claim.bytes()))
                                    .build(),
                            BodyHandlers.discarding());
                    exchange.getMessage().setBody(Effects.none());
                });
            }
        });
        camel.start();
        System.out.println("started");
        // Until it is killed.
        Thread.currentThread().join();
    }
}
