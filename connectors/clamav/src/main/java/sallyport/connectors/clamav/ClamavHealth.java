package sallyport.connectors.clamav;

import sallyport.connectors.wire.CallHealth;

/** The scanner, as the last scan saw it. */
final class ClamavHealth extends CallHealth {

    ClamavHealth() {
        super("clamav");
    }
}
