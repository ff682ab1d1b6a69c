package sallyport.mappings.police;

import static sallyport.mappings.police.CjseXml.ENDPOINT;
import static sallyport.mappings.police.CjseXml.ENTITIES;
import static sallyport.mappings.police.CjseXml.OPERATIONS;
import static sallyport.mappings.police.CjseXml.element;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

/**
 * A package as a CJSE submit request: {@code RouteData} as text in {@code Message}, and in it the package cut to the profile as base64
 * JSON. An address that does not fit the contract is {@code Rejected("schema-invalid", element)}; nothing else fails.
 */
public final class CjseMapping {

    /** {@code DataStreamType} of what the hub sends. */
    public static final String REFERRAL = "SPReferral";

    /** {@code DataStreamType} of what comes back. */
    public static final String OUTCOME = "SPReferralOutcome";

    static final String CONTENT_TYPE = "application/json";

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private CjseMapping() {}

    /**
     * @param profile of the destination {@code force}
     * @param requestId {@link MessageIds#requestId}
     * @param correlationId {@link MessageIds#correlationId}
     * @param at when the bytes are rendered: once, before the first sending
     * @return the element {@code SubmitRequestMes} in UTF-8, without an XML declaration
     */
    public static byte[] render(
            ReferralPackage pkg,
            DisclosureProfile profile,
            CjseAddress address,
            String requestId,
            String correlationId,
            Instant at) {
        byte[] content = CanonicalJson.write(profile.cut(PackageJson.tree(pkg)));
        byte[] routeData = CjseXml.write(xml -> routeData(xml, pkg, address, requestId, correlationId, at, content));
        CjseXml.validate(
                CjseXml.parseWithin(text(routeData), "Message").getDocumentElement(), "SubmitRequestMes/Message/");
        byte[] request = CjseXml.write(xml -> submitRequest(xml, address, requestId, at, text(routeData)));
        CjseXml.validate(CjseXml.parseWithin(text(request), "/").getDocumentElement(), "");
        return request;
    }

    private static void submitRequest(
            XMLStreamWriter xml, CjseAddress address, String requestId, Instant at, String message)
            throws XMLStreamException {
        xml.setPrefix("end", ENDPOINT);
        xml.writeStartElement(ENDPOINT, "SubmitRequestMes");
        xml.writeNamespace("end", ENDPOINT);
        element(xml, ENDPOINT, "RequestID", requestId);
        element(xml, ENDPOINT, "SourceID", address.sourceId());
        element(xml, ENDPOINT, "DestinationID", address.destinationId());
        element(xml, ENDPOINT, "ExecMode", "ASYNCH");
        element(xml, ENDPOINT, "Timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
        element(xml, ENDPOINT, "Message", message);
        xml.writeEndElement();
    }

    private static void routeData(
            XMLStreamWriter xml,
            ReferralPackage pkg,
            CjseAddress address,
            String requestId,
            String correlationId,
            Instant at,
            byte[] content)
            throws XMLStreamException {
        xml.setPrefix("ops", OPERATIONS);
        xml.setPrefix("ent", ENTITIES);
        xml.writeStartElement(OPERATIONS, "RouteData");
        xml.writeNamespace("ops", OPERATIONS);
        xml.writeNamespace("ent", ENTITIES);
        xml.writeAttribute("VersionNumber", "1.0");
        xml.writeAttribute("RequestResponse", "Request");
        sender(xml, address, correlationId);
        dataStream(xml, pkg, address, requestId, at, content);
        routes(xml, address);
        xml.writeEndElement();
    }

    private static void sender(XMLStreamWriter xml, CjseAddress address, String correlationId)
            throws XMLStreamException {
        xml.writeStartElement(OPERATIONS, "RequestFromSystem");
        xml.writeAttribute("VersionNumber", "1.0");
        element(xml, OPERATIONS, "CorrelationID", correlationId);
        element(xml, OPERATIONS, "SystemID", address.systemId());
        element(xml, OPERATIONS, "OrganizationalUnitID", address.organizationalUnitId());
        element(xml, OPERATIONS, "DataController", address.dataController());
        xml.writeEndElement();
    }

    private static void dataStream(
            XMLStreamWriter xml, ReferralPackage pkg, CjseAddress address, String requestId, Instant at, byte[] content)
            throws XMLStreamException {
        OffsetDateTime london =
                at.truncatedTo(ChronoUnit.SECONDS).atZone(LONDON).toOffsetDateTime();
        xml.writeStartElement(OPERATIONS, "DataStream");
        xml.writeAttribute("VersionNumber", "1.0");
        element(xml, ENTITIES, "System", address.systemId());
        element(xml, ENTITIES, "DataStreamType", REFERRAL);
        element(xml, ENTITIES, "SystemDataStreamID", requestId);
        element(xml, ENTITIES, "Name", "Crime in prison referral, version " + pkg.version());
        element(xml, ENTITIES, "Reference", pkg.caseReference().value());
        element(xml, ENTITIES, "ReferenceType", "SallyportCase");
        element(xml, ENTITIES, "Dated", london.toLocalDate().toString());
        element(xml, ENTITIES, "Timed", DateTimeFormatter.ISO_OFFSET_TIME.format(london));
        element(xml, ENTITIES, "ContentType", CONTENT_TYPE);
        element(xml, ENTITIES, "DataStreamContent", Base64.getEncoder().encodeToString(content));
        xml.writeEndElement();
    }

    private static void routes(XMLStreamWriter xml, CjseAddress address) throws XMLStreamException {
        xml.writeStartElement(OPERATIONS, "Routes");
        xml.writeAttribute("VersionNumber", "1.0");
        xml.writeStartElement(OPERATIONS, "Route");
        xml.writeAttribute("VersionNumber", "1.0");
        element(xml, OPERATIONS, "RouteID", "1");
        element(xml, OPERATIONS, "RouteSourceSystem", address.systemId());
        element(xml, OPERATIONS, "RouteDestinationSystem", address.destinationId());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
