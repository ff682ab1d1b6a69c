package sallyport.connectors.prison.prisonregister;

import sallyport.connectors.wire.CallHealth;

/** Whether the prison register answered the last call. */
final class PrisonRegisterHealth extends CallHealth {

    PrisonRegisterHealth() {
        super("prison-register");
    }
}
