package sallyport.mappings.police;

import static sallyport.mappings.police.CjseXml.ENDPOINT;
import static sallyport.mappings.police.CjseXml.element;

import org.w3c.dom.Element;
import sallyport.mappings.Rejected;

/** The synchronous answers of CJSE: those we give, and those we get. */
public final class CjseAnswers {

    private CjseAnswers() {}

    /**
     * An answer as it was given to us.
     *
     * @param code one of {@link CjseStatus}, or one that we do not know
     */
    public record SubmitResponse(String requestId, int code, String text) {}

    /**
     * The element {@code SubmitResponseMes} in UTF-8.
     *
     * @param requestId of the request; a request without one is answered with {@code unknown}
     * @param code of {@link CjseStatus}
     * @param text in plain words, naming the element and never its value
     */
    public static byte[] submitResponse(String requestId, int code, String text) {
        return CjseXml.write(xml -> {
            xml.setPrefix("end", ENDPOINT);
            xml.writeStartElement(ENDPOINT, "SubmitResponseMes");
            xml.writeNamespace("end", ENDPOINT);
            element(xml, ENDPOINT, "RequestID", requestId);
            element(xml, ENDPOINT, "ResponseCode", Integer.toString(code));
            element(xml, ENDPOINT, "ResponseText", text);
            xml.writeEndElement();
        });
    }

    /** The answer to a refused message: the nearest code of CJSE, and the place. */
    public static byte[] refusal(String requestId, Rejected rejected) {
        CjseStatus status =
                switch (rejected.code()) {
                    case "disallowed-data-stream-type" -> CjseStatus.DISALLOWED_DATA_STREAM_TYPE;
                    default -> CjseStatus.UNUSABLE_DATA_STREAM;
                };
        return submitResponse(requestId, status.code(), rejected.code() + " at " + rejected.where());
    }

    /**
     * Reads a force's answer to our submit.
     *
     * @param xml the element {@code SubmitResponseMes}, alone or in a SOAP envelope
     * @throws Rejected {@code not-xml}, {@code too-large} or {@code schema-invalid}
     */
    public static SubmitResponse readSubmitResponse(byte[] xml) {
        Element at = CjseXml.parse(xml).getDocumentElement();
        for (int depth = 0; depth < 2 && !CjseXml.is(at, ENDPOINT, "SubmitResponseMes"); depth++) {
            Element inner = null;
            for (Element child : CjseXml.children(at)) {
                if ("Body".equals(child.getLocalName()) || CjseXml.is(child, ENDPOINT, "SubmitResponseMes")) {
                    inner = child;
                }
            }
            if (inner == null) {
                throw new Rejected("schema-invalid", "SubmitResponseMes");
            }
            at = inner;
        }
        CjseXml.validate(at, "");
        Element text = CjseXml.child(at, ENDPOINT, "ResponseText");
        return new SubmitResponse(
                CjseXml.text(at, ENDPOINT, "RequestID"),
                Integer.parseInt(CjseXml.text(at, ENDPOINT, "ResponseCode").strip()),
                text == null ? "" : text.getTextContent());
    }
}
