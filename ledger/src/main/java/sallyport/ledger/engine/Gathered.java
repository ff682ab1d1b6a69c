package sallyport.ledger.engine;

import java.time.Duration;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Step;

/**
 * Asks what waits for an incident report to look again because one has come. Each look reads all that may be meant, so while a prison sends
 * many reports it is looked at once for all of them.
 */
final class Gathered {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Gathered() {}

    static RequestWork look(Step step, String key) {
        return new RequestWork(step, key, QUIET, AT_MOST);
    }
}
