package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import sallyport.ledger.desk.Commands;
import sallyport.ledger.desk.Scope;
import sallyport.ledger.replay.Replay;
import sallyport.ledger.replay.ReplayDesk;
import sallyport.ledger.replay.ReplayFilter;
import sallyport.ledger.replay.ReplayItem;
import sallyport.ledger.replay.ReplayProperties;
import sallyport.ledger.replay.ReplayRunner;
import sallyport.ledger.replay.Replays;
import sallyport.ledger.replay.Verdict;

/** Lanes, and people who have things sent again. */
final class ReplayStage implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(60);
    static final String WHY = "the force lost its morning";

    final LaneStage lanes;
    final Replays replays;
    final ReplayDesk desk;
    /** By message id: what today's mapping makes of it, where that is not what was sent. */
    final Map<String, byte[]> today = new ConcurrentHashMap<>();

    /** By message id: what the shadow was sent, and what it answers. */
    final Queue<String> shadowed = new ConcurrentLinkedQueue<>();

    final Map<String, String> shadowAnswers = new ConcurrentHashMap<>();

    private final ReplayProperties properties;

    ReplayStage(int cases) {
        this(cases, ReplayProperties.defaults());
    }

    ReplayStage(int cases, ReplayProperties properties) {
        this.properties = properties;
        lanes = new LaneStage(cases);
        var transactions = new DataSourceTransactionManager(lanes.ledger.dataSource());
        replays = new Replays(lanes.ledger.dataSource(), transactions, properties);
        desk = new ReplayDesk(
                lanes.ledger.dataSource(),
                transactions,
                () -> sent -> Optional.of(today.getOrDefault(sent.messageId(), sent.bytes())));
    }

    /** Of a node; the test runs it. */
    ReplayRunner runner(LedgerNode node) {
        return new ReplayRunner(
                lanes.ledger.dataSource(),
                node::duties,
                () -> lanes.policy,
                () -> sent -> Optional.of(today.getOrDefault(sent.messageId(), sent.bytes())),
                properties,
                () -> (lane, messageId, contentType, bytes) -> {
                    shadowed.add(lane + " " + messageId + " " + new String(bytes));
                    return shadowAnswers.getOrDefault(messageId, "accepted");
                },
                () -> node.dispatcher().wake());
    }

    static ReplayFilter lane(String lane) {
        return new ReplayFilter(lane, null, null, null, null, ReplayFilter.Standing.ANY, false);
    }

    long ask(ReplayFilter filter, double rate) {
        return replays.ask(filter, rate, "asker", WHY, Scope.everything());
    }

    /** A job as it is when its plan is made. */
    long planned(ReplayFilter filter, double rate) {
        long id = ask(filter, rate);
        plan(id);
        return id;
    }

    void plan(long id) {
        var runner = runner(lanes.writer);
        await().atMost(SOON).until(() -> {
            runner.step();
            return replay(id).state() != Replay.State.PLANNING;
        });
        // Another node's turn begins without waiting for the lease.
        lanes.ledger.jdbc.update("UPDATE duty SET until = now() WHERE name = 'replay'");
    }

    void start(long id) {
        assertThat(replays.start(id, false, "second", WHY, Scope.everything())).isInstanceOf(Commands.Asked.class);
    }

    Replay replay(long id) {
        return desk.replay(id, Scope.everything(), "anybody").orElseThrow();
    }

    List<ReplayItem> items(long id) {
        return desk.items(id, null, null, Scope.everything(), "anybody", 0, 100_000)
                .items();
    }

    Map<String, Verdict> verdicts(long id) {
        return items(id).stream().collect(Collectors.toMap(ReplayItem::messageId, ReplayItem::verdict));
    }

    ReplayItem item(long id, String messageId) {
        return items(id).stream()
                .filter(item -> item.messageId().equals(messageId))
                .findFirst()
                .orElseThrow();
    }

    /** Runs the chores of this node until the job is over. */
    void runUntilOver(long id, LedgerNode node) {
        runUntil(node, () -> replay(id).state().isOver() && atRest(id));
    }

    void runUntil(LedgerNode node, java.util.concurrent.Callable<Boolean> condition) {
        var runner = runner(node);
        var chores = Executors.newSingleThreadScheduledExecutor();
        try {
            chores.scheduleWithFixedDelay(runner::run, 0, runner.every().toMillis(), TimeUnit.MILLISECONDS);
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(condition);
        } finally {
            // A turn lasts as long as there is work: it is cut short, as a stop does.
            chores.shutdownNow();
            await().atMost(SOON).until(chores::isTerminated);
        }
    }

    private boolean atRest(long id) {
        return lanes.ledger.count("SELECT count(*) FROM replay WHERE id = ? AND at_work", id) == 0;
    }

    @Override
    public void close() {
        lanes.close();
    }
}
