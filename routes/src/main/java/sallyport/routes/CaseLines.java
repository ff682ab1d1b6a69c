package sallyport.routes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.ReferralCase;

/** One line per case as it moves, for whoever watches the hub run. */
public final class CaseLines {

    private static final Logger LOG = LoggerFactory.getLogger("sallyport.case");

    private CaseLines() {}

    /** @param what says what happened, without personal data */
    public static void moved(ReferralCase moved, String what) {
        LOG.info("case {} prison {} force {}: {}", moved.reference(), moved.prison(), moved.force(), what);
    }
}
