package sallyport.connectors.police.cjse;

import java.util.Map;
import java.util.Optional;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;
import sallyport.mappings.police.CjseAnswers.SubmitResponse;
import sallyport.mappings.police.CjseStatus;

/**
 * What the exchange's answers mean.
 *
 * <table>
 * <tr><td>ResponseCode 1</td><td>accepted; delivery is told later by a RouteDataResp</td></tr>
 * <tr><td>302</td><td>accepted and delivered: the same message came before</td></tr>
 * <tr><td>the other codes of the contract</td><td>{@code Rejected(cjse-NNN)} at the element the code is about</td></tr>
 * <tr><td>a code that is not in the contract</td><td>{@code Unknown}: a person looks; sending again is safe, 302 tells</td></tr>
 * <tr><td>SOAP fault Client, VersionMismatch, MustUnderstand</td><td>{@code Rejected}: the message itself was refused</td></tr>
 * <tr><td>SOAP fault Server or any other</td><td>{@code Unknown}: it failed while it worked on the message</td></tr>
 * <tr><td>HTTP without a fault</td><td>as for every partner: {@link HttpFaults}; a 2xx other than 200 is {@code Unknown}</td></tr>
 * </table>
 */
final class CjseFaults {

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final String REQUEST = "SubmitRequestMes";

    private static final Map<Integer, String> ELEMENTS = Map.ofEntries(
            Map.entry(301, "RequestFromSystem/SystemID"),
            Map.entry(304, "SourceID"),
            Map.entry(305, "DestinationID"),
            // The code stands for RequestID as well; the outer one is the one seen first.
            Map.entry(306, "RequestID"),
            Map.entry(307, "ExecMode"),
            Map.entry(308, "RequestFromSystem/OrganizationalUnitID"),
            Map.entry(309, "DataStream/DataStreamContent"),
            Map.entry(1310, "DataStream"),
            Map.entry(1317, "Routes/RouteSourceSystem"),
            Map.entry(1318, "Routes/RouteDestinationSystem"),
            Map.entry(1321, "Routes/RouteDestinationSystem"),
            Map.entry(1359, "DataStream/DataStreamType"));

    private CjseFaults() {}

    /** Passes what may hold a SubmitResponse. */
    static void ofHttp(Answer answer) {
        if (answer.status() == OK) {
            return;
        }
        if (answer.status() == SERVER_ERROR) {
            Optional<String> fault = SoapFaultReader.code(answer.body());
            if (fault.isPresent()) {
                throw ofFault(fault.get());
            }
        }
        HttpFaults.ofWrite(answer);
        throw new Unknown(
                "http-" + answer.status(), "the exchange answered a submit with something else than 200", null);
    }

    private static RuntimeException ofFault(String code) {
        String kind = code.split("\\.", 2)[0];
        return switch (kind) {
            case "Client" -> new Rejected("soap-fault-client", REQUEST);
            case "VersionMismatch" -> new Rejected("soap-fault-version-mismatch", REQUEST);
            case "MustUnderstand" -> new Rejected("soap-fault-must-understand", REQUEST);
            default -> new Unknown("soap-fault-server", "the exchange failed while it worked on the message", null);
        };
    }

    static Accepted of(SubmitResponse response, byte[] evidence) {
        if (response.code() == CjseStatus.SUCCESS.code()) {
            return new Accepted("1", evidence, false);
        }
        if (response.code() == CjseStatus.PREVIOUSLY_SENT.code()) {
            return new Accepted("302", evidence, true);
        }
        String element = ELEMENTS.get(response.code());
        if (element != null) {
            throw new Rejected("cjse-" + response.code(), element);
        }
        throw new Unknown(
                "cjse-" + response.code(), "the exchange answered with a code that is not in the contract", null);
    }

    /** 200, and no SubmitResponse for this request in it. */
    static Unknown unreadable(String code) {
        return new Unknown(code, "the exchange answered 200 without a SubmitResponse for this request", null);
    }
}
