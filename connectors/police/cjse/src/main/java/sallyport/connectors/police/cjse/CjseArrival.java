package sallyport.connectors.police.cjse;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.camel.component.cxf.common.message.CxfConstants;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.w3c.dom.Element;
import sallyport.connectors.police.forces.CallingForce;

/**
 * The first step of the route behind our CJSE endpoint: afterwards the body is the SOAP message byte for byte as it came, the
 * exchange property {@code partner} is the sender's force code, and there is no header at all. A {@code retrieve} ends here,
 * answered with 309: nothing waits to be fetched.
 */
final class CjseArrival implements Processor {

    private final Clock clock;

    CjseArrival(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage().getHeader(CxfConstants.CAMEL_CXF_MESSAGE, Message.class);
        message.getExchange().put(QuietFaults.ARRIVED, Boolean.TRUE);
        HttpServletRequest request = (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
        Object force = requireNonNull(request.getAttribute(CallingForce.REQUEST_ATTRIBUTE), "not through the gate");
        List<Element> parts = exchange.getMessage().getBody(CxfPayload.class).getBody();
        exchange.getMessage().removeHeaders("*");
        exchange.setProperty(CallingForce.PROPERTY, force);
        if (!parts.isEmpty() && RetrieveAnswer.asks(parts.get(0))) {
            exchange.getMessage().setBody(RetrieveAnswer.unavailable(parts.get(0), clock.instant()));
            new CjseAnswer().process(exchange);
            exchange.setRouteStop(true);
            return;
        }
        // The gate of the partner port keeps the body in memory: each stream begins anew.
        byte[] raw = request.getInputStream().readAllBytes();
        if (raw.length == 0) {
            throw new IllegalStateException("the body was read before and not kept");
        }
        exchange.getMessage().setBody(raw);
    }
}
