package sallyport.mappings.difference;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * JSON or XML as one kind of tree, so that how it is written does not count: no prefixes, no order of fields, no white space between
 * elements. A document that stands as text inside another, plain or in base64, is part of the tree. DTDs and entities are refused.
 */
final class DocumentTree {

    /** No partner's message nests documents deeper than three; hostile ones stay text. */
    private static final int MOST_DOCUMENTS = 5;

    private static final int DEEPEST = 200;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private DocumentTree() {}

    /** Null when it is neither JSON nor XML. */
    static @Nullable JsonNode of(byte[] bytes) {
        return of(bytes, 0);
    }

    private static @Nullable JsonNode of(byte[] bytes, int within) {
        if (within > MOST_DOCUMENTS) {
            return null;
        }
        return switch (firstSign(bytes)) {
            case '{', '[' -> json(bytes, within);
            case '<' -> xml(bytes, within);
            default -> null;
        };
    }

    private static int firstSign(byte[] bytes) {
        for (byte each : bytes) {
            if (!Character.isWhitespace(each)) {
                return each;
            }
        }
        return 0;
    }

    private static @Nullable JsonNode json(byte[] bytes, int within) {
        try {
            return opened(JSON.readTree(bytes), within, 0);
        } catch (IOException | TooDeep notJson) {
            return null;
        }
    }

    private static JsonNode opened(JsonNode node, int within, int depth) {
        if (depth > DEEPEST) {
            throw new TooDeep();
        }
        if (node instanceof ObjectNode object) {
            ObjectNode opened = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(field -> opened.set(field.getKey(), opened(field.getValue(), within, depth + 1)));
            return opened;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode opened = JsonNodeFactory.instance.arrayNode();
            list.forEach(entry -> opened.add(opened(entry, within, depth + 1)));
            return opened;
        }
        return node.isTextual() ? text(node.textValue(), within) : node;
    }

    /** A text, or the document that it is. */
    private static JsonNode text(String text, int within) {
        JsonNode inner = null;
        if (text.length() > 1) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            inner = of(bytes, within + 1);
            if (inner == null && text.length() % 4 == 0) {
                inner = decoded(text, within);
            }
        }
        return inner == null ? JsonNodeFactory.instance.textNode(text) : inner;
    }

    private static @Nullable JsonNode decoded(String text, int within) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return of(bytes, within + 1);
        } catch (IllegalArgumentException | CharacterCodingException notADocument) {
            return null;
        }
    }

    private static @Nullable JsonNode xml(byte[] bytes, int within) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            Element root = builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement();
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set(root.getLocalName(), element(root, null, within, 0));
            return document;
        } catch (SAXException | IOException | ParserConfigurationException | TooDeep notXml) {
            return null;
        }
    }

    /** The second of a name is {@code name[2]}, so that every one has a place of its own. */
    private static JsonNode element(Element element, @Nullable String around, int within, int depth) {
        if (depth > DEEPEST) {
            throw new TooDeep();
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        String namespace = element.getNamespaceURI();
        if (namespace != null && !namespace.equals(around)) {
            // The same name in another namespace is another name.
            fields.put("@xmlns", namespace);
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                fields.put("@" + attribute.getLocalName(), attribute.getValue());
            }
        }
        Map<String, Integer> seen = new HashMap<>();
        StringBuilder text = new StringBuilder();
        boolean children = false;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element each) {
                children = true;
                int nth = seen.merge(each.getLocalName(), 1, Integer::sum);
                fields.set(
                        each.getLocalName() + (nth == 1 ? "" : "[" + nth + "]"),
                        element(each, namespace, within, depth + 1));
            } else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(child.getNodeValue());
            }
        }
        if (fields.isEmpty()) {
            return text(text.toString(), within);
        }
        if (!children || !text.toString().isBlank()) {
            fields.set("#text", text(text.toString(), within));
        }
        return fields;
    }

    private static final class TooDeep extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** The parser's own handler writes what it read to the terminal. */
    private static final class Strict implements ErrorHandler {

        @Override
        public void warning(SAXParseException warning) {
            // Not about the document's content.
        }

        @Override
        public void error(SAXParseException error) throws SAXException {
            throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            throw error;
        }
    }
}
