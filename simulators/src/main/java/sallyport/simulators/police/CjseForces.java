package sallyport.simulators.police;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Source;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.configuration.jsse.TLSServerParameters;
import org.apache.cxf.configuration.security.ClientAuthentication;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.Headers;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.w3c.dom.Element;
import sallyport.simulators.journal.Json;
import sallyport.simulators.police.Delivery.Result;
import sallyport.simulators.rest.Requests;
import sallyport.simulators.tls.Certificates;

/**
 * The forces' side of the exchange: {@code submit} over SOAP with mutual TLS at {@code /cjse/{force}}. Each remembers the
 * RequestIDs it has had, through restarts, and answers 302 to one that comes again.
 */
public final class CjseForces implements AutoCloseable {

    static final int SUCCESS = 1;
    static final int PREVIOUSLY_SENT = 302;
    private static final int WRONG_DESTINATION = 305;
    private static final int INVALID_ID = 306;
    private static final int MODE_ERROR = 307;
    private static final int UNUSABLE_DATA_STREAM = 1310;
    private static final int DISALLOWED_DATA_STREAM_TYPE = 1359;
    private static final String PACKAGE = "SPReferral";
    private static final Duration SLOW = Duration.ofSeconds(8);

    private final Deliveries deliveries;
    private final Predicate<String> knownIncident;
    private final Requests requests;
    private final Clock clock;
    private final Forces forces;
    private final boolean troubles;
    private final Set<String> seen = new HashSet<>();
    private final Bus bus;
    private final List<EndpointImpl> endpoints = new ArrayList<>();

    public CjseForces(
            int port,
            Certificates certificates,
            Forces forces,
            Deliveries deliveries,
            Predicate<String> knownIncident,
            Requests requests,
            Clock clock,
            boolean troubles) {
        this.deliveries = deliveries;
        this.knownIncident = knownIncident;
        this.requests = requests;
        this.clock = clock;
        this.forces = forces;
        this.troubles = troubles;
        deliveries.all().stream()
                .filter(delivery -> delivery.channel().equals(Force.CJSE) && delivery.accepted())
                .forEach(delivery -> seen.add(delivery.force() + "/" + delivery.messageId()));
        this.bus = BusFactory.newInstance().createBus();
        secure(port, certificates);
        for (Force force : forces.all()) {
            if (force.hasCjse()) {
                publish(port, force);
            }
        }
    }

    private void secure(int port, Certificates certificates) {
        TLSServerParameters tls = new TLSServerParameters();
        tls.setKeyManagers(certificates.keyManagers("server"));
        tls.setTrustManagers(certificates.trustManagers());
        ClientAuthentication demanded = new ClientAuthentication();
        demanded.setWant(true);
        demanded.setRequired(true);
        tls.setClientAuthentication(demanded);
        try {
            bus.getExtension(JettyHTTPServerEngineFactory.class).setTLSServerParametersForPort("127.0.0.1", port, tls);
        } catch (Exception e) {
            throw new IllegalStateException("cannot open the exchange on port " + port, e);
        }
    }

    private void publish(int port, Force force) {
        EndpointImpl endpoint = new EndpointImpl(bus, new Desk(this, force));
        endpoint.getInInterceptors().add(new ArrivedBytes());
        endpoint.publish("https://127.0.0.1:" + port + "/cjse/" + force.code());
        endpoints.add(endpoint);
    }

    @Override
    public void close() {
        endpoints.forEach(EndpointImpl::stop);
        bus.shutdown(true);
    }

    /** Takes what arrives for one force. */
    @WebServiceProvider(
            targetNamespace = "http://schemas.cjse.gov.uk/endpoint/wsdl/",
            serviceName = "CJSEService",
            portName = "Delivery")
    @ServiceMode(Service.Mode.PAYLOAD)
    public static final class Desk implements Provider<Source> {

        private final CjseForces exchange;
        private final Force force;

        Desk(CjseForces exchange, Force force) {
            this.exchange = exchange;
            this.force = force;
        }

        @Override
        public Source invoke(Source request) {
            Message message = PhaseInterceptorChain.getCurrentMessage();
            exchange.requests.headers(Headers.getSetProtocolHeaders(message).keySet());
            return exchange.receive(force, text(request), ArrivedBytes.of(message));
        }
    }

    private Source receive(Force force, String payload, byte[] arrived) {
        Submission submission = Submission.read(payload);
        Verdict verdict = judge(force, submission);
        Contents contents = Contents.of(submission.content(), submission.json(), knownIncident);
        deliveries.add(new Delivery(
                clock.instant(),
                force.code(),
                Force.CJSE,
                submission.requestId(),
                null,
                contents.caseReference(),
                contents.version(),
                contents.incident(),
                Contents.sha256(arrived),
                submission.content().length == 0 ? null : Contents.sha256(submission.content()),
                submission.sender(),
                submission.correlationId(),
                verdict.result(),
                verdict.code()));
        requests.count("cjse", "POST", verdict.code());
        if (troubles && force.equals(forces.slow())) {
            linger();
        }
        return answer(submission.requestId(), verdict);
    }

    private record Verdict(Result result, int code, String text) {}

    private Verdict judge(Force force, Submission submission) {
        int problem = submission.problem(force.system());
        if (problem != SUCCESS) {
            return new Verdict(Result.REFUSED, problem, "refused");
        }
        synchronized (seen) {
            return seen.add(force.code() + "/" + submission.requestId())
                    ? new Verdict(Result.ACCEPTED, SUCCESS, "Success")
                    : new Verdict(Result.DUPLICATE, PREVIOUSLY_SENT, "PreviouslySent");
        }
    }

    private static Source answer(String requestId, Verdict verdict) {
        String xml = "<t:SubmitResponseMes xmlns:t=\"" + Xml.TYPES + "\"><t:RequestID>"
                + Xml.escaped(requestId.isBlank() ? "unknown" : requestId) + "</t:RequestID><t:ResponseCode>"
                + verdict.code() + "</t:ResponseCode><t:ResponseText>" + verdict.text()
                + "</t:ResponseText></t:SubmitResponseMes>";
        return new StreamSource(new StringReader(xml));
    }

    private static void linger() {
        try {
            Thread.sleep(SLOW.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Source source) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter writer = new StringWriter();
            transformer.transform(source, new StreamResult(writer));
            return writer.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is read out of a {@code SubmitRequestMes}; what is not there is empty. */
    private record Submission(
            String requestId,
            String execMode,
            List<String> destinations,
            boolean whole,
            String correlationId,
            String sender,
            String streamType,
            byte[] content,
            JsonNode json) {

        static Submission read(String payload) {
            Element root = Xml.parse(payload)
                    .filter(element -> Xml.is(element, Xml.TYPES, "SubmitRequestMes"))
                    .orElse(null);
            if (root == null) {
                return new Submission("", "", List.of(), false, "", "", "", new byte[0], Json.object());
            }
            Element route = Xml.parse(Xml.text(root, "Message"))
                    .filter(element -> Xml.is(element, Xml.OPERATIONS, "RouteData"))
                    .orElse(null);
            Element from =
                    route == null ? null : Xml.child(route, "RequestFromSystem").orElse(null);
            Element stream =
                    route == null ? null : Xml.child(route, "DataStream").orElse(null);
            byte[] content = stream == null ? new byte[0] : decoded(Xml.text(stream, "DataStreamContent"));
            return new Submission(
                    Xml.text(root, "RequestID"),
                    Xml.text(root, "ExecMode"),
                    destinations(root),
                    !Xml.text(root, "SourceID").isEmpty()
                            && !Xml.text(root, "Timestamp").isEmpty()
                            && route != null
                            && Xml.child(route, "Routes").isPresent(),
                    from == null ? "" : Xml.text(from, "CorrelationID"),
                    from == null ? "" : Xml.text(from, "SystemID"),
                    stream == null ? "" : Xml.text(stream, "DataStreamType"),
                    content,
                    json(content));
        }

        private static List<String> destinations(Element root) {
            List<String> destinations = new ArrayList<>();
            var nodes = root.getElementsByTagNameNS(Xml.TYPES, "DestinationID");
            for (int i = 0; i < nodes.getLength(); i++) {
                destinations.add(nodes.item(i).getTextContent());
            }
            return destinations;
        }

        private static byte[] decoded(String base64) {
            try {
                return Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }

        private static JsonNode json(byte[] content) {
            try {
                return content.length == 0 ? Json.object() : Json.read(content);
            } catch (UncheckedIOException e) {
                return Json.object();
            }
        }

        int problem(String system) {
            if (!requestId.matches("\\S+") || !correlationId.matches("\\S{1,50}")) {
                return INVALID_ID;
            }
            if (!List.of("ASYNCH", "SYNCH", "ROUTE").contains(execMode)) {
                return MODE_ERROR;
            }
            if (!destinations.contains(system)) {
                return WRONG_DESTINATION;
            }
            if (!streamType.equals(PACKAGE)) {
                return DISALLOWED_DATA_STREAM_TYPE;
            }
            return whole && !json.isEmpty() ? SUCCESS : UNUSABLE_DATA_STREAM;
        }
    }
}
