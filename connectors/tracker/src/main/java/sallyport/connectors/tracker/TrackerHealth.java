package sallyport.connectors.tracker;

import sallyport.connectors.wire.CallHealth;

/** The tracker as the last call saw it. */
final class TrackerHealth extends CallHealth {

    TrackerHealth() {
        super("tracker");
    }
}
