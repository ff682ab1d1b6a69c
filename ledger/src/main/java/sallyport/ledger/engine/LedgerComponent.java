package sallyport.ledger.engine;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code ledger:<step>}, {@code ledger:lanes/<family>}, {@code ledger:polls/<system>}: routes that claim from the ledger. A route
 * gets the body that {@link sallyport.ledger.Step} names, and must end with {@link sallyport.ledger.Effects} as its body.
 */
public final class LedgerComponent extends DefaultComponent {

    private final LedgerNode node;

    public LedgerComponent(LedgerNode node) {
        this.node = node;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        LedgerPath path = LedgerPath.parse(remaining);
        int concurrency = getAndRemoveParameter(
                parameters, "concurrency", Integer.class, node.properties().concurrencyOf(path));
        if (concurrency < 1 || concurrency > 1000) {
            throw new IllegalArgumentException("concurrency must be 1 to 1000 in " + uri);
        }
        return new LedgerEndpoint(uri, this, node, path, concurrency);
    }

    /** Nothing is claimed before every route is there: a verb that is not started yet would fail the work for no reason. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getCamelContext().addStartupListener(new ExtendedStartupListener() {
            @Override
            public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
                // Routes may still be starting.
            }

            @Override
            public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
                node.start();
            }
        });
    }

    @Override
    protected void doStop() throws Exception {
        node.stop();
        super.doStop();
    }
}
