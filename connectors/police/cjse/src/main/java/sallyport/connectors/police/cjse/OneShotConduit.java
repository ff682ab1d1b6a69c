package sallyport.connectors.police.cjse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.apache.cxf.helpers.CastUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageImpl;
import org.apache.cxf.transport.AbstractConduit;
import org.apache.cxf.transport.MessageObserver;
import org.apache.cxf.ws.addressing.AttributedURIType;
import org.apache.cxf.ws.addressing.EndpointReferenceType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.OneShotHttp;

/**
 * Carries CXF's messages to one address over {@link OneShotHttp}: one POST, whole body at once, one time-out for everything.
 * CXF's own conduit has a time-out for each read only, and knows no limit to an answer's size.
 */
final class OneShotConduit extends AbstractConduit {

    private static final Logger LOG = Logger.getLogger(OneShotConduit.class.getName());
    private static final String SOAP_ACTION = "SOAPAction";

    private final URI address;
    private final OneShotHttp http;
    private final ThreadLocal<@Nullable Answer> heard = new ThreadLocal<>();

    OneShotConduit(URI address, OneShotHttp http) {
        super(reference(address));
        this.address = address;
        this.http = http;
    }

    private static EndpointReferenceType reference(URI address) {
        AttributedURIType uri = new AttributedURIType();
        uri.setValue(address.toString());
        EndpointReferenceType reference = new EndpointReferenceType();
        reference.setAddress(uri);
        return reference;
    }

    /** The answer to this thread's last message, if there was one; asked once. */
    @Nullable
    Answer takeAnswer() {
        Answer answer = heard.get();
        heard.remove();
        return answer;
    }

    @Override
    public void prepare(Message message) {
        message.setContent(OutputStream.class, new ByteArrayOutputStream());
    }

    @Override
    public void close(Message message) {
        OutputStream out = message.getContent(OutputStream.class);
        if (!(out instanceof ByteArrayOutputStream bytes)
                || Boolean.TRUE.equals(message.get(Message.INBOUND_MESSAGE))) {
            return;
        }
        message.removeContent(OutputStream.class);
        Answer answer = http.write(
                HttpMethod.POST,
                address,
                headers -> {
                    headers.set("Content-Type", "text/xml; charset=UTF-8");
                    headers.set("Accept", "text/xml");
                    headers.set(SOAP_ACTION, soapAction(message));
                },
                bytes.toByteArray());
        heard.set(answer);
        CjseFaults.ofHttp(answer);
        Message in = new MessageImpl();
        in.setExchange(message.getExchange());
        in.put(Message.INBOUND_MESSAGE, Boolean.TRUE);
        in.put(Message.RESPONSE_CODE, answer.status());
        in.put(Message.CONTENT_TYPE, "text/xml");
        in.setContent(InputStream.class, new ByteArrayInputStream(answer.body()));
        message.getExchange().get(MessageObserver.class).onMessage(in);
    }

    private static String soapAction(Message message) {
        Map<String, List<String>> headers = CastUtils.cast((Map<?, ?>) message.get(Message.PROTOCOL_HEADERS));
        return headers.get(SOAP_ACTION).get(0);
    }

    @Override
    protected Logger getLogger() {
        return LOG;
    }
}
