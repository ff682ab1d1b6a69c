package sallyport.connectors.prison.phonereports;

import sallyport.connectors.wire.CallHealth;

/** The mailbox, as the last reading saw it. */
final class PhoneReportsHealth extends CallHealth {

    PhoneReportsHealth() {
        super("phone-reports");
    }
}
