package sallyport.connectors.prison.domainevents;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One queue, to consume from. */
final class DomainEventsEndpoint extends DefaultEndpoint {

    private final String queue;
    private final DomainEventsProperties properties;
    private final DomainEventsHealth health;

    DomainEventsEndpoint(
            String uri,
            DomainEventsComponent component,
            String queue,
            DomainEventsProperties properties,
            DomainEventsHealth health) {
        super(uri, component);
        this.queue = queue;
        this.properties = properties;
        this.health = health;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("domain events are read, not written");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DomainEventsConsumer consumer = new DomainEventsConsumer(this, processor, properties, queue, health);
        configureConsumer(consumer);
        return consumer;
    }
}
