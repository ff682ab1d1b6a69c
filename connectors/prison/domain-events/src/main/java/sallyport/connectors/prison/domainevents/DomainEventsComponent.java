package sallyport.connectors.prison.domainevents;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code domain-events:<queue>}: consumes a queue, a batch of at most ten to an exchange. The body is a
 * {@code List<DomainEventMessage>}; there are no headers. A batch is deleted after its exchange ended without an exception
 * and comes again otherwise. It takes no options: they are settings.
 */
public final class DomainEventsComponent extends DefaultComponent {

    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private final DomainEventsProperties properties;
    private final DomainEventsHealth health;

    DomainEventsComponent(DomainEventsProperties properties, DomainEventsHealth health) {
        this.properties = properties;
        this.health = health;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters) {
        if (!QUEUE.matcher(queue).matches()) {
            throw new IllegalArgumentException("sallyport.domain-events.queue is not the name of a queue");
        }
        return new DomainEventsEndpoint(uri, this, queue, properties, health);
    }
}
