package sallyport.connectors.police.cjse;

import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps faults silent: CXF logs none, for a parser's message quotes what it read, and a partner hears whose fault it was and
 * nothing of classes or texts of the hub.
 */
final class QuietFaults extends AbstractPhaseInterceptor<Message> implements FaultListener {

    private static final Logger log = LoggerFactory.getLogger(QuietFaults.class);

    /** In the CXF exchange once the route has begun: what fails before is the caller's doing, whatever CXF calls it. */
    static final String ARRIVED = QuietFaults.class.getName() + ".arrived";

    QuietFaults() {
        super(Phase.PRE_STREAM);
    }

    @Override
    public boolean faultOccurred(Exception exception, String description, Message message) {
        return false;
    }

    @Override
    public void handleMessage(Message message) {
        if (message.getContent(Exception.class) instanceof Fault fault) {
            boolean arrived = Boolean.TRUE.equals(message.getExchange().get(ARRIVED));
            fault.setFaultCode(arrived ? Fault.FAULT_CODE_SERVER : Fault.FAULT_CODE_CLIENT);
            fault.setMessage(arrived ? "not stored, send again" : "not a SOAP 1.1 message with a SubmitRequestMes");
            fault.setDetail(null);
            log.warn("cjse: a call was answered with a fault ({})", arrived ? "nothing stored" : "not of the contract");
        }
    }
}
