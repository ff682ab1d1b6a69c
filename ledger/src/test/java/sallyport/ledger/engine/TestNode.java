package sallyport.ledger.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;

/** One hub process, as far as the ledger is concerned: a node, and a Camel context with the test's routes. */
final class TestNode implements AutoCloseable {

    final LedgerNode node;
    final CamelContext camel;

    private TestNode(LedgerNode node, CamelContext camel) {
        this.node = node;
        this.camel = camel;
    }

    static TestNode start(TestLedger ledger, TestPolicy policy, String name, RouteBuilder... routes) throws Exception {
        return start(ledger, policy, TestLedger.quick(name, Duration.ofSeconds(30)), routes);
    }

    static TestNode start(TestLedger ledger, TestPolicy policy, LedgerProperties properties, RouteBuilder... routes)
            throws Exception {
        var node = node(ledger, policy, properties);
        var camel = new DefaultCamelContext();
        camel.addComponent("ledger", new LedgerComponent(node));
        camel.getShutdownStrategy().setTimeout(10);
        // As in the hub: the ledger is the one retrier, and Camel's own handler logs messages.
        camel.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
        for (RouteBuilder route : routes) {
            camel.addRoutes(route);
        }
        camel.start();
        return new TestNode(node, camel);
    }

    /** A node that nobody starts: what it claims stays claimed, as if its process had died or frozen. */
    static LedgerNode node(TestLedger ledger, TestPolicy policy, LedgerProperties properties) {
        return new LedgerNode(
                ledger.dataSource(), policy, policy, properties, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    /** Writes effects as the run of a poll does: the shortest way from a test to the ledger. */
    static void write(TestLedger ledger, LedgerNode node, Effect... effects) {
        write(ledger, node, Effects.of(effects));
    }

    static void write(TestLedger ledger, LedgerNode node, Effects effects) {
        long id = ledger.count(
                "INSERT INTO poll_source (system, stream, next_at) VALUES ('test', gen_random_uuid()::text, 'infinity') RETURNING id");
        var claim = new PollClaim(id, 0, 1, "test", "test", null);
        node.committer().commit(List.of(Finished.done(claim, effects)));
    }

    @Override
    public void close() throws Exception {
        camel.stop();
    }
}
