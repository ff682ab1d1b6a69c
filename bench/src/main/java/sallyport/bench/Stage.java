package sallyport.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
import sallyport.ledger.RouteStates;
import sallyport.simulators.SimulatorOptions;
import sallyport.simulators.Simulators;

/**
 * The whole hub in this JVM with a durable database, a broker and every partner; incident reporting and the tracker are quick
 * ones, the rest is idle. Nobody approves, so nothing is assembled or delivered. What cannot start leaves nothing behind.
 */
final class Stage implements AutoCloseable {

    private static final String INTAKE = "event-intake-receive";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Simulators simulators;
    private final Reports reports;
    private final Ledger ledger;
    private final CamelContext camel;
    private final RouteStates wanted;

    Stage() throws Exception {
        try {
            Path data = Files.createTempDirectory("sallyport-bench-");
            running.push(() -> delete(data));
            TestBroker broker = opened(TestBroker.start());
            simulators = opened(Simulators.start(SimulatorOptions.quiet(data)));
            reports = new Reports(simulators.life());
            QuickPartner partner = opened(new QuickPartner(reports));
            String database = TestPostgres.shared().createDatabase();
            settings(data, database, broker, partner).forEach(System::setProperty);
            ConfigurableApplicationContext hub = opened(Hub.application().run());
            camel = hub.getBean(CamelContext.class);
            wanted = hub.getBean(RouteStates.class);
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

    private Map<String, String> settings(Path data, String database, TestBroker broker, QuickPartner partner)
            throws IOException {
        Map<String, String> settings = new HashMap<>(simulators.environment());
        settings.put("aws.accessKeyId", settings.get("AWS_ACCESS_KEY_ID"));
        settings.put("aws.secretAccessKey", settings.get("AWS_SECRET_ACCESS_KEY"));
        settings.put("SALLYPORT_INCIDENT_REPORTING_URL", partner.uri().toString());
        settings.put("SALLYPORT_TRACKER_URL", partner.uri().toString());
        settings.put("SALLYPORT_AUTO_APPROVE_PRISONS", "");
        settings.put("SALLYPORT_SWEEP_EVERY", "5m");
        settings.put("SALLYPORT_DATA_DIR", data.toString());
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
