package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.replay.Replay;

/** A node is killed in the middle of a replay, twice; another goes on. The partner can neither dedupe nor be asked. */
class ReplayKillIT {

    private static final String LANE = "force:46";
    private static final int ITEMS = 1500;
    private static final Duration LONG = Duration.ofSeconds(120);

    private final Map<String, AtomicInteger> arrived = new ConcurrentHashMap<>();

    @Test
    void losesNothingAndDoublesNothing() throws Exception {
        HttpServer partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newFixedThreadPool(16);
        partner.setExecutor(threads);
        partner.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                arrived.computeIfAbsent(exchange.getRequestURI().getPath().substring(1), id -> new AtomicInteger())
                        .incrementAndGet();
                exchange.sendResponseHeaders(204, -1);
            }
        });
        partner.start();
        List<Process> nodes = new ArrayList<>();
        try (var stage = new ReplayStage(ITEMS)) {
            park(stage);
            String address = "http://127.0.0.1:" + partner.getAddress().getPort();
            nodes.add(node(stage, address, "first"));
            long id = stage.ask(ReplayStage.lane(LANE), 300);
            await().atMost(LONG).until(() -> stage.replay(id).state() == Replay.State.PLANNED);
            stage.start(id);
            for (int more : new int[] {ITEMS / 5, ITEMS / 2}) {
                await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> arrived.size() >= more);
                nodes.get(nodes.size() - 1).destroyForcibly().waitFor();
                assertThat(arrived.size()).isLessThan(ITEMS);
                nodes.add(node(stage, address, "after-" + more));
            }
            await().atMost(LONG).until(() -> stage.replay(id).state() == Replay.State.DONE);

            Replay done = stage.replay(id);
            long sent = done.count(Replay.ItemState.SENT);
            long failed = done.count(Replay.ItemState.FAILED);
            assertThat(sent + failed).isEqualTo(ITEMS);
            assertThat(arrived.values()).allMatch(times -> times.get() == 1);
            // What was on the wire when a node died, or answered and not yet written, is for a person.
            assertThat(failed).isLessThan(ITEMS / 10);
            assertThat(stage.items(id))
                    .filteredOn(item -> item.state() == Replay.ItemState.FAILED)
                    .allMatch(item -> "crashed-while-sending".equals(item.code()));
            assertThat(stage.items(id))
                    .filteredOn(item -> item.state() == Replay.ItemState.SENT)
                    .allMatch(item -> arrived.containsKey(item.messageId()));
        } finally {
            nodes.forEach(Process::destroyForcibly);
            partner.stop(0);
            threads.shutdownNow();
        }
    }

    /** Parked after an outage: nothing of it ever arrived. */
    private static void park(ReplayStage stage) {
        TestLedger ledger = stage.lanes.ledger;
        TestNode.write(
                ledger,
                stage.lanes.writer,
                Effects.of(IntStream.rangeClosed(1, ITEMS)
                        .<Effect>mapToObj(i -> TestLedger.promise(LANE, i, "m-" + i))
                        .toList()));
        ledger.jdbc.update(
                """
                INSERT INTO attempt (lane_item, attempt_no, channel, node, finished_at, outcome, may_have_reached, code)
                SELECT id, 1, 'ihub', 'earlier', now(), 'UNAVAILABLE', false, 'connection-refused' FROM lane_item
                """);
        ledger.jdbc.update("UPDATE lane_item SET state = 'PARKED', attempts = 1");
        ledger.jdbc.update(
                "UPDATE lane_case SET parked_reason = 'UNAVAILABLE', parked_code = 'connection-refused', parked_at ="
                        + " now()");
    }

    private static Process node(ReplayStage stage, String partner, String name) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String database = ((HikariDataSource) stage.lanes.ledger.dataSource()).getJdbcUrl();
        return new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReplayNodeProcess.class.getName(),
                        database,
                        partner,
                        name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
