package sallyport.connectors.police.cjse;

import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.endpoint.UpfrontConduitSelector;
import org.apache.cxf.jaxws.DispatchImpl;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;
import sallyport.mappings.police.CjseAnswers;
import sallyport.mappings.police.CjseAnswers.SubmitResponse;
import sallyport.mappings.police.CjseInbound;

/** One client of the CJSE contract for each force that has the channel, made at the start: no message can choose another. */
final class CjseClients {

    private record Caller(Dispatch<Source> dispatch, OneShotConduit conduit) {}

    private final Map<String, Caller> byForce = new LinkedHashMap<>();

    CjseClients(Forces forces, OneShotHttp http, Bus bus) {
        Bus before = BusFactory.getAndSetThreadDefaultBus(bus);
        try {
            Service service = Service.create(CjseContract.wsdl(), CjseContract.SERVICE);
            for (Force force : forces.all()) {
                force.cjse()
                        .ifPresent(endpoint ->
                                byForce.put(force.code(), caller(service, new OneShotConduit(endpoint.url(), http))));
            }
        } finally {
            BusFactory.setThreadDefaultBus(before);
        }
    }

    private static Caller caller(Service service, OneShotConduit conduit) {
        Dispatch<Source> dispatch = service.createDispatch(CjseContract.PORT, Source.class, Service.Mode.PAYLOAD);
        dispatch.getRequestContext().put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
        dispatch.getRequestContext().put(BindingProvider.SOAPACTION_URI_PROPERTY, CjseContract.SUBMIT_ACTION);
        Client cxf = ((DispatchImpl<Source>) dispatch).getClient();
        UpfrontConduitSelector always = new UpfrontConduitSelector(conduit);
        always.setEndpoint(cxf.getEndpoint());
        cxf.setConduitSelector(always);
        return new Caller(dispatch, conduit);
    }

    /**
     * @throws Rejected when the exchange refuses the message, or the force has no CJSE channel
     * @throws Unavailable when nothing was sent
     * @throws Unknown when no word came whether it was taken
     */
    Accepted submit(Force force, Outbound outbound) {
        Caller caller = byForce.get(force.code());
        if (caller == null) {
            throw new Rejected("unknown-destination", "/destination");
        }
        caller.conduit().takeAnswer();
        try {
            caller.dispatch().invoke(new StreamSource(new ByteArrayInputStream(outbound.bytes())));
        } catch (WebServiceException failed) {
            throw failure(failed, caller.conduit().takeAnswer() != null);
        }
        Answer answer = caller.conduit().takeAnswer();
        if (answer == null) {
            throw CjseFaults.unreadable("no-answer");
        }
        return CjseFaults.of(response(outbound, answer), answer.body());
    }

    private static SubmitResponse response(Outbound outbound, Answer answer) {
        SubmitResponse response;
        try {
            response = CjseAnswers.readSubmitResponse(answer.body());
        } catch (Rejected unreadable) {
            throw CjseFaults.unreadable("unreadable-answer");
        }
        Optional<String> asked = CjseInbound.requestId(outbound.bytes());
        if (asked.isPresent() && !asked.get().equals(response.requestId())) {
            throw CjseFaults.unreadable("answer-to-another-request");
        }
        return response;
    }

    private static RuntimeException failure(WebServiceException failed, boolean answered) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Rejected || cause instanceof Unavailable || cause instanceof Unknown) {
                return (RuntimeException) cause;
            }
        }
        // The cause is left out: a parser's message quotes what it read.
        return answered
                ? CjseFaults.unreadable("unreadable-answer")
                : new IllegalStateException("the message for CJSE could not be put into an envelope");
    }
}
