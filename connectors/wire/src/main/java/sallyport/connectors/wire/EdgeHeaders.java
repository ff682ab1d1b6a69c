package sallyport.connectors.wire;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The gate for headers at every edge, in and out: none passes but those named, whatever their case. In Camel a header can
 * choose an address, a file name or a statement, so nothing from a message may become one unasked.
 */
public final class EdgeHeaders implements HeaderFilterStrategy, Processor {

    private final Set<String> allowed;

    private EdgeHeaders(Set<String> allowed) {
        this.allowed = allowed;
    }

    public static EdgeHeaders none() {
        return new EdgeHeaders(Set.of());
    }

    public static EdgeHeaders only(String... names) {
        return new EdgeHeaders(
                Stream.of(names).map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return stops(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return stops(name);
    }

    @Override
    public void process(Exchange exchange) {
        List.copyOf(exchange.getMessage().getHeaders().keySet()).stream()
                .filter(this::stops)
                .forEach(exchange.getMessage()::removeHeader);
    }

    private boolean stops(String name) {
        return !allowed.contains(name.toLowerCase(Locale.ROOT));
    }
}
