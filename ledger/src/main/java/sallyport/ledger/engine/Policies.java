package sallyport.ledger.engine;

import sallyport.ledger.FailurePolicy;
import sallyport.ledger.LanePolicy;

/** What the application decides: what a failure is, and how destinations are treated. */
record Policies(FailurePolicy failures, LanePolicy lanes) {}
