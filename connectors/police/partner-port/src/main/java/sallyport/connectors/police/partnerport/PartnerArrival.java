package sallyport.connectors.police.partnerport;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import sallyport.connectors.police.forces.CallingForce;

/**
 * The first step of every route that partners call: afterwards the body is the bytes as they came, the exchange property
 * {@code partner} is the sender's force code, and there is no header at all.
 */
final class PartnerArrival implements Processor {

    @Override
    public void process(Exchange exchange) {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Object force = requireNonNull(request.getAttribute(CallingForce.REQUEST_ATTRIBUTE), "not through the gate");
        byte[] body = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().setBody(body == null ? new byte[0] : body);
        exchange.getMessage().removeHeaders("*");
        exchange.setProperty(CallingForce.PROPERTY, force);
    }
}
