package sallyport.connectors.police.cjse;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the fault code of a SOAP 1.1 fault; its text is never looked at, for it may quote what was sent. */
final class SoapFaultReader {

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final int DEPTH_OF_CODE = 4;

    private SoapFaultReader() {}

    /** {@code Client}, {@code Server.Busy}, … without its prefix; nothing where this is no fault. */
    static Optional<String> code(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return code(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException noXml) {
            return Optional.empty();
        }
    }

    private static Optional<String> code(XMLStreamReader reader) throws XMLStreamException {
        int depth = 0;
        boolean fault = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth == DEPTH_OF_CODE - 1) {
                    fault = "Fault".equals(reader.getLocalName()) && ENVELOPE.equals(reader.getNamespaceURI());
                } else if (depth == DEPTH_OF_CODE && fault && "faultcode".equals(reader.getLocalName())) {
                    String code = reader.getElementText().strip();
                    return Optional.of(code.substring(code.indexOf(':') + 1));
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return Optional.empty();
    }
}
