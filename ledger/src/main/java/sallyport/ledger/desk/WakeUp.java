package sallyport.ledger.desk;

import sallyport.ledger.Step;

/** Told after a commit that there is work of a step on this node's own behalf, so that it need not wait for the next poll. */
@FunctionalInterface
public interface WakeUp {

    void workAskedFor(Step step);
}
