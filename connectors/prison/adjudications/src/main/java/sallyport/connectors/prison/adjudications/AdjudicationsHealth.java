package sallyport.connectors.prison.adjudications;

import sallyport.connectors.wire.CallHealth;

/** Whether adjudications answered the last call. */
final class AdjudicationsHealth extends CallHealth {

    AdjudicationsHealth() {
        super("adjudications");
    }
}
