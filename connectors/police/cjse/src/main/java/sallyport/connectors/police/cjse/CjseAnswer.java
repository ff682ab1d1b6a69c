package sallyport.connectors.police.cjse;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.cxf.binding.soap.SoapHeader;

/**
 * The last step of the route behind our CJSE endpoint: puts the bytes of a {@code SubmitResponseMes} into the SOAP answer, and
 * lets no header out.
 */
final class CjseAnswer implements Processor {

    @Override
    public void process(Exchange exchange) {
        byte[] element = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setBody(new CxfPayload<SoapHeader>(
                        new ArrayList<>(), List.of(new StreamSource(new ByteArrayInputStream(element))), null));
    }
}
