package sallyport.ledger.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import sallyport.ledger.Chore;
import sallyport.ledger.FailurePolicy;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.ReceiptPolicy;

/**
 * This process's part in the ledger: dispatcher, committer, lease keeper and chain writer. Nodes are equal and know nothing of each
 * other; started and stopped by the {@code ledger:} component, after which the interfaces still read and write, but nothing is
 * claimed.
 */
public final class LedgerNode {

    private static final Logger log = LoggerFactory.getLogger(LedgerNode.class);

    private static final String WAITING =
            """
            SELECT 'work' AS what, step AS name, count(*) FILTER (WHERE NOT parked) AS waiting,
                   count(*) FILTER (WHERE parked) AS parked
              FROM (SELECT step, false AS parked FROM work WHERE requested > done AND parked_kind IS NULL
                    UNION ALL
                    SELECT step, true FROM work WHERE parked_kind IS NOT NULL) AS w
             GROUP BY step
            UNION ALL
            SELECT 'lane', l.name,
                   (SELECT count(*) FROM lane_case c
                     WHERE c.lane = l.name AND c.head_item IS NOT NULL AND c.parked_reason IS NULL),
                   (SELECT count(*) FROM lane_case c WHERE c.lane = l.name AND c.parked_reason IS NOT NULL)
              FROM lane l
            UNION ALL
            SELECT 'receipt', lane, count(*) FILTER (WHERE state = 'WARNED'), count(*) FILTER (WHERE state = 'OVERDUE')
              FROM receipt_clock WHERE ended_at IS NULL AND state IN ('WARNED', 'OVERDUE') GROUP BY lane
            """;

    /** A chore that takes long must not keep the leases from being renewed. */
    private static final int HOUSEKEEPERS = 4;

    private final Database database;
    private final LedgerProperties properties;
    private final Policies policies;
    private final LedgerMetrics metrics;
    private final Duties duties;
    private final LeaseKeeper leases;
    private final Committer committer;
    private final Dispatcher dispatcher;
    private final LanePatience patience;
    private final ChainWriter chain;
    private final WorkRequests requests;
    private final PaperWriter paper;
    private final EvidenceWriter evidence;
    private final Tasks tasks;
    private final ReceiptClocks clocks;
    private final BatchWriter writer;
    private final List<Chore> chores = new CopyOnWriteArrayList<>();
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService housekeeping;

    public LedgerNode(
            DataSource dataSource,
            FailurePolicy failurePolicy,
            LanePolicy lanePolicy,
            LedgerProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this(dataSource, failurePolicy, lanePolicy, ReceiptPolicy.NONE, properties, meters, clock);
    }

    public LedgerNode(
            DataSource dataSource,
            FailurePolicy failurePolicy,
            LanePolicy lanePolicy,
            ReceiptPolicy receiptPolicy,
            LedgerProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.properties = properties;
        policies = new Policies(failurePolicy, lanePolicy);
        database = new Database(dataSource);
        metrics = new LedgerMetrics(meters);
        duties = new Duties(database, properties.nodeName());
        var work = new WorkRows(database);
        var lanes = new LaneRows(database);
        var polls = new PollRows(database);
        leases = new LeaseKeeper(work, lanes, polls, properties);
        chain = new ChainWriter(database, duties, metrics);
        requests = new WorkRequests(database);
        paper = new PaperWriter(database);
        evidence = new EvidenceWriter(database, Pseudonyms.of(properties));
        tasks = new Tasks(database);
        clocks = new ReceiptClocks(database, tasks, receiptPolicy, clock);
        chores.add(clocks);
        var promises = new Promises(database, lanePolicy);
        var identity = new IdentityRows(database);
        writer = new BatchWriter(
                work,
                lanes,
                polls,
                new FailedRuns(work, lanes, polls, policies),
                new SourceWriter(database),
                new CaseWriter(database, identity),
                paper,
                promises,
                evidence,
                requests,
                tasks,
                clocks,
                new SourceDays(database, tasks),
                new ManifestRows(database, tasks),
                new PrisonerAlertRows(database),
                new ReportRows(database),
                new DocumentRows(database),
                new IntelligenceRows(database),
                new CaseNoteRows(database),
                new PhotoRows(database),
                new PrisonDocumentRows(database),
                new EstablishmentRows(database),
                new SeriesRows(database),
                new ChargeRows(database),
                new CombinedCases(database, clocks, lanes),
                new OpenedCases(database),
                identity);
        committer = new Committer(database, writer, promises, leases, metrics, properties, this::wakeAfter);
        dispatcher = new Dispatcher(
                work,
                lanes,
                polls,
                new LaneClaims(database, lanePolicy, properties.nodeName(), clock),
                new Bodies(database),
                committer,
                leases,
                lanePolicy,
                metrics,
                properties);
        patience = new LanePatience(database, lanes, dispatcher::families, this::wake);
    }

    private void wake() {
        dispatcher.wake();
    }

    private void wakeAfter(BatchWriter.Written written) {
        if (written.workToDo()) {
            dispatcher.wakeForWork();
        }
        if (written.lanesMoved()) {
            dispatcher.wakeForLanes();
        }
    }

    /** Before the node is started. */
    void does(Collection<Chore> more) {
        chores.addAll(more);
    }

    synchronized void start() {
        if (housekeeping != null) {
            return;
        }
        committer.start();
        dispatcher.start();
        var started = Executors.newScheduledThreadPool(HOUSEKEEPERS, task -> {
            var thread = new Thread(task, "ledger-housekeeping");
            thread.setDaemon(true);
            return thread;
        });
        long beat = leases.beat().toMillis();
        started.scheduleWithFixedDelay(leases::renew, beat, beat, TimeUnit.MILLISECONDS);
        started.scheduleWithFixedDelay(() -> quietly("chain", chain::chain), 500, 500, TimeUnit.MILLISECONDS);
        started.scheduleWithFixedDelay(() -> quietly("metrics", this::sample), 1, 15, TimeUnit.SECONDS);
        started.scheduleWithFixedDelay(() -> quietly("patience", patience::lose), 5, 5, TimeUnit.SECONDS);
        chores.forEach(chore -> started.scheduleWithFixedDelay(
                () -> quietly(chore.name(), chore::run), 1000, chore.every().toMillis(), TimeUnit.MILLISECONDS));
        housekeeping = started;
        log.info("ledger node {} started", properties.nodeName());
    }

    /** Claims nothing more, writes what is finished, and ends. What is still running is left to its lease. */
    synchronized void stop() {
        ScheduledExecutorService ending = housekeeping;
        if (ending == null) {
            return;
        }
        dispatcher.stop();
        committer.stop();
        ending.shutdown();
        try {
            ending.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        housekeeping = null;
        log.info("ledger node {} stopped, {} rows left to their leases", properties.nodeName(), leases.held());
    }

    Database database() {
        return database;
    }

    LedgerProperties properties() {
        return properties;
    }

    Policies policies() {
        return policies;
    }

    LedgerMetrics metrics() {
        return metrics;
    }

    Duties duties() {
        return duties;
    }

    Tasks tasks() {
        return tasks;
    }

    BatchWriter writer() {
        return writer;
    }

    ReceiptClocks clocks() {
        return clocks;
    }

    LeaseKeeper leases() {
        return leases;
    }

    Committer committer() {
        return committer;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    LanePatience patience() {
        return patience;
    }

    ChainWriter chain() {
        return chain;
    }

    WorkRequests requests() {
        return requests;
    }

    PaperWriter paper() {
        return paper;
    }

    EvidenceWriter evidence() {
        return evidence;
    }

    /** Measures what waits; done by itself every 15 s. */
    void sample() {
        List<LedgerMetrics.Waiting> sample = database.sql()
                .query(
                        WAITING,
                        new EmptySqlParameterSource(),
                        (row, n) -> new LedgerMetrics.Waiting(
                                row.getString("what"),
                                row.getString("name"),
                                row.getLong("waiting"),
                                row.getLong("parked")));
        metrics.sampled(sample);
    }

    /** An exception would end the schedule for good; one line says that there is trouble, not one for each try. */
    private void quietly(String what, Runnable task) {
        try {
            task.run();
            if (troubled.remove(what)) {
                log.info("{}: goes on again", what);
            }
        } catch (RuntimeException | Error e) {
            if (!troubled.add(what)) {
                return;
            }
            if (Faults.meaning(e) == Faults.Meaning.ONE_OF_THEM) {
                log.error("{} failed by a defect: {}", what, Faults.trace(e));
            } else {
                log.warn("{} put off: {}", what, Faults.inShort(e));
            }
        }
    }
}
