package sallyport.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.context.ConfigurableApplicationContext;
import sallyport.Hub;
import sallyport.ground.TestBroker;
import sallyport.ground.TestPostgres;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Hints;
import sallyport.ledger.RouteStates;
import sallyport.ledger.Step;
import sallyport.ledger.replay.ReplayDesk;
import sallyport.ledger.replay.Replays;
import sallyport.simulators.SimulatorOptions;
import sallyport.simulators.Simulators;
import sallyport.simulators.journal.Json;

/**
 * The whole hub in this JVM with a durable database, a broker and every partner; incident reporting and the tracker are quick
 * ones, the rest is idle. Nobody approves, so nothing is assembled or delivered. What cannot start leaves nothing behind.
 */
final class Stage implements AutoCloseable {

    /** The one team that subscribes. */
    static final String TEAM = "regional-north";

    private static final String INTAKE = "event-intake-receive";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Simulators simulators;
    private final Reports reports;
    private final Ledger ledger;
    private final CamelContext camel;
    private final RouteStates wanted;
    private final Hints hints;
    private final String database;
    private final URI partner;
    private final TestBroker broker;
    private final QuickPartner quick;
    private final Replays replays;
    private final ReplayDesk desk;

    Stage() throws Exception {
        try {
            Path data = Files.createTempDirectory("sallyport-bench-");
            running.push(() -> delete(data));
            broker = opened(TestBroker.start());
            simulators = opened(Simulators.start(SimulatorOptions.quiet(data)));
            reports = new Reports(simulators.life());
            quick = opened(new QuickPartner(reports));
            partner = quick.uri();
            database = TestPostgres.shared().createDatabase();
            settings(data).forEach(System::setProperty);
            ConfigurableApplicationContext hub = opened(Hub.application().run());
            camel = hub.getBean(CamelContext.class);
            wanted = hub.getBean(RouteStates.class);
            hints = hub.getBean(Hints.class);
            replays = hub.getBean(Replays.class);
            desk = hub.getBean(ReplayDesk.class);
            ledger = opened(new Ledger(database));
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        running.push(part);
        return part;
    }

    private Map<String, String> settings(Path data) throws IOException {
        Map<String, String> settings = new HashMap<>(simulators.environment());
        settings.put("aws.accessKeyId", settings.get("AWS_ACCESS_KEY_ID"));
        settings.put("aws.secretAccessKey", settings.get("AWS_SECRET_ACCESS_KEY"));
        settings.put("SALLYPORT_INCIDENT_REPORTING_URL", partner.toString());
        settings.put("SALLYPORT_TRACKER_URL", partner.toString());
        settings.put("SALLYPORT_ADJUDICATIONS_URL", partner.toString());
        settings.put("SALLYPORT_PRISONER_ALERTS_URL", partner.toString());
        settings.put("SALLYPORT_FORCES_FILE", forcesFile(data).toString());
        settings.put("SALLYPORT_AUTO_APPROVE_PRISONS", Reports.REFERRING_PRISON);
        settings.put("sallyport.feeds.teams", TEAM);
        settings.put("SALLYPORT_SWEEP_EVERY", "5m");
        // The partners' lists are compared by night, and the quick partner's say that it has nothing: not in these
        // minutes.
        settings.put("SALLYPORT_RECONCILIATION_EVERY", "24h");
        settings.put(
                "SALLYPORT_RECONCILIATION_AT",
                LocalTime.now(ZoneId.of("Europe/London"))
                        .plusHours(12)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString());
        // While the loop runs nothing is chained: that must not shut the hub's gate.
        settings.put("sallyport.evidence.chain-within", "1h");
        settings.put("sallyport.evidence.checkpoint-within", "1h");
        settings.put("SALLYPORT_DATA_DIR", data.toString());
        settings.put("SALLYPORT_EVIDENCE_CREATE_KEY", "true");
        settings.put("SALLYPORT_DB_URL", database);
        settings.put("SALLYPORT_DB_USER", TestPostgres.shared().user());
        settings.put("SALLYPORT_DB_PASSWORD", TestPostgres.shared().password());
        settings.put("SALLYPORT_BROKER_URL", broker.url());
        settings.put("SALLYPORT_BROKER_USER", broker.hubUser());
        settings.put("SALLYPORT_BROKER_PASSWORD", TestBroker.passwordOf(broker.hubUser()));
        settings.put("SALLYPORT_PORT", Integer.toString(freePort()));
        settings.put("SALLYPORT_PARTNER_PORT", Integer.toString(freePort()));
        // The figures go to the terminal; a line per case would bury them.
        settings.put("SALLYPORT_LOG_LEVEL", "WARN");
        return settings;
    }

    /** Every force takes iHub reports at the quick partner. */
    private Path forcesFile(Path data) throws IOException {
        ObjectNode file = (ObjectNode) Json.read(Files.readAllBytes(simulators.forcesFile()));
        for (JsonNode entry : file.path("forces")) {
            ObjectNode force = (ObjectNode) entry;
            String code = force.path("code").asText();
            force.remove("cjse");
            force.putArray("channels").add("ihub");
            force.putObject("ihub")
                    .put("url", partner + "/force/" + code)
                    .put("key", "bench")
                    .put("secret", "bench")
                    .put("forceIdentifier", code)
                    .put("brand", code)
                    // Asked only after an answer that never came, and by a replay: it sends nothing twice to who cannot
                    // tell.
                    .put("dedupes", true);
        }
        return Files.write(data.resolve("bench-forces.json"), Json.bytes(file));
    }

    /** As many as the loop has threads, so that each has a lane of its own. */
    List<String> forces() {
        return simulators.forces().codes().subList(0, HandLoop.THREADS);
    }

    String database() {
        return database;
    }

    URI partner() {
        return partner;
    }

    String brokerUrl() {
        return broker.url();
    }

    String brokerUser() {
        return broker.hubUser();
    }

    String brokerPassword() {
        return TestBroker.passwordOf(broker.hubUser());
    }

    /** A real package of this hub as it leaves. */
    byte[] aRendering() throws Exception {
        return aRendering("PACKAGE");
    }

    /** What this hub sent first of a kind, as it left. */
    byte[] aRendering(String kind) throws Exception {
        try (PreparedStatement first = ledger.connection()
                .prepareStatement(
                        "SELECT r.bytes FROM rendering r JOIN lane_item i ON i.id = r.lane_item WHERE i.kind = ?"
                                + " ORDER BY r.lane_item LIMIT 1")) {
            first.setString(1, kind);
            try (ResultSet row = first.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    QuickPartner quick() {
        return quick;
    }

    Replays replays() {
        return replays;
    }

    ReplayDesk desk() {
        return desk;
    }

    /** Hands over events as the queue's consumer does, committed when this returns. */
    void hint(int first, int count) {
        hints.record(IntStream.range(first, first + count)
                .mapToObj(number -> {
                    var message = Reports.event(number).message();
                    return new Hints.Hint(
                            "hub-" + Reports.id(number),
                            message.path("eventType").asText(),
                            Reports.id(number),
                            Json.bytes(message),
                            Instant.now(),
                            List.of(RequestWork.now(Step.INCIDENT_FETCH, Reports.id(number))));
                })
                .toList());
    }

    /** Waits until the hub has nothing left to do, the chain of the evidence log included. */
    void rest() throws Exception {
        Waiting.until(ledger::rests, Duration.ofMillis(100), LONG);
    }

    /** While the loop runs its entries are not chained by the hub: that is work the loop does not do. */
    void chains(boolean on) throws Exception {
        ledger.execute(
                on
                        ? "UPDATE duty SET until = now() WHERE name = 'chain'"
                        : "UPDATE duty SET holder = 'bench', until = now() + interval '1 hour' WHERE name = 'chain'");
    }

    Ledger ledger() {
        return ledger;
    }

    Reports reports() {
        return reports;
    }

    /** Puts the event of one report on the queue, soon. */
    void offer(int number) {
        simulators.events().publish(List.of(Reports.event(number)));
    }

    /** Fills the queue with so many events while the hub takes none; returns when they are all there. */
    void fill(int first, int count) throws Exception {
        wanted.want(INTAKE, false, "bench", "the queue is being filled");
        Waiting.until(() -> camel.getRouteController().getRouteStatus(INTAKE) == ServiceStatus.Suspended);
        simulators
                .events()
                .publish(IntStream.range(first, first + count)
                        .mapToObj(Reports::event)
                        .toList());
        Waiting.until(() -> simulators.events().waiting() == count);
    }

    /** Lets the hub have what is in the queue, at once. */
    void release() throws Exception {
        wanted.want(INTAKE, true, "bench", "the queue is full");
        camel.getRouteController().resumeRoute(INTAKE);
    }

    /** Waits until nothing that the hub has to do is left, so that one phase does not burden the next. */
    void settle() throws Exception {
        Waiting.until(() -> ledger.stillToDo() == 0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("bench: a part did not close: " + e);
            }
        }
    }
}
