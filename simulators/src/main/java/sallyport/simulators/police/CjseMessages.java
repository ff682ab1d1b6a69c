package sallyport.simulators.police;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import sallyport.simulators.journal.Json;

/** What forces on the exchange say to the hub, as SOAP: outcomes in a {@code RouteData}, delivery in a {@code RouteDataResp}. */
final class CjseMessages {

    private CjseMessages() {}

    /** The whole envelope of one {@code submit}. */
    static byte[] submit(Force force, PoliceMessage message, String hubSystem, String correlationId, String at) {
        String inner = message.delivered()
                ? routeDataResp(hubSystem, correlationId)
                : routeData(force, message, hubSystem, at);
        return ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                        + "<t:SubmitRequestMes xmlns:t=\"" + Xml.TYPES + "\">"
                        + "<t:RequestID>" + message.messageId() + "</t:RequestID>"
                        + "<t:SourceID>" + force.system() + "</t:SourceID>"
                        + "<t:DestinationID>" + Xml.escaped(hubSystem) + "</t:DestinationID>"
                        + "<t:ExecMode>ASYNCH</t:ExecMode>"
                        + "<t:Timestamp>" + at + "</t:Timestamp>"
                        + "<t:Message>" + Xml.escaped(inner) + "</t:Message>"
                        + "</t:SubmitRequestMes></s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String routeDataResp(String hubSystem, String correlationId) {
        return "<o:RouteDataResp xmlns:o=\"" + Xml.OPERATIONS + "\" VersionNumber=\"1.0\">"
                + "<o:ResponseToSystem VersionNumber=\"1.0\">"
                + "<o:CorrelationID>" + Xml.escaped(correlationId) + "</o:CorrelationID>"
                + "<o:SystemID>" + Xml.escaped(hubSystem) + "</o:SystemID>"
                + "</o:ResponseToSystem>"
                + "<o:OperationStatus><o:StatusClass>Success</o:StatusClass><o:Code>1</o:Code>"
                + "<o:Description>Delivered</o:Description><o:RouteId>1</o:RouteId></o:OperationStatus>"
                + "</o:RouteDataResp>";
    }

    private static String routeData(Force force, PoliceMessage message, String hubSystem, String at) {
        String content = Base64.getEncoder().encodeToString(Json.bytes(message.outcome(at)));
        return "<o:RouteData xmlns:o=\"" + Xml.OPERATIONS + "\" xmlns:e=\"" + Xml.ENTITIES
                + "\" VersionNumber=\"1.0\" RequestResponse=\"Request\">"
                + "<o:RequestFromSystem VersionNumber=\"1.0\">"
                + "<o:CorrelationID>" + message.messageId() + "</o:CorrelationID>"
                + "<o:SystemID>" + force.system() + "</o:SystemID>"
                + "<o:DataController>" + force.system() + "</o:DataController>"
                + "</o:RequestFromSystem>"
                + "<o:DataStream VersionNumber=\"1.0\">"
                + "<e:System>" + force.system() + "</e:System>"
                + "<e:DataStreamType>SPReferralOutcome</e:DataStreamType>"
                + "<e:SystemDataStreamID>" + message.messageId() + "</e:SystemDataStreamID>"
                + "<e:ContentType>application/json</e:ContentType>"
                + "<e:DataStreamContent>" + content + "</e:DataStreamContent>"
                + "</o:DataStream>"
                + "<o:Routes VersionNumber=\"1.0\"><o:Route VersionNumber=\"1.0\"><o:RouteID>1</o:RouteID>"
                + "<o:RouteSourceSystem>" + force.system() + "</o:RouteSourceSystem>"
                + "<o:RouteDestinationSystem>" + Xml.escaped(hubSystem) + "</o:RouteDestinationSystem>"
                + "</o:Route></o:Routes></o:RouteData>";
    }
}
