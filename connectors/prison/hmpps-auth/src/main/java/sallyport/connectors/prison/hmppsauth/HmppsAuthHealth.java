package sallyport.connectors.prison.hmppsauth;

import sallyport.connectors.wire.CallHealth;

/** Whether the last token asked for was given. */
final class HmppsAuthHealth extends CallHealth {

    HmppsAuthHealth() {
        super("hmpps-auth");
    }
}
