package sallyport.mappings.police;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import sallyport.mappings.Rejected;

/**
 * The XML of the CJSE contract: hostile input is refused before it is looked at (size, DTD, entities), and what breaks the schema is
 * {@code Rejected("schema-invalid", path of the element)}.
 */
final class CjseXml {

    static final String ENDPOINT = "http://schemas.cjse.gov.uk/endpoint/types/";
    static final String OPERATIONS = "http://schemas.cjse.gov.uk/common/operations";
    static final String ENTITIES = "http://schemas.cjse.gov.uk/common/businessentities";

    /** The partner port takes no more. */
    static final int LARGEST = 1024 * 1024;

    private static final Schema SCHEMA = schema();

    /** Qualified names in a message of the validator, as in {@code {"namespace":Name}}: nothing else of the data can come through. */
    private static final Pattern EXPECTED = Pattern.compile("\"[^\"{}]{0,200}\":([A-Za-z]\\w{0,60})");

    private static final String CURRENT_ELEMENT = "http://apache.org/xml/properties/dom/current-element-node";

    private CjseXml() {}

    /**
     * @throws Rejected {@code too-large} or {@code not-xml} at {@code /}
     */
    static Document parse(byte[] xml) {
        if (xml.length > LARGEST) {
            throw new Rejected("too-large", "/");
        }
        return parse(new InputSource(new ByteArrayInputStream(xml)), "/");
    }

    /** Parses XML that stood as text inside the element {@code where}. */
    static Document parseWithin(String xml, String where) {
        return parse(new InputSource(new StringReader(xml)), where);
    }

    private static Document parse(InputSource source, String where) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setCoalescing(true);
            var builder = factory.newDocumentBuilder();
            // The default handler prints to the console, data and all.
            builder.setErrorHandler(new FirstProblem());
            return builder.parse(source);
        } catch (SAXException | IOException e) {
            // No cause: the parser's message quotes the data.
            throw new Rejected("not-xml", where);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser refuses to be hardened", e);
        }
    }

    /**
     * @param inside path of element names that the checked element stands in, empty at the top
     * @throws Rejected {@code schema-invalid} with the path of element names
     */
    static void validate(Element element, String inside) {
        Validator validator = SCHEMA.newValidator();
        FirstProblem problem = new FirstProblem();
        validator.setErrorHandler(problem);
        try {
            validator.validate(new DOMSource(element));
        } catch (SAXException e) {
            throw new Rejected("schema-invalid", inside + place(validator, element, e));
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory cannot be read", e);
        }
    }

    private static String place(Validator validator, Element root, SAXException problem) {
        Deque<String> path = new ArrayDeque<>();
        Node node = current(validator);
        if (node == null) {
            return root.getLocalName();
        }
        for (Node at = node; at instanceof Element; at = at.getParentNode()) {
            path.addFirst(at.getLocalName());
            if (at == root) {
                break;
            }
        }
        String message = String.valueOf(problem.getMessage());
        boolean another = message.startsWith("cvc-complex-type.2.4.a");
        if (another || message.startsWith("cvc-complex-type.2.4.b")) {
            if (another) {
                // The current element is the one that stands where another is expected.
                path.removeLast();
            }
            String missing = null;
            for (Matcher names = EXPECTED.matcher(message); names.find(); ) {
                // Of several the last is the one that is required.
                missing = names.group(1);
            }
            if (missing != null) {
                path.addLast(missing);
            }
        }
        return String.join("/", path);
    }

    private static @Nullable Node current(Validator validator) {
        try {
            return (Node) validator.getProperty(CURRENT_ELEMENT);
        } catch (SAXException e) {
            return null;
        }
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static @Nullable Element child(Element parent, String namespace, String name) {
        for (Element child : children(parent)) {
            if (is(child, namespace, name)) {
                return child;
            }
        }
        return null;
    }

    static boolean is(Element element, String namespace, String name) {
        return name.equals(element.getLocalName()) && namespace.equals(element.getNamespaceURI());
    }

    /** Text of a child that the schema requires. */
    static String text(Element parent, String namespace, String name) {
        Element child = child(parent, namespace, name);
        if (child == null) {
            throw new Rejected("schema-invalid", parent.getLocalName() + "/" + name);
        }
        return child.getTextContent();
    }

    interface Writing {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    /** UTF-8 bytes; the JDK's writer, so that the bytes do not depend on what else is on the class path. */
    static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            writing.write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written to memory", e);
        }
        return bytes.toByteArray();
    }

    static void element(XMLStreamWriter xml, String namespace, String name, String text) throws XMLStreamException {
        xml.writeStartElement(namespace, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static Schema schema() {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            // Imports are satisfied by order: what is imported stands before what imports it, and nothing is fetched.
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> local(systemId));
            return factory.newSchema(new StreamSource[] {
                source("endpoint-types.xsd"), source("operations.xsd"),
            });
        } catch (SAXException e) {
            throw new IllegalStateException("our CJSE schemas are broken", e);
        }
    }

    private static StreamSource source(String name) {
        return new StreamSource(open(name), "cjse/" + name);
    }

    private static @Nullable LocalSchema local(@Nullable String systemId) {
        if (systemId == null) {
            return null;
        }
        String name = systemId.substring(systemId.lastIndexOf('/') + 1);
        return new LocalSchema(name, open(name));
    }

    static InputStream open(String name) {
        InputStream in = CjseXml.class.getResourceAsStream("/sallyport/cjse/" + name);
        if (in == null) {
            throw new IllegalStateException("no resource sallyport/cjse/" + name);
        }
        return in;
    }

    private static final class FirstProblem implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // A warning breaks nothing.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
