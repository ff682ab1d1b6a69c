package sallyport;

import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import sallyport.ground.TestBroker;
import sallyport.ground.TestPostgres;
import sallyport.simulators.SimulatorOptions;
import sallyport.simulators.Simulators;

/** A hub as a process of its own, with a ledger, a broker and partners for itself alone, so that what its heap holds can be told. */
final class ForkedHub implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final Path directory;
    private final TestBroker broker;
    private final Simulators simulators;
    private final String database = TestPostgres.shared().createDatabase();
    private final int port = TestHub.freePort();
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private ForkedHub(Path directory, List<String> words) throws IOException {
        this.directory = directory;
        int partnerPort = TestHub.freePort();
        broker = TestBroker.start();
        simulators = Simulators.start(SimulatorOptions.quiet(directory).withPartnerPort(partnerPort));
        Map<String, String> settings = new LinkedHashMap<>(simulators.environment());
        settings.put("SALLYPORT_DATA_DIR", directory.toString());
        settings.put("SALLYPORT_DB_URL", database);
        settings.put("SALLYPORT_DB_USER", TestPostgres.shared().user());
        settings.put("SALLYPORT_DB_PASSWORD", TestPostgres.shared().password());
        settings.put("SALLYPORT_BROKER_URL", broker.url());
        settings.put("SALLYPORT_BROKER_USER", broker.hubUser());
        settings.put("SALLYPORT_BROKER_PASSWORD", TestBroker.passwordOf(broker.hubUser()));
        settings.put("SALLYPORT_PORT", Integer.toString(port));
        settings.put("SALLYPORT_PARTNER_PORT", Integer.toString(partnerPort));
        settings.put("SALLYPORT_ADMIN_PASSWORD", TestHub.PASSWORD);
        settings.put("SALLYPORT_EVIDENCE_CREATE_KEY", "true");
        settings.put("SALLYPORT_SUPPLEMENT_QUIET", "1s");
        settings.put("SALLYPORT_SUPPLEMENT_AT_MOST", "5s");
        settings.put("SALLYPORT_AUTO_APPROVE_PRISONS", "*");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "sallyport.Hub"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment()
                .keySet()
                .removeIf(key ->
                        key.startsWith("SALLYPORT_") || key.startsWith("AWS_") || key.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(settings);
        process = builder.start();
        awaitUp();
        connector = attached();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    /** @param words of the JVM */
    static ForkedHub start(Path directory, String... words) {
        // The mailbox's threads end with an exception when any hub before this one has ended, and that is no matter of
        // this one's.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        try {
            return new ForkedHub(directory, List.of(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitUp() {
        HttpRequest health = HttpRequest.newBuilder(uri("/actuator/health"))
                .timeout(Duration.ofSeconds(20))
                .build();
        await("the hub is up")
                .atMost(START)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the hub ended: " + Files.readString(output()));
                    }
                    return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
                });
    }

    private JMXConnector attached() throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    private Path output() {
        // Whoever looks for the cause of a failure finds it there.
        return Path.of("target", "forked-hub.log");
    }

    /** Bytes of the heap that a full collection leaves now. */
    long live() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    Simulators simulators() {
        return simulators;
    }

    JdbcClient jdbc() {
        var source = new DriverManagerDataSource(
                database, TestPostgres.shared().user(), TestPostgres.shared().password());
        return JdbcClient.create(source);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** A request of the first-run user, still to be finished. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofMinutes(4))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(("admin:" + TestHub.PASSWORD).getBytes()));
    }

    @Override
    public void close() throws IOException {
        try (connector) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (IOException gone) {
            // The hub has ended, and its end of the connection with it.
        } finally {
            simulators.close();
            broker.close();
        }
    }
}
