package sallyport.ledger.engine;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Claim;
import sallyport.ledger.Failure;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.PollClaim;
import sallyport.ledger.Step;
import sallyport.ledger.WorkClaim;

/**
 * Claims for all started routes of this node, and never more than can start at once: one thread looks for work, one for lanes, one
 * for polls, so that loading what a step needs keeps no effect waiting. Each looks when something of this node's own made rows
 * claimable, and else every {@code poll}, slowing to {@code idlePoll} when there is nothing for a while; and never again before
 * {@link #BREATH} is over, so that under load one claim brings many. When the database is away it says so once and keeps looking.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** More finished than this and not written: the database is the bottleneck, claiming would only pile up. */
    private static final int MOST_UNWRITTEN = 1000;

    private static final Duration IDLE_AFTER = Duration.ofSeconds(5);

    /** From one look that found something to the next. */
    private static final Duration BREATH = Duration.ofMillis(10);

    private final WorkRows work;
    private final LaneRows lanes;
    private final PollRows polls;
    private final LaneClaims laneClaims;
    private final Bodies bodies;
    private final Committer committer;
    private final LeaseKeeper leases;
    private final LanePolicy policy;
    private final LedgerMetrics metrics;
    private final LedgerProperties properties;
    private final List<Taker> takers = new CopyOnWriteArrayList<>();
    private final Look forWork = new Look("work", this::claimWork);
    private final Look forLanes = new Look("lanes", this::claimLanes);
    private final Look forPolls = new Look("polls", this::claimPolls);
    private final List<Look> looks = List.of(forWork, forLanes, forPolls);
    private volatile Supplier<Passage> gate = () -> Passage.ALL;
    private volatile boolean stopping;
    private int turn;

    Dispatcher(
            WorkRows work,
            LaneRows lanes,
            PollRows polls,
            LaneClaims laneClaims,
            Bodies bodies,
            Committer committer,
            LeaseKeeper leases,
            LanePolicy policy,
            LedgerMetrics metrics,
            LedgerProperties properties) {
        this.work = work;
        this.lanes = lanes;
        this.polls = polls;
        this.laneClaims = laneClaims;
        this.bodies = bodies;
        this.committer = committer;
        this.leases = leases;
        this.policy = policy;
        this.metrics = metrics;
        this.properties = properties;
    }

    /** Who says what may leave; asked before every claim. */
    void gatedBy(Supplier<Passage> passage) {
        gate = passage;
    }

    void start() {
        stopping = false;
        looks.forEach(Look::start);
    }

    void stop() {
        stopping = true;
        wake();
        looks.forEach(Look::join);
    }

    /** There may be something to claim. However often it is called, one look of each kind follows. */
    void wake() {
        looks.forEach(Look::wake);
    }

    void wakeForWork() {
        forWork.wake();
    }

    void wakeForLanes() {
        forLanes.wake();
    }

    /** There is room for more of this. */
    void wakeFor(LedgerPath path) {
        if (path instanceof LedgerPath.Work) {
            forWork.wake();
        } else if (path instanceof LedgerPath.Lanes) {
            forLanes.wake();
        } else {
            forPolls.wake();
        }
    }

    void add(Taker taker) {
        takers.add(taker);
        wake();
    }

    /** Families of lanes that a route of this node takes from now; none while the gate is shut. */
    Set<LaneFamily> families() {
        Set<LaneFamily> families = EnumSet.noneOf(LaneFamily.class);
        if (gate.get() != Passage.ALL) {
            return families;
        }
        for (Taker taker : takers) {
            if (taker.path() instanceof LedgerPath.Lanes path && taker.takes()) {
                families.add(path.family());
            }
        }
        return families;
    }

    void remove(Taker taker) {
        takers.remove(taker);
    }

    /** One kind of thing to look for, in a thread of its own. */
    private final class Look {

        private final String kind;
        private final IntSupplier claim;
        private final ArrayBlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
        private @Nullable Thread thread;
        private boolean troubled;

        Look(String kind, IntSupplier claim) {
            this.kind = kind;
            this.claim = claim;
        }

        void start() {
            Thread started = new Thread(this::run, "ledger-dispatcher-" + kind);
            started.setDaemon(true);
            thread = started;
            started.start();
        }

        void wake() {
            bell.offer(true);
        }

        void join() {
            Thread ending = thread;
            if (ending != null) {
                try {
                    ending.join(10_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                thread = null;
            }
        }

        private void run() {
            long lastFound = System.nanoTime();
            while (!stopping) {
                long began = System.nanoTime();
                boolean found = once() > 0;
                if (found) {
                    lastFound = System.nanoTime();
                }
                boolean idle = System.nanoTime() - lastFound > IDLE_AFTER.toNanos();
                try {
                    Duration pause = idle || troubled ? properties.idlePoll() : properties.poll();
                    bell.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
                    if (found) {
                        TimeUnit.NANOSECONDS.sleep(began + BREATH.toNanos() - System.nanoTime());
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        /** Returns how many rows were claimed. Trouble is said once, not at every look. */
        private int once() {
            if (committer.backlog() > MOST_UNWRITTEN) {
                return 0;
            }
            try {
                int claimed = claim.getAsInt();
                troubled = false;
                return claimed;
            } catch (RuntimeException e) {
                if (!troubled) {
                    log.warn("{} cannot be claimed for now: {}", kind, Faults.inShort(e));
                }
            } catch (Error e) {
                // The thread must live: without it this node stands still while it looks well.
                log.error("a look for {} failed: {}", kind, Faults.trace(e));
            }
            troubled = true;
            return 0;
        }
    }

    private int claimWork() {
        Map<Step, Taker> byStep = new EnumMap<>(Step.class);
        Map<Step, Integer> permits = new EnumMap<>(Step.class);
        for (Taker taker : takers) {
            int free = taker.free();
            if (free > 0 && taker.path() instanceof LedgerPath.Work path) {
                byStep.put(path.step(), taker);
                permits.put(path.step(), free);
            }
        }
        if (permits.isEmpty()) {
            return 0;
        }
        List<WorkClaim> claims = work.claim(permits, properties.workLease());
        try (Hand hand = new Hand(claims)) {
            Map<Step, List<WorkClaim>> claimed = new EnumMap<>(Step.class);
            claims.forEach(claim -> claimed.computeIfAbsent(claim.step(), step -> new ArrayList<>())
                    .add(claim));
            RuntimeException trouble = null;
            for (var each : byStep.entrySet()) {
                List<WorkClaim> theirs = claimed.getOrDefault(each.getKey(), List.of());
                each.getValue().hungry(theirs.size() >= permits.getOrDefault(each.getKey(), 0));
                try {
                    startWork(each.getKey(), theirs, each.getValue(), hand);
                } catch (RuntimeException e) {
                    // What one step cannot load must not keep the others from what they can.
                    trouble = trouble == null ? e : trouble;
                }
            }
            if (trouble != null) {
                throw trouble;
            }
        }
        return claims.size();
    }

    private void startWork(Step step, List<WorkClaim> claims, Taker taker, Hand hand) {
        if (claims.isEmpty()) {
            return;
        }
        Map<String, ?> loaded;
        try {
            loaded = bodies.load(step, claims.stream().map(WorkClaim::key).toList());
        } catch (RuntimeException e) {
            if (claims.size() > 1 && Faults.meaning(e) == Faults.Meaning.ONE_OF_THEM) {
                claims.forEach(claim -> startWork(step, List.of(claim), taker, hand));
            } else {
                notLoaded(claims, e, hand);
            }
            return;
        }
        for (WorkClaim claim : claims) {
            Object body = loaded.get(claim.key());
            if (body == null) {
                hand.ends(
                        claim,
                        new Failure(
                                Failure.Kind.DEFECT,
                                "nothing-there",
                                null,
                                "step " + step.path() + " was asked for something the ledger does not hold",
                                null));
            } else {
                hand.starts(claim, body, taker);
            }
        }
    }

    private static void notLoaded(List<WorkClaim> claims, RuntimeException reason, Hand hand) {
        if (Faults.meaning(reason) != Faults.Meaning.ONE_OF_THEM) {
            throw reason;
        }
        log.error("a step's row cannot be read: {}", Faults.trace(reason));
        claims.forEach(claim ->
                hand.ends(claim, new Failure(Failure.Kind.DEFECT, "not-readable", null, Faults.detail(reason), null)));
    }

    private int claimLanes() {
        Passage passage = gate.get();
        if (passage == Passage.NOTHING) {
            return 0;
        }
        Map<LaneFamily, Taker> byFamily = new EnumMap<>(LaneFamily.class);
        for (Taker taker : takers) {
            if (taker.path() instanceof LedgerPath.Lanes path && taker.free() > 0) {
                byFamily.put(path.family(), taker);
            }
        }
        if (byFamily.isEmpty()) {
            return 0;
        }
        Map<LaneFamily, Map<Outlet, Integer>> wanted = wanted(byFamily, passage);
        if (wanted.isEmpty()) {
            return 0;
        }
        turn++;
        Map<LaneFamily, Integer> given = new EnumMap<>(LaneFamily.class);
        Map<Outlet, Integer> permits = new TreeMap<>();
        wanted.forEach((family, theirs) -> {
            Taker taker = byFamily.get(family);
            int free = taker == null ? 0 : taker.free();
            Map<Outlet, Integer> shares = Shares.divide(free, theirs, turn);
            permits.putAll(shares);
            given.put(
                    family, shares.values().stream().mapToInt(Integer::intValue).sum());
        });
        if (permits.isEmpty()) {
            return 0;
        }
        LaneClaims.Claimed claimed = laneClaims.claim(permits, properties.laneLease(), passage);
        try (Hand hand = new Hand(claimed.toSend())) {
            metrics.parkedAtClaim(claimed.parked());
            Map<LaneFamily, Integer> got =
                    claimed.toSend().stream().collect(toMap(LaneClaim::family, claim -> 1, Integer::sum));
            byFamily.forEach((family, taker) -> taker.hungry(
                    given.getOrDefault(family, 0) > 0 && got.getOrDefault(family, 0) >= given.getOrDefault(family, 0)));
            for (LaneClaim claim : claimed.toSend()) {
                hand.starts(claim, claim, byFamily.get(claim.family()));
            }
        }
        return claimed.toSend().size() + claimed.parked();
    }

    /** What may begin in each outlet that has something due: what its lane, and its channel, have room for. */
    private Map<LaneFamily, Map<Outlet, Integer>> wanted(Map<LaneFamily, Taker> byFamily, Passage passage) {
        Map<LaneFamily, Map<Outlet, Integer>> wanted = new EnumMap<>(LaneFamily.class);
        Map<String, Integer> room = new HashMap<>();
        for (LaneClaims.Due due : laneClaims.due(byFamily.keySet(), passage)) {
            Taker taker = byFamily.get(due.family());
            if (taker == null) {
                continue;
            }
            Outlet outlet = due.outlet();
            int inLane = room.computeIfAbsent(outlet.lane(), lane -> policy.concurrency(lane) - taker.underWay(lane));
            int byChannel = policy.permits(outlet.lane(), outlet.channel()) - taker.underWay(outlet);
            int permits = Math.min(inLane, byChannel);
            if (permits > 0) {
                room.put(outlet.lane(), inLane - permits);
                wanted.computeIfAbsent(due.family(), family -> new HashMap<>()).put(outlet, permits);
            }
        }
        return wanted;
    }

    private int claimPolls() {
        Map<String, Taker> bySystem = new HashMap<>();
        Map<String, Integer> permits = new TreeMap<>();
        for (Taker taker : takers) {
            int free = taker.free();
            if (free > 0 && taker.path() instanceof LedgerPath.Polls path) {
                bySystem.put(path.system(), taker);
                permits.put(path.system(), free);
            }
        }
        if (permits.isEmpty()) {
            return 0;
        }
        List<PollClaim> claims = polls.claim(permits, properties.workLease());
        try (Hand hand = new Hand(claims)) {
            for (PollClaim claim : claims) {
                hand.starts(claim, claim, bySystem.get(claim.system()));
            }
        }
        return claims.size();
    }

    /**
     * What one look has claimed. Whatever happens on the way, what was not started or ended is given back when it closes: if it stayed
     * among what this node holds, its lease would be renewed and nobody would ever run it.
     */
    private final class Hand implements AutoCloseable {

        private final Set<Claim> left = Collections.newSetFromMap(new IdentityHashMap<>());

        Hand(List<? extends Claim> claims) {
            left.addAll(claims);
            claims.forEach(leases::holds);
            metrics.claimed(claims.size());
        }

        void starts(Claim claim, Object body, @Nullable Taker taker) {
            if (taker != null && taker.start(claim, body)) {
                left.remove(claim);
            }
        }

        void ends(WorkClaim claim, Failure failure) {
            committer.endsUnbegun(Finished.failed(claim, failure));
            left.remove(claim);
        }

        @Override
        public void close() {
            if (!left.isEmpty()) {
                giveBack(left);
            }
        }
    }

    /** For what was claimed and not started; if even this fails, its lease runs out. */
    void giveBack(Collection<Claim> claims) {
        claims.forEach(leases::holdsNoMore);
        try {
            work.giveBack(of(WorkClaim.class, claims));
            lanes.giveBack(of(LaneClaim.class, claims));
            polls.giveBack(of(PollClaim.class, claims));
        } catch (RuntimeException e) {
            log.warn("{} rows that were not started are left to their leases: {}", claims.size(), Faults.inShort(e));
        }
    }

    private static <C extends Claim> List<C> of(Class<C> kind, Collection<Claim> claims) {
        return claims.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
