package sallyport.connectors.prison.incidentreporting;

import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/** A report that incident reporting does not know is gone; every other refusal means what it means everywhere. */
final class IncidentReportingFaults {

    private IncidentReportingFaults() {}

    static boolean gone(Answer answer) {
        return HttpFaults.gone(answer);
    }

    static Answer check(Answer answer) {
        return HttpFaults.ofRead(answer);
    }

    static Answer checkList(Answer answer) {
        return HttpFaults.ofList(answer);
    }
}
