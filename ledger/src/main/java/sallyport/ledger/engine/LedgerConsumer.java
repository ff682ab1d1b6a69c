package sallyport.ledger.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Claim;
import sallyport.ledger.Effects;
import sallyport.ledger.Failure;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.WorkClaim;

/**
 * Runs one exchange for each claim, with no transaction open, and hands what came of it to the committer. Suspending stops
 * claiming at once and lets what is under way finish; stopping waits for it.
 */
final class LedgerConsumer extends DefaultConsumer implements Taker, Suspendable, ShutdownAware {

    private static final Logger log = LoggerFactory.getLogger(LedgerConsumer.class);

    /** A step that reads the ledger found it away: nobody's fault, and gone by the next try. */
    static final String LEDGER_AWAY = "ledger-away";

    /** Routes of feeds are asynchronous: a few threads start them all. */
    private static final int FEED_STARTERS = 2;

    /** So many times what can run at once is claimed of work. */
    private static final int AHEAD = 4;

    private final LedgerNode node;
    private final LedgerPath path;
    private final int concurrency;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, Integer> underWayByLane = new ConcurrentHashMap<>();
    private final Map<Outlet, Integer> underWayByOutlet = new ConcurrentHashMap<>();
    private volatile boolean hungry;
    private @Nullable ExecutorService executor;

    LedgerConsumer(LedgerEndpoint endpoint, Processor processor, LedgerNode node, LedgerPath path, int concurrency) {
        super(endpoint, processor);
        this.node = node;
        this.path = path;
        this.concurrency = concurrency;
    }

    @Override
    public LedgerPath path() {
        return path;
    }

    @Override
    public int free() {
        return isStarted() ? Math.max(0, most() - underWay.get()) : 0;
    }

    /** Of an effect only as many are claimed as start at once; of work some wait here, so that one claim brings many. */
    private int most() {
        return path instanceof LedgerPath.Work ? AHEAD * concurrency : concurrency;
    }

    @Override
    public boolean takes() {
        return isStarted();
    }

    @Override
    public int underWay(String lane) {
        return underWayByLane.getOrDefault(lane, 0);
    }

    @Override
    public int underWay(Outlet outlet) {
        return underWayByOutlet.getOrDefault(outlet, 0);
    }

    @Override
    public void hungry(boolean stillHungry) {
        hungry = stillHungry;
    }

    @Override
    public boolean start(Claim claim, Object body) {
        ExecutorService threads = executor;
        if (!isStarted() || threads == null) {
            return false;
        }
        count(claim, 1);
        node.committer().begins();
        try {
            threads.execute(() -> run(claim, body));
            return true;
        } catch (RejectedExecutionException stopping) {
            count(claim, -1);
            node.committer().neverBegan();
            return false;
        }
    }

    private void run(Claim claim, Object body) {
        if (claim instanceof WorkClaim waited && !isStarted()) {
            // Suspended while it waited its turn.
            count(claim, -1);
            node.committer().neverBegan();
            node.dispatcher().giveBack(List.of(waited));
            return;
        }
        FaultPoint.CLAIMED.reached();
        if (claim instanceof LaneClaim) {
            FaultPoint.SENDING_COMMITTED.reached();
        }
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(body);
        exchange.setProperty(Claim.PROPERTY, claim);
        try {
            getAsyncProcessor().process(exchange, doneSync -> ended(claim, exchange));
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
            ended(claim, exchange);
        }
    }

    private void ended(Claim claim, Exchange exchange) {
        Finished finished;
        try {
            finished = outcome(claim, exchange);
            releaseExchange(exchange, false);
        } catch (RuntimeException e) {
            finished = Finished.failed(claim, defect("the run could not be judged: " + Faults.inShort(e)));
        }
        if (claim instanceof LaneClaim lane) {
            FaultPoint.ANSWERED.reached();
            node.policies().lanes().ended(lane.lane(), lane.channel(), finished.failure());
        } else {
            FaultPoint.STEP_ENDED.reached();
        }
        count(claim, -1);
        node.committer().ends(finished);
        if (hungry) {
            node.dispatcher().wakeFor(path);
        }
    }

    private Finished outcome(Claim claim, Exchange exchange) {
        Throwable thrown = exchange.getException();
        if (thrown != null) {
            Failure failure = node.policies().failures().classify(thrown);
            // Of an effect it cannot be told whether it was carried out before the database went away: that stays a
            // defect.
            if (failure.kind() == Failure.Kind.DEFECT && !(claim instanceof LaneClaim) && Faults.isAway(thrown)) {
                log.warn("route {} could not read the ledger: {}", getRouteId(), Faults.inShort(thrown));
                return Finished.failed(
                        claim, new Failure(Failure.Kind.UNAVAILABLE, LEDGER_AWAY, null, Faults.inShort(thrown), null));
            }
            if (failure.kind() == Failure.Kind.DEFECT) {
                log.error("route {} failed by a defect: {}", getRouteId(), Faults.trace(thrown));
            }
            return Finished.failed(claim, failure);
        }
        if (exchange.getMessage().getBody() instanceof Effects effects) {
            return Finished.done(claim, effects);
        }
        log.error("route {} ended without Effects as its body", getRouteId());
        return Finished.failed(claim, defect("route " + getRouteId() + " ended without Effects as its body"));
    }

    private static Failure defect(String detail) {
        return new Failure(Failure.Kind.DEFECT, "no-effects", null, detail, null);
    }

    private void count(Claim claim, int one) {
        underWay.addAndGet(one);
        if (claim instanceof LaneClaim lane) {
            underWayByLane.merge(lane.lane(), one, LedgerConsumer::sum);
            underWayByOutlet.merge(new Outlet(lane.lane(), lane.channel()), one, LedgerConsumer::sum);
        }
    }

    private static @Nullable Integer sum(Integer before, Integer change) {
        return before + change == 0 ? null : before + change;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        executor = threads();
        node.dispatcher().add(this);
    }

    private ExecutorService threads() {
        boolean asynchronous = path instanceof LedgerPath.Lanes lanes && lanes.family() == LaneFamily.FEED;
        int threads = asynchronous ? Math.min(FEED_STARTERS, concurrency) : concurrency;
        return getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "ledger-" + path.text().replace('/', '-'), threads);
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        node.dispatcher().wake();
    }

    @Override
    protected void doStop() throws Exception {
        node.dispatcher().remove(this);
        ExecutorService ending = executor;
        executor = null;
        if (ending != null) {
            getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .shutdownGraceful(ending, TimeUnit.SECONDS.toMillis(10));
        }
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return underWay.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to do: a suspended consumer claims nothing, and what is under way is counted above.
    }
}
