package sallyport.ledger.engine;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One thing to claim. Routes only read from it: what is to be written is the body they end with. */
final class LedgerEndpoint extends DefaultEndpoint {

    private final LedgerNode node;
    private final LedgerPath path;
    private final int concurrency;

    LedgerEndpoint(String uri, LedgerComponent component, LedgerNode node, LedgerPath path, int concurrency) {
        super(uri, component);
        this.node = node;
        this.path = path;
        this.concurrency = concurrency;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new LedgerConsumer(this, processor, node, path, concurrency);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("nothing is sent to " + path.text() + ": return Effects instead");
    }
}
