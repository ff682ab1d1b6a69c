package sallyport.ledger.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Claim;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.PollClaim;
import sallyport.ledger.WorkClaim;

/**
 * Knows what this node holds, from claim to commit, and renews each lease every third. When the database cannot be reached the
 * leases run out and others take over; the fence keeps this node's late results out.
 */
final class LeaseKeeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private final WorkRows work;
    private final LaneRows lanes;
    private final PollRows polls;
    private final Duration workLease;
    private final Duration laneLease;
    private final Map<Claim, Long> renewedAt = new ConcurrentHashMap<>();

    LeaseKeeper(WorkRows work, LaneRows lanes, PollRows polls, LedgerProperties properties) {
        this.work = work;
        this.lanes = lanes;
        this.polls = polls;
        workLease = properties.workLease();
        laneLease = properties.laneLease();
    }

    void holds(Claim claim) {
        renewedAt.put(claim, System.nanoTime());
    }

    void holdsNoMore(Claim claim) {
        renewedAt.remove(claim);
    }

    int held() {
        return renewedAt.size();
    }

    /** How often {@link #renew} must be called. */
    Duration beat() {
        return (workLease.compareTo(laneLease) < 0 ? workLease : laneLease).dividedBy(6);
    }

    /** Renews what has used up a third of its lease. */
    void renew() {
        var dueWork = new ArrayList<WorkClaim>();
        var dueLanes = new ArrayList<LaneClaim>();
        var duePolls = new ArrayList<PollClaim>();
        long now = System.nanoTime();
        renewedAt.forEach((claim, since) -> {
            long age = now - since;
            if (claim instanceof WorkClaim held && age >= third(workLease)) {
                dueWork.add(held);
            } else if (claim instanceof LaneClaim held && age >= third(laneLease)) {
                dueLanes.add(held);
            } else if (claim instanceof PollClaim held && age >= third(workLease)) {
                duePolls.add(held);
            }
        });
        try {
            renewed(dueWork, work.renew(dueWork, workLease), now);
            renewed(dueLanes, lanes.renew(dueLanes, laneLease), now);
            renewed(duePolls, polls.renew(duePolls, workLease), now);
        } catch (RuntimeException e) {
            log.warn("leases not renewed: {}", Faults.inShort(e));
        }
    }

    /** The others are tried again at the next beat. */
    private void renewed(List<? extends Claim> claims, Set<Long> renewed, long now) {
        claims.stream()
                .filter(claim -> renewed.contains(claim.id()))
                .forEach(claim -> renewedAt.computeIfPresent(claim, (held, since) -> now));
    }

    private static long third(Duration lease) {
        return lease.dividedBy(3).toNanos();
    }
}
