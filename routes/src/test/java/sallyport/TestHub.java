package sallyport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ground.TestBroker;
import sallyport.ground.TestPostgres;
import sallyport.simulators.SimulatorOptions;
import sallyport.simulators.Simulators;

/** The hub as it runs, with a real database, a real broker and every simulated partner around it; one for all tests of a JVM. */
public final class TestHub {

    /** Of the user admin. */
    public static final String PASSWORD = "a-password-for-tests-only";

    private static TestHub shared;

    private final TestBroker broker;
    private final Simulators simulators;
    private final OnCall onCall;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final int port = freePort();
    private final int partnerPort = freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private ConfigurableApplicationContext context;

    private TestHub() {
        try {
            Path data = Files.createTempDirectory("hub-it");
            broker = TestBroker.start();
            simulators = Simulators.start(SimulatorOptions.quiet(data).withPartnerPort(partnerPort));
            settings.putAll(simulators.environment());
            settings.put("SALLYPORT_DATA_DIR", data.toString());
            settings.put("SALLYPORT_DB_URL", TestPostgres.shared().createDatabase());
            settings.put("SALLYPORT_DB_USER", TestPostgres.shared().user());
            settings.put("SALLYPORT_DB_PASSWORD", TestPostgres.shared().password());
            settings.put("SALLYPORT_BROKER_URL", broker.url());
            settings.put("SALLYPORT_BROKER_USER", broker.hubUser());
            settings.put("SALLYPORT_BROKER_PASSWORD", TestBroker.passwordOf(broker.hubUser()));
            settings.put("SALLYPORT_PORT", Integer.toString(port));
            settings.put("SALLYPORT_PARTNER_PORT", Integer.toString(partnerPort));
            settings.put("SALLYPORT_ADMIN_PASSWORD", PASSWORD);
            settings.put("SALLYPORT_EVIDENCE_CREATE_KEY", "true");
            settings.put("SALLYPORT_EVIDENCE_EVERY", "1s");
            settings.put("SALLYPORT_SUPPLEMENT_QUIET", "3s");
            settings.put("SALLYPORT_SUPPLEMENT_AT_MOST", "10s");
            settings.put("SALLYPORT_SWEEP_EVERY", "2s");
            settings.put("SALLYPORT_TELEPHONE_EVERY", "1s");
            settings.put("SALLYPORT_FILE_DROP_EVERY", "500ms");
            settings.put("SALLYPORT_FILE_DROP_SETTLE", "1s");
            settings.put("sallyport.lanes.ask-after", "2s");
            settings.put("SALLYPORT_AUTO_APPROVE_PRISONS", "*");
            onCall = new OnCall();
            settings.put("SALLYPORT_ALERTS_RAISE_AFTER", "1s");
            settings.put("SALLYPORT_ALERTS_CLEAR_AFTER", "1s");
            settings.put("SALLYPORT_ALERTS_WEBHOOK_URL", onCall.hookUrl());
            settings.put("SALLYPORT_ALERTS_WEBHOOK_SECRET", OnCall.SECRET);
            settings.put("SALLYPORT_ALERTS_MAIL_HOST", "127.0.0.1");
            settings.put("SALLYPORT_ALERTS_MAIL_PORT", Integer.toString(onCall.mailPort()));
            settings.put("SALLYPORT_ALERTS_MAIL_SECURITY", "none");
            settings.put("SALLYPORT_ALERTS_MAIL_FROM", "hub@example.org");
            settings.put("SALLYPORT_ALERTS_MAIL_TO", "night@example.org");
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this JVM, started at the first call. */
    public static synchronized TestHub shared() {
        if (shared == null) {
            shared = new TestHub();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    private void start() {
        // System properties stand in for the environment: the hub reads both alike.
        settings.forEach(System::setProperty);
        // The AWS library reads these two under other names.
        System.setProperty("aws.accessKeyId", settings.get("AWS_ACCESS_KEY_ID"));
        System.setProperty("aws.secretAccessKey", settings.get("AWS_SECRET_ACCESS_KEY"));
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(100));
        context = Hub.application().run();
    }

    /** Stops the hub and starts it again on the same ledger, as after a deployment. */
    public void restart() {
        context.close();
        start();
    }

    private void close() {
        context.close();
        simulators.close();
        onCall.close();
        broker.close();
    }

    public CamelContext camel() {
        return context.getBean(CamelContext.class);
    }

    public <T> T bean(Class<T> kind) {
        return context.getBean(kind);
    }

    public Simulators simulators() {
        return simulators;
    }

    /** Who is told of alerts. */
    public OnCall onCall() {
        return onCall;
    }

    public TestBroker broker() {
        return broker;
    }

    public int partnerPort() {
        return partnerPort;
    }

    /** The hub's own tables, for facts that no page shows. */
    public JdbcClient jdbc() {
        return JdbcClient.create(context.getBean(DataSource.class));
    }

    /** The settings this hub was started with, for starting others beside it. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** What the admin API answers to the first-run user. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    public HttpResponse<byte[]> bytes(String path) {
        return unchecked(() -> http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public HttpResponse<String> put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** What the hub answers to anybody at all. */
    public HttpResponse<String> getUnknown(String path) {
        return send(HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofSeconds(30))
                .GET()
                .build());
    }

    /** A request of the first-run user, still to be finished. */
    public HttpRequest.Builder request(String path) {
        String basic = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes());
        return HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + basic);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> send(HttpRequest request) {
        return unchecked(() -> http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** The directory that holds README.md, wherever the build runs the tests. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("mvnw")) ? here : here.getParent();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
