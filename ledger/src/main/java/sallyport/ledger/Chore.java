package sallyport.ledger;

import java.time.Duration;

/**
 * Something the ledger does by itself, again and again, while its node runs. A run that fails is said once, not at every try, and
 * the next one comes all the same. What only one node may do takes turns by {@code Duties}.
 */
public interface Chore {

    /** One or two words for the log. */
    String name();

    /** The pause between the end of one run and the next. */
    Duration every();

    void run();
}
