package sallyport.connectors.prison.prisoneralerts;

import sallyport.connectors.wire.CallHealth;

/** Whether prisoner alerts answered the last call. */
final class PrisonerAlertsHealth extends CallHealth {

    PrisonerAlertsHealth() {
        super("prisoner-alerts");
    }
}
