package sallyport.mappings.police;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * What an XML Schema or WSDL says, one fact per place, whatever it is written like: prefixes, the order of declarations and of facets,
 * defaults spelt out, attribute groups and comments make no difference.
 */
final class SchemaFacts {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";

    private final Map<String, String> facts = new TreeMap<>();
    private final List<Element> schemas;

    private SchemaFacts(List<Element> schemas) {
        this.schemas = schemas;
    }

    /** Facts of the global elements and types of all these schemas, which may refer to each other. */
    static Map<String, String> of(List<Element> schemas) {
        SchemaFacts read = new SchemaFacts(schemas);
        schemas.forEach(read::schema);
        return read.facts;
    }

    /** Facts of messages, port types, bindings and services; addresses are nobody's fact. */
    static Map<String, String> ofWsdl(Element definitions) {
        SchemaFacts read = new SchemaFacts(List.of());
        read.facts.put("targetNamespace", definitions.getAttribute("targetNamespace"));
        for (Element child : CjseXml.children(definitions)) {
            if (!CjseXml.is(child, WSDL, "types")) {
                read.wsdl("", child);
            }
        }
        return read.facts;
    }

    private void wsdl(String path, Element element) {
        if (element.getLocalName().equals("address") || element.getLocalName().equals("documentation")) {
            return;
        }
        String here = path + "/" + element.getLocalName()
                + (element.hasAttribute("name") ? "[" + element.getAttribute("name") + "]" : "");
        facts.put(here, "");
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            var attribute = attributes.item(i);
            String name = attribute.getNodeName();
            if (!name.equals("name") && !name.startsWith("xmlns")) {
                boolean reference =
                        List.of("element", "message", "type", "binding").contains(name);
                facts.put(
                        here + "/@" + name,
                        reference ? qualified(element, attribute.getNodeValue()) : attribute.getNodeValue());
            }
        }
        CjseXml.children(element).forEach(child -> wsdl(here, child));
    }

    private void schema(Element schema) {
        String namespace = schema.getAttribute("targetNamespace");
        facts.put("{" + namespace + "}/elementFormDefault", schema.getAttribute("elementFormDefault"));
        for (Element child : CjseXml.children(schema)) {
            String path = "{" + namespace + "}" + child.getAttribute("name");
            switch (child.getLocalName()) {
                case "element" -> typed("element " + path, child);
                case "simpleType" -> simple("type " + path, child);
                case "complexType" -> complex("type " + path, child);
                default -> {
                    // Imports, annotations and our attribute groups are ways of writing.
                }
            }
        }
    }

    private void typed(String path, Element declaration) {
        Element simple = CjseXml.child(declaration, XSD, "simpleType");
        Element complex = CjseXml.child(declaration, XSD, "complexType");
        if (simple != null) {
            simple(path, simple);
        } else if (complex != null) {
            complex(path, complex);
        } else {
            facts.put(path, "type " + qualified(declaration, declaration.getAttribute("type")));
        }
    }

    private void simple(String path, Element simple) {
        Element restriction = CjseXml.child(simple, XSD, "restriction");
        if (restriction == null) {
            throw new IllegalStateException("a simple type that restricts nothing at " + path);
        }
        String facets = CjseXml.children(restriction).stream()
                .map(facet -> facet.getLocalName() + "=" + facet.getAttribute("value"))
                .sorted()
                .collect(Collectors.joining(" "));
        facts.put(path, "restricts " + qualified(restriction, restriction.getAttribute("base")) + " " + facets);
    }

    private void complex(String path, Element complex) {
        facts.put(path, complex.getAttribute("abstract").equals("true") ? "abstract" : "complex");
        content(path, complex);
    }

    private void content(String path, Element parent) {
        for (Element child : CjseXml.children(parent)) {
            switch (child.getLocalName()) {
                case "simpleContent", "complexContent" -> content(path, child);
                case "extension" -> {
                    facts.put(path + "/extends", qualified(child, child.getAttribute("base")));
                    content(path, child);
                }
                case "sequence" -> sequence(path, child);
                case "attribute" -> attribute(path, child);
                case "attributeGroup" -> content(path, group(child));
                case "annotation" -> {
                    // Words.
                }
                default -> throw new IllegalStateException("not expected: " + child.getLocalName() + " at " + path);
            }
        }
    }

    private void sequence(String path, Element sequence) {
        facts.put(path + "/sequence", occurs(sequence));
        int place = 0;
        for (Element child : CjseXml.children(sequence)) {
            String here = path + "/" + place++;
            if (child.getLocalName().equals("sequence")) {
                sequence(here, child);
            } else if (child.getLocalName().equals("element")) {
                facts.put(here, child.getAttribute("name") + " " + occurs(child));
                typed(here + ":" + child.getAttribute("name"), child);
            } else {
                place--;
            }
        }
    }

    private void attribute(String path, Element attribute) {
        String here = path + "/@" + attribute.getAttribute("name");
        typed(here, attribute);
        facts.put(
                here + "/use",
                Stream.of("use", "fixed")
                        .map(attribute::getAttribute)
                        .filter(value -> !value.isEmpty() && !value.equals("optional"))
                        .collect(Collectors.joining(" ")));
    }

    private Element group(Element reference) {
        String name = reference.getAttribute("ref");
        String local = name.substring(name.indexOf(':') + 1);
        return schemas.stream()
                .flatMap(schema -> CjseXml.children(schema).stream())
                .filter(child -> child.getLocalName().equals("attributeGroup")
                        && child.getAttribute("name").equals(local))
                .findFirst()
                .orElseThrow();
    }

    private static String occurs(Element particle) {
        String min = particle.getAttribute("minOccurs");
        String max = particle.getAttribute("maxOccurs");
        return (min.isEmpty() ? "1" : min) + ".." + (max.isEmpty() ? "1" : max);
    }

    private static String qualified(Element scope, String name) {
        int colon = name.indexOf(':');
        String namespace = scope.lookupNamespaceURI(colon < 0 ? null : name.substring(0, colon));
        return "{" + namespace + "}" + name.substring(colon + 1);
    }
}
