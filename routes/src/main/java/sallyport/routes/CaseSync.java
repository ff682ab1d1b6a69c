package sallyport.routes;

import java.time.Duration;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Step;

/**
 * That the tracker is to be told of a case. What happens to a case in one go (opened, approved, sent, accepted) is one row for the
 * tracker and not four: it is told half a second after the last of it, and after five seconds whatever still happens.
 */
public final class CaseSync {

    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private CaseSync() {}

    public static RequestWork of(String reference) {
        return new RequestWork(Step.CASE_SYNC, reference, QUIET, AT_MOST);
    }
}
