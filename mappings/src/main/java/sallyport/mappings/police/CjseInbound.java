package sallyport.mappings.police;

import static sallyport.mappings.police.CjseXml.ENDPOINT;
import static sallyport.mappings.police.CjseXml.ENTITIES;
import static sallyport.mappings.police.CjseXml.OPERATIONS;

import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import sallyport.mappings.Rejected;
import sallyport.mappings.outcome.OutcomeMessage;

/**
 * What a force submits to us: an outcome, or its answer to a package. Whatever breaks the contract is {@link Rejected} with the path of
 * the element.
 */
public sealed interface CjseInbound permits CjseOutcome, RouteDataResponse {

    String requestId();

    String correlationId();

    /**
     * @param xml a SOAP envelope, its body, or the element {@code SubmitRequestMes} alone; at most 1 MB
     * @throws Rejected {@code too-large}, {@code not-xml}, {@code schema-invalid}, {@code unexpected-message},
     *     {@code disallowed-data-stream-type}, {@code unusable-data-stream}, and those of {@link OutcomeMessage#read}
     */
    static CjseInbound read(byte[] xml) {
        Element request = request(CjseXml.parse(xml));
        if (request == null) {
            throw new Rejected("schema-invalid", "SubmitRequestMes");
        }
        CjseXml.validate(request, "");
        String requestId = CjseXml.text(request, ENDPOINT, "RequestID");
        String where = "SubmitRequestMes/Message";
        Element message = CjseXml.parseWithin(CjseXml.text(request, ENDPOINT, "Message"), where)
                .getDocumentElement();
        boolean answer = CjseXml.is(message, OPERATIONS, "RouteDataResp");
        if (!answer && !CjseXml.is(message, OPERATIONS, "RouteData")) {
            throw new Rejected("unexpected-message", where);
        }
        CjseXml.validate(message, where + "/");
        return answer ? response(requestId, message) : outcome(requestId, message, where + "/RouteData");
    }

    /**
     * The RequestID, for an acknowledgement of something that cannot be read further; empty if there is none to be found.
     *
     * @param xml as for {@link #read}
     */
    static Optional<String> requestId(byte[] xml) {
        try {
            Element request = request(CjseXml.parse(xml));
            Element id = request == null ? null : CjseXml.child(request, ENDPOINT, "RequestID");
            return Optional.ofNullable(id).map(Element::getTextContent).filter(text -> text.matches("\\S{1,200}"));
        } catch (Rejected e) {
            return Optional.empty();
        }
    }

    private static @Nullable Element request(Document document) {
        Element at = document.getDocumentElement();
        // Envelope, Body, request.
        for (int depth = 0; depth < 3 && at != null; depth++) {
            if (CjseXml.is(at, ENDPOINT, "SubmitRequestMes")) {
                return at;
            }
            at = next(at);
        }
        return null;
    }

    private static @Nullable Element next(Element at) {
        for (Element child : CjseXml.children(at)) {
            if ("Body".equals(child.getLocalName()) || CjseXml.is(child, ENDPOINT, "SubmitRequestMes")) {
                return child;
            }
        }
        return null;
    }

    private static RouteDataResponse response(String requestId, Element message) {
        String correlationId = CjseXml.text(required(message, "ResponseToSystem"), OPERATIONS, "CorrelationID");
        RouteDataResponse first = null;
        for (Element child : CjseXml.children(message)) {
            if (CjseXml.is(child, OPERATIONS, "OperationStatus")) {
                RouteDataResponse status = new RouteDataResponse(
                        requestId,
                        correlationId,
                        Integer.parseInt(CjseXml.text(child, OPERATIONS, "Code").strip()),
                        CjseXml.text(child, OPERATIONS, "StatusClass"));
                if (!status.delivered()) {
                    return status;
                }
                first = first == null ? status : first;
            }
        }
        if (first == null) {
            throw new Rejected("schema-invalid", "RouteDataResp/OperationStatus");
        }
        return first;
    }

    private static CjseOutcome outcome(String requestId, Element message, String where) {
        String correlationId = CjseXml.text(required(message, "RequestFromSystem"), OPERATIONS, "CorrelationID");
        Element stream = required(message, "DataStream");
        if (!CjseMapping.OUTCOME.equals(CjseXml.text(stream, ENTITIES, "DataStreamType"))) {
            throw new Rejected("disallowed-data-stream-type", where + "/DataStream/DataStreamType");
        }
        byte[] json;
        try {
            json = Base64.getMimeDecoder().decode(CjseXml.text(stream, ENTITIES, "DataStreamContent"));
        } catch (IllegalArgumentException e) {
            throw new Rejected("unusable-data-stream", where + "/DataStream/DataStreamContent");
        }
        return new CjseOutcome(requestId, correlationId, OutcomeMessage.read(json));
    }

    private static Element required(Element parent, String name) {
        Element child = CjseXml.child(parent, OPERATIONS, name);
        if (child == null) {
            throw new Rejected("schema-invalid", parent.getLocalName() + "/" + name);
        }
        return child;
    }
}
