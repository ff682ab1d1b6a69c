package sallyport.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The simulated partners' own log, which knows nothing of the hub, and their controls. */
final class Partners {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final int port;
    private final Path data;

    Partners(int port, Path data) {
        this.port = port;
        this.data = data;
    }

    /** Something that arrived at a force, in the order in which it arrived there. */
    record Arrival(String force, String channel, String reference, int version, String result) {

        boolean accepted() {
            return result.equals("accepted");
        }
    }

    /** An incident that a prison reported. */
    record Incident(String id, String reference, String status, String oddity, boolean referable) {}

    /** A message that a force sent and the hub acknowledged. */
    record Acknowledged(String force, String messageId, String reference, String type) {

        /** The exchange's own word that a package has reached the force; it has no id of its own in the ledger. */
        boolean isDelivery() {
            return type.equals("RouteDataResp");
        }
    }

    List<Arrival> arrivals() throws IOException {
        List<Arrival> arrivals = new ArrayList<>();
        get("/deliveries")
                .forEach(line -> arrivals.add(new Arrival(
                        line.path("force").asText(),
                        line.path("channel").asText(),
                        line.path("caseReference").asText(),
                        line.path("packageVersion").asInt(),
                        line.path("result").asText())));
        return arrivals;
    }

    List<Incident> incidents() throws IOException {
        List<Incident> incidents = new ArrayList<>();
        get("/incidents")
                .forEach(line -> incidents.add(new Incident(
                        line.path("id").asText(),
                        line.path("reference").asText(),
                        line.path("status").asText(),
                        line.path("oddity").asText(),
                        line.path("referable").asBoolean())));
        return incidents;
    }

    List<Acknowledged> acknowledged() throws IOException {
        List<Acknowledged> found = new ArrayList<>();
        get("/outcomes").forEach(line -> {
            if (line.path("acknowledged").asBoolean()) {
                found.add(new Acknowledged(
                        line.path("force").asText(),
                        line.path("messageId").asText(),
                        line.path("caseReference").asText(),
                        line.path("type").asText()));
            }
        });
        return found;
    }

    /** Every write that the tracker took, oldest first: {@code reference} and the {@code body} as it stood after it. */
    List<JsonNode> trackerWrites() throws IOException {
        List<JsonNode> writes = new ArrayList<>();
        Path journal = data.resolve("simulators").resolve("tracker.ndjson");
        if (Files.exists(journal)) {
            for (String line : Files.readAllLines(journal)) {
                writes.add(JSON.readTree(line));
            }
        }
        return writes;
    }

    /** Nothing more happens at the partners by itself. */
    boolean rest() throws IOException {
        JsonNode health = get("/health");
        return health.path("pendingSteps").asInt() == 0
                && health.path("pendingOutcomes").asInt() == 0
                && health.path("queuedEvents").asInt() == 0;
    }

    String standing() {
        try {
            return get("/health").toString();
        } catch (IOException e) {
            return "the simulators do not answer";
        }
    }

    void settle() throws IOException {
        post("/settle");
    }

    void goOn() throws IOException {
        post("/start-generating");
    }

    /** From now the partner takes what is sent and breaks the connection, or no longer. */
    void drop(String partner, boolean on) throws IOException {
        post((on ? "/drop/" : "/keep/") + partner);
    }

    private JsonNode get(String path) throws IOException {
        return JSON.readTree(send(HttpRequest.newBuilder(address(path)).GET()));
    }

    private void post(String path) throws IOException {
        send(HttpRequest.newBuilder(address(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Every question and every word to the simulators may come twice: a connection that they have just closed is no finding. */
    private static byte[] send(HttpRequest.Builder request) throws IOException {
        for (int left = 3; ; left--) {
            try {
                return sendOnce(request);
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private static byte[] sendOnce(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("the simulators answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
