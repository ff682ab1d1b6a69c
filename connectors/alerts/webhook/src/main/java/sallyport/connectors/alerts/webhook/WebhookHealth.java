package sallyport.connectors.alerts.webhook;

import sallyport.connectors.wire.CallHealth;

/** The service that takes alerts, as the last call saw it. */
final class WebhookHealth extends CallHealth {

    WebhookHealth() {
        super("alerts-webhook");
    }
}
