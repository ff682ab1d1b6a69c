package sallyport.connectors.alerts.mail;

import sallyport.connectors.wire.CallHealth;

/** The mail server, as the last mail saw it. */
final class MailHealth extends CallHealth {

    MailHealth() {
        super("alerts-mail");
    }
}
