package sallyport.connectors.police.partnerport;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import sallyport.mappings.Rejected;

/**
 * What a partner hears: 202 once its message is stored, 422 with the code and the place when it never can be, and 503
 * when the hub cannot store just now, so that the partner sends again. Nothing else leaves, whatever went wrong.
 */
final class PartnerAnswer implements Processor {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACCEPTED = 202;
    private static final int UNPROCESSABLE = 422;
    private static final int LATER = 503;

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        exchange.setException(null);
        exchange.getMessage().removeHeaders("*");
        if (failure == null) {
            answer(exchange, ACCEPTED, JSON.createObjectNode().put("status", "stored"));
        } else if (failure instanceof Rejected rejected) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("errors").addObject().put("code", rejected.code()).put("where", rejected.where());
            answer(exchange, UNPROCESSABLE, body);
        } else {
            answer(exchange, LATER, JSON.createObjectNode().put("status", "not stored, send again"));
        }
    }

    private static void answer(Exchange exchange, int status, ObjectNode body) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
