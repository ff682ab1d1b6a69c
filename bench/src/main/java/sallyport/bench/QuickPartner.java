package sallyport.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Incident reporting, adjudications, prisoner alerts, the tracker and every force, answering from memory, so that what is measured is the hub:
 * reports by id, a list of changes that is always empty, prisoners without a charge, a tracker that takes every row, and forces
 * that accept whatever comes. It counts what it was asked for and what the forces and the tracker got.
 */
final class QuickPartner implements AutoCloseable {

    private static final byte[] NO_CHANGES =
            "{\"content\":[],\"number\":0,\"size\":200,\"totalElements\":0,\"totalPages\":0}".getBytes(UTF_8);
    private static final byte[] TAKEN = "{}".getBytes(UTF_8);
    private static final byte[] NOTHING = "[]".getBytes(UTF_8);
    private static final byte[] NO_ALERTS = "{\"content\":[],\"totalElements\":0,\"last\":true}".getBytes(UTF_8);
    private static final byte[] KEPT = "{\"data\":{\"type\":\"incident\",\"id\":\"1\"}}".getBytes(UTF_8);
    private static final int THREADS = 32;

    private final Reports reports;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Queue<Long> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reportsGiven = new AtomicInteger();
    private final AtomicInteger rowsTaken = new AtomicInteger();

    QuickPartner(Reports reports) {
        this.reports = reports;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/incident-reports", this::report);
        server.createContext("/referrals/", this::row);
        server.createContext("/reported-adjudications/", exchange -> answer(exchange, 200, NOTHING));
        server.createContext("/prisoners/", exchange -> answer(exchange, 200, NO_ALERTS));
        server.createContext("/force/", this::referral);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** When each referral came, by {@link System#nanoTime}; forgotten by asking. */
    List<Long> accepted() {
        List<Long> times = new ArrayList<>();
        for (Long time = accepted.poll(); time != null; time = accepted.poll()) {
            times.add(time);
        }
        return times;
    }

    /** Reports that were fetched. */
    int reportsGiven() {
        return reportsGiven.get();
    }

    /** Rows that were written to the tracker. */
    int rowsTaken() {
        return rowsTaken.get();
    }

    private void referral(HttpExchange exchange) throws IOException {
        accepted.add(System.nanoTime());
        answer(exchange, 201, KEPT);
    }

    private void report(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (!exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ")) {
            answer(exchange, 401, TAKEN);
        } else {
            boolean one = path.length > 2;
            answer(exchange, 200, one ? reports.report(path[2]) : NO_CHANGES);
            if (one) {
                reportsGiven.incrementAndGet();
            }
        }
    }

    private void row(HttpExchange exchange) throws IOException {
        boolean written = exchange.getRequestMethod().equals("PUT");
        answer(exchange, written ? 201 : 404, TAKEN);
        if (written) {
            rowsTaken.incrementAndGet();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
