package sallyport.bench.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.FaultPoint;

/** One hub process; each of its lives has a name of its own in the ledger, so that what it left behind can be told. */
final class HubNode {

    static final String PASSWORD = "a-password-for-crashes-only";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Forked process;
    private final String name;
    private final Programs programs;
    private final Map<String, String> environment;
    private final List<String> flags;
    private final Path fault;
    private final int port;
    private int life;
    private int arming;

    /** @param flags of the JVM for every life */
    HubNode(
            String name,
            Programs programs,
            Map<String, String> environment,
            List<String> flags,
            Path directory,
            int port,
            int partnerPort) {
        this.name = name;
        this.programs = programs;
        this.flags = new ArrayList<>(flags);
        this.port = port;
        this.fault = directory.resolve("fault-" + name);
        this.process = new Forked("hub " + name, directory.resolve("logs").resolve("hub-" + name + ".log"));
        this.environment = new HashMap<>(environment);
        this.environment.put("SALLYPORT_PORT", String.valueOf(port));
        this.environment.put("SALLYPORT_PARTNER_PORT", String.valueOf(partnerPort));
        this.environment.put("SALLYPORT_ADMIN_PASSWORD", PASSWORD);
    }

    /** Starts a new life with a clock that is wrong by so much; does not wait for it. */
    void start(Duration clockOffset) {
        if (clockOffset.isZero()) {
            start();
        } else {
            start("-Dsallyport.fault.clock=" + clockOffset);
        }
    }

    /** A flag of the JVM for every life from now. */
    void always(String flag) {
        flags.add(flag);
    }

    /** Starts a new life; does not wait for it. */
    void start(String... more) {
        life++;
        disarm();
        List<String> words = new ArrayList<>(flags);
        words.add("-D" + FaultPoint.FILE_PROPERTY + "=" + fault);
        words.addAll(List.of(more));
        words.addAll(programs.words("hub"));
        Map<String, String> now = new HashMap<>(environment);
        now.put("SALLYPORT_NODE", node());
        process.start(words, now);
    }

    /** What the ledger calls the life that it lives now. */
    String node() {
        return "crash-" + name + "-" + life;
    }

    String name() {
        return name;
    }

    Forked process() {
        return process;
    }

    /** The process ends, or freezes, at this point when it is passed for the nth time from now. */
    void arm(FaultPoint point, int nth, boolean freezes) {
        // Never the same words twice running: only what has changed arms anew.
        write("0".repeat(++arming % 2) + nth, point, freezes);
    }

    private void write(String nth, FaultPoint point, boolean freezes) {
        try {
            Path fresh = fault.resolveSibling(fault.getFileName() + ".new");
            Files.writeString(fresh, point.name() + ":" + nth + (freezes ? ":freeze" : ""));
            Files.move(fresh, fault, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void disarm() {
        try {
            Files.deleteIfExists(fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isUp() {
        try {
            return get("/actuator/health").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void awaitUp(Duration patience) {
        Waits.until(name + " up, see " + process.log(), patience, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("hub " + name + " ended while it started: " + process.lastLine());
            }
            return isUp();
        });
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    HttpResponse<String> post(String path, String json) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        String basic = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes());
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + basic);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
