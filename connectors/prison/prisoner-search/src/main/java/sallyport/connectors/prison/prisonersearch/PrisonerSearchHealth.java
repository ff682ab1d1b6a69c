package sallyport.connectors.prison.prisonersearch;

import sallyport.connectors.wire.CallHealth;

/** Whether prisoner search answered the last call. */
final class PrisonerSearchHealth extends CallHealth {

    PrisonerSearchHealth() {
        super("prisoner-search");
    }
}
