package sallyport.connectors.prison.prisonapi;

import sallyport.connectors.wire.CallHealth;

/** Whether prison-api answered the last call. */
final class PrisonApiHealth extends CallHealth {

    PrisonApiHealth() {
        super("prison-api");
    }
}
