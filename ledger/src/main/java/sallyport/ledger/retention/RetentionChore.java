package sallyport.ledger.retention;

import java.time.Duration;
import sallyport.ledger.Chore;

/** Looks for what is due, again and again, on every node; one of them erases. */
final class RetentionChore implements Chore {

    private final Purger purger;
    private final Duration every;

    RetentionChore(Purger purger, Duration every) {
        this.purger = purger;
        this.every = every;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run() {
        purger.run();
    }
}
