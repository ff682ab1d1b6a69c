package sallyport.connectors.contract;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Health;

/**
 * One verb of a connector, called through its Camel route as a flow calls it, with headers on the message that would steer
 * a route that does not drop them.
 */
public final class Verb implements AutoCloseable {

    /** On every call; none may have any effect or reach the partner. */
    static final Map<String, Object> HOSTILE_HEADERS = Map.of(
            "CamelHttpUri", "http://127.0.0.1:1/",
            "camelhttpURI", "http://127.0.0.1:1/",
            "CamelHttpMethod", "DELETE",
            "CamelHttpPath", "/elsewhere",
            "operationName", "elsewhere",
            "SOAPAction", "elsewhere",
            "CamelFileName", "elsewhere",
            "Authorization", "Basic aG9zdGlsZQ==",
            "x-hostile", "hostile");

    private final CamelContext camel;
    private final ProducerTemplate template;
    private final String address;
    private final @Nullable Object body;
    private final Health health;

    private Verb(CamelContext camel, String address, @Nullable Object body, Health health) {
        this.camel = camel;
        this.template = camel.createProducerTemplate();
        this.address = address;
        this.body = body;
        this.health = health;
    }

    /**
     * Starts the routes in a Camel of their own.
     *
     * @param address such as {@code direct:incident-reporting-fetch}
     * @param body what a flow would send
     */
    public static Verb start(RoutesBuilder routes, String address, @Nullable Object body, Health health) {
        try {
            CamelContext camel = new DefaultCamelContext();
            camel.getShutdownStrategy().setTimeout(5);
            camel.addRoutes(routes);
            camel.start();
            return new Verb(camel, address, body, health);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Calls it; what the route throws comes out as it was thrown. */
    public @Nullable Object call() throws Exception {
        return callWith(body);
    }

    public @Nullable Object callWith(@Nullable Object other) throws Exception {
        Exchange exchange = template.request(address, sent -> {
            sent.getMessage().setBody(other);
            sent.getMessage().setHeaders(new java.util.HashMap<>(HOSTILE_HEADERS));
        });
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody();
    }

    public Health health() {
        return health;
    }

    public CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
