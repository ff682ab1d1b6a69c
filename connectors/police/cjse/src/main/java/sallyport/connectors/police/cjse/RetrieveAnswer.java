package sallyport.connectors.police.cjse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The answer to {@code retrieve}, which the hub does not offer: code 309, no messages. */
final class RetrieveAnswer {

    private static final String UNAVAILABLE = "309";

    private RetrieveAnswer() {}

    static boolean asks(Element request) {
        return "RetrieveRequestMes".equals(request.getLocalName())
                && CjseContract.ENDPOINT.equals(request.getNamespaceURI());
    }

    static byte[] unavailable(Element request, Instant at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartElement("end", "RetrieveResponseMes", CjseContract.ENDPOINT);
            xml.writeNamespace("end", CjseContract.ENDPOINT);
            element(xml, "RequestID", requestId(request));
            element(xml, "ResponseCode", UNAVAILABLE);
            element(xml, "ResponseText", "retrieve is not available");
            element(xml, "TimeLast", at.toString());
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("XML cannot be written to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** What the contract allows as an id, else a word in its place. */
    private static String requestId(Element request) {
        for (Node child = request.getFirstChild(); child != null; child = child.getNextSibling()) {
            if ("RequestID".equals(child.getLocalName())
                    && child.getTextContent().matches("\\S{1,200}")) {
                return child.getTextContent();
            }
        }
        return "unknown";
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement("end", name, CjseContract.ENDPOINT);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
