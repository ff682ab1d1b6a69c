package sallyport.mappings.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import sallyport.mappings.referral.InventedPackages;

/**
 * Our CJSE documents against the partner's own, where {@code -Dcontracts.dir=} points at them: each difference is named by its place.
 * What can be said without them is said always.
 */
class CjseContractTest {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    private static final List<String> OURS = List.of("business-types.xsd", "business-entities.xsd", "operations.xsd");
    private static final List<String> THEIRS =
            List.of("cjseBusinessTypes.xsd", "cjseBusinessEntities.xsd", "cjseOperations.xsd");

    @Test
    void theInnerMessageHasTheSameFacts() {
        Path dir = partnersDocuments();
        assertThat(differences(
                        SchemaFacts.of(THEIRS.stream()
                                .map(name -> read(dir.resolve(name)))
                                .toList()),
                        SchemaFacts.of(OURS.stream().map(CjseContractTest::ours).toList())))
                .isEmpty();
    }

    @Test
    void theEnvelopeHasTheSameFacts() {
        Path dir = partnersDocuments();
        Map<String, String> ours = SchemaFacts.of(List.of(ours("endpoint-types.xsd")));
        assertThat(differences(SchemaFacts.of(List.of(inlineSchema(read(dir.resolve("spi.wsdl"))))), ours))
                .isEmpty();
        // Their schema document is the part of the envelope that submits.
        Map<String, String> layer = SchemaFacts.of(List.of(read(dir.resolve("MessageLayer.xsd"))));
        Map<String, String> same = new TreeMap<>(ours);
        same.keySet().retainAll(layer.keySet());
        assertThat(differences(layer, same)).isEmpty();
    }

    @Test
    void thePortHasTheSameFacts() {
        Path dir = partnersDocuments();
        assertThat(differences(
                        SchemaFacts.ofWsdl(read(dir.resolve("spi.wsdl"))), SchemaFacts.ofWsdl(ours("cjse.wsdl"))))
                .isEmpty();
    }

    @Test
    void whatWeSendObeysThePartnersDocuments() throws Exception {
        Path dir = partnersDocuments();
        Element request =
                CjseXml.parse(CjseMappingTest.render(InventedPackages.full())).getDocumentElement();
        schema(dir, "MessageLayer.xsd").newValidator().validate(new DOMSource(request));
        schema(dir, "cjseOperations.xsd").newValidator().validate(new DOMSource(CjseMappingTest.routeData(request)));
        Element answer =
                CjseXml.parse(CjseAnswers.submitResponse("46-77", 1, "stored")).getDocumentElement();
        schema(dir, "MessageLayer.xsd").newValidator().validate(new DOMSource(answer));
    }

    @Test
    void theWsdlUsesOurSchemaAndItsMessagesAreElementsOfIt() {
        Map<String, String> elements = SchemaFacts.of(List.of(ours("endpoint-types.xsd")));
        Map<String, String> wsdl = SchemaFacts.ofWsdl(ours("cjse.wsdl"));
        assertThat(wsdl.entrySet())
                .filteredOn(fact -> fact.getKey().endsWith("/@element"))
                .hasSize(4)
                .allSatisfy(fact -> assertThat(elements).containsKey("element " + fact.getValue()));
    }

    @Test
    void aDifferenceIsNamedByItsPlace() {
        Map<String, String> facts =
                SchemaFacts.of(OURS.stream().map(CjseContractTest::ours).toList());
        Map<String, String> changed = new TreeMap<>(facts);
        String place = "type {http://schemas.cjse.gov.uk/common/businesstypes}DataControllerType";
        changed.put(place, "restricts {" + XSD + "}string maxLength=51 minLength=1");
        assertThat(differences(facts, changed))
                .containsExactly(
                        place + ": theirs restricts {" + XSD + "}string maxLength=50 minLength=1, ours restricts {"
                                + XSD + "}string maxLength=51 minLength=1");
    }

    private static List<String> differences(Map<String, String> theirs, Map<String, String> ours) {
        TreeSet<String> places = new TreeSet<>(theirs.keySet());
        places.addAll(ours.keySet());
        return places.stream()
                .filter(place -> !java.util.Objects.equals(theirs.get(place), ours.get(place)))
                .map(place -> place + ": theirs " + theirs.get(place) + ", ours " + ours.get(place))
                .toList();
    }

    private static Path partnersDocuments() {
        String given = System.getProperty("contracts.dir");
        assumeThat(given).as("-Dcontracts.dir is not given").isNotBlank();
        Path dir = Path.of(given).resolve("cjse");
        assertThat(dir).isDirectory();
        return dir;
    }

    private static Element ours(String name) {
        try (var in = CjseXml.open(name)) {
            return CjseXml.parse(in.readAllBytes()).getDocumentElement();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element read(Path file) {
        try {
            return CjseXml.parse(Files.readAllBytes(file)).getDocumentElement();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element inlineSchema(Element wsdl) {
        Element types = CjseXml.child(wsdl, WSDL, "types");
        assertThat(types).isNotNull();
        Element schema = CjseXml.child(types, XSD, "schema");
        assertThat(schema).isNotNull();
        return schema;
    }

    /** Their operations import a case schema that is not among the documents and that nothing refers to: an empty one stands in. */
    private static Schema schema(Path dir, String name) throws Exception {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
            try {
                Path file = dir.resolve(systemId);
                return new LocalSchema(
                        systemId,
                        Files.exists(file)
                                ? Files.newInputStream(file)
                                : new java.io.ByteArrayInputStream(
                                        ("<schema xmlns=\"" + XSD + "\" targetNamespace=\"" + namespace + "\"/>")
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Source source = new StreamSource(
                new StringReader(Files.readString(dir.resolve(name))),
                dir.resolve(name).toUri().toString());
        return factory.newSchema(Stream.of(source).toArray(Source[]::new));
    }
}
