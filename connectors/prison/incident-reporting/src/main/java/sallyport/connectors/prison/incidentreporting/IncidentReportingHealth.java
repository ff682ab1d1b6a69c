package sallyport.connectors.prison.incidentreporting;

import sallyport.connectors.wire.CallHealth;

/** Whether incident reporting answered the last call. */
final class IncidentReportingHealth extends CallHealth {

    IncidentReportingHealth() {
        super("incident-reporting");
    }
}
