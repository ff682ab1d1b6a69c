package sallyport.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

final class EdgeHeadersTest {

    private static final List<String> HOSTILE = List.of(
            "CamelHttpUri",
            "camelhttpURI",
            "operationName",
            "CamelSqlQuery",
            "CamelFileName",
            "JMSReplyTo",
            "SOAPAction");

    @Test
    void nothingPassesInEitherDirection() {
        Exchange exchange = exchange();
        HOSTILE.forEach(name -> {
            assertThat(EdgeHeaders.none().applyFilterToCamelHeaders(name, "x", exchange))
                    .isTrue();
            assertThat(EdgeHeaders.none().applyFilterToExternalHeaders(name, "x", exchange))
                    .isTrue();
        });
    }

    @Test
    void onlyWhatIsNamedPassesWhateverItsCase() {
        Exchange exchange = exchange();
        HOSTILE.forEach(name -> exchange.getMessage().setHeader(name, "x"));
        exchange.getMessage().setHeader("Content-TYPE", "text/plain");
        EdgeHeaders.only("content-type").process(exchange);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("Content-TYPE");
    }

    @Test
    void whatIsNamedIsNotTakenForAPattern() {
        Exchange exchange = exchange();
        exchange.getMessage().setHeader("x-abc", "x");
        EdgeHeaders.only("x.*", "x-*").process(exchange);
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    private static Exchange exchange() {
        return new DefaultExchange(new SimpleCamelContext());
    }
}
