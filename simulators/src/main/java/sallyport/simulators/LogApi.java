package sallyport.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import sallyport.simulators.journal.Json;
import sallyport.simulators.world.Canary;

/** The simulators' own log and controls on {@code SIMULATORS_PORT}; nothing here is anything the hub uses. */
final class LogApi implements AutoCloseable {

    /** Partners that can be made to take what is sent and break the connection without an answer. */
    private static final List<String> DROPPABLE = List.of("ihub", "tracker");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "log-api");
        thread.setDaemon(true);
        return thread;
    });

    LogApi(int port, Simulators simulators) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        get("/incidents", () -> incidents(simulators));
        get("/deliveries", () -> simulators.deliveries().toJson());
        get("/outcomes", () -> simulators.policeWork().toJson());
        get("/tracker", () -> simulators.tracker().toJson());
        get("/requests", () -> simulators.requests().toJson());
        get("/canaries", () -> canaries(simulators));
        get("/health", () -> status(simulators).put("status", "UP"));
        post("/stop-generating", () -> {
            simulators.life().stopGenerating();
            return status(simulators);
        });
        post("/start-generating", () -> {
            simulators.policeWork().hurry(false);
            simulators.life().startGenerating();
            return status(simulators);
        });
        post("/settle", () -> {
            simulators.life().settle();
            simulators.policeWork().hurry(true);
            return status(simulators);
        });
        for (String partner : DROPPABLE) {
            post("/drop/" + partner, () -> {
                simulators.requests().drop(partner, true);
                return status(simulators);
            });
            post("/keep/" + partner, () -> {
                simulators.requests().drop(partner, false);
                return status(simulators);
            });
        }
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static ArrayNode incidents(Simulators simulators) {
        ArrayNode incidents = Json.array();
        simulators.world().incidents().forEach(incident -> incidents.add(incident.summary()));
        return incidents;
    }

    private static ObjectNode status(Simulators simulators) {
        return Json.object()
                .put("incidents", simulators.world().lastIndex())
                .put("pendingSteps", simulators.life().pending())
                .put("pendingOutcomes", simulators.policeWork().pending())
                .put("queuedEvents", simulators.events().waiting());
    }

    private static ObjectNode canaries(Simulators simulators) {
        ObjectNode json = Json.object().put("prefix", Canary.PREFIX).put("regex", Canary.REGEX);
        json.set("prisonerNumbers", simulators.world().numbersInUse());
        ArrayNode pncs = json.putArray("pncNumbers");
        ArrayNode cros = json.putArray("croNumbers");
        json.get("prisonerNumbers")
                .forEach(number -> simulators.world().prisoner(number.asText()).ifPresent(prisoner -> {
                    if (prisoner.pnc() != null) {
                        pncs.add(prisoner.pnc()).add(prisoner.pncShort());
                    }
                    if (prisoner.cro() != null) {
                        cros.add(prisoner.cro());
                    }
                }));
        return json;
    }

    private void get(String path, Supplier<JsonNode> answer) {
        server.createContext(path, exchange -> handle(exchange, "GET", path, answer));
    }

    private void post(String path, Supplier<JsonNode> action) {
        server.createContext(path, exchange -> handle(exchange, "POST", path, action));
    }

    private static void handle(HttpExchange exchange, String method, String path, Supplier<JsonNode> answer)
            throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals(method)) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = Json.bytes(answer.get());
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
