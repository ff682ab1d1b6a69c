package sallyport.ledger.engine;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import sallyport.ledger.Claim;
import sallyport.ledger.Effects;
import sallyport.ledger.Failure;

/** How the run of one claim ended: with effects to write, or with a failure. Not yet written. */
record Finished(Claim claim, @Nullable Effects effects, @Nullable Failure failure) {

    static Finished done(Claim claim, Effects effects) {
        return new Finished(claim, effects, null);
    }

    static Finished failed(Claim claim, Failure failure) {
        return new Finished(claim, null, failure);
    }

    boolean succeeded() {
        return effects != null;
    }

    Effects what() {
        return requireNonNull(effects);
    }

    Failure why() {
        return requireNonNull(failure);
    }
}
