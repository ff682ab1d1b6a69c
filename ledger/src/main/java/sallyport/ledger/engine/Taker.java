package sallyport.ledger.engine;

import sallyport.ledger.Claim;

/** Somebody who takes claims of one path: a started route. */
interface Taker {

    LedgerPath path();

    /** How many more may start now; 0 while suspended or stopping. */
    int free();

    /** False while suspended or stopping. */
    boolean takes();

    /** How many of this lane are under way. */
    int underWay(String lane);

    /** How many by this channel of a lane. */
    int underWay(Outlet outlet);

    /** Starts the claim's run and returns; false when it was not started after all, so that it can be given back. */
    boolean start(Claim claim, Object body);

    /** Whether the last claim took all that was free, so that there may be more as soon as one ends. */
    void hungry(boolean hungry);
}
