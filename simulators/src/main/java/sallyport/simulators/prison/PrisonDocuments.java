package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;

/**
 * The document service: whatever is put there, found by type and by a part of its metadata. Everybody has one statement there; a test can
 * put more, say something wrong about them, and have a file break off.
 */
public final class PrisonDocuments implements RestPartner {

    /** A type that the real service does not have. */
    public static final String TYPE = "INCIDENT_EVIDENCE";

    private static final int LARGEST_PAGE = 200;

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** One document. */
    private static final class Held {
        private final ObjectNode facts;
        private final byte[] file;
        private final AtomicInteger breaks = new AtomicInteger();

        Held(ObjectNode facts, byte[] file) {
            this.facts = facts;
            this.file = file;
        }
    }

    /** Puts a document there; returns its id. */
    public String put(String prisoner, String type, String mediaType, byte[] file) {
        String uuid = UUID.randomUUID().toString();
        ObjectNode facts = Json.object()
                .put("documentUuid", uuid)
                .put("documentType", type)
                .put("documentFilename", type.toLowerCase(Locale.ROOT) + "-" + uuid)
                .put("filename", "statement")
                .put("fileExtension", mediaType.substring(mediaType.indexOf('/') + 1))
                .put("fileSize", file.length)
                .put("fileHash", sha256(file))
                .put("mimeType", mediaType)
                .put("createdTime", "2026-08-03T10:15:31")
                .put("createdByServiceName", "Simulated evidence");
        facts.putObject("metadata").put("prisonNumber", prisoner);
        held.put(uuid, new Held(facts, file));
        return uuid;
    }

    /** Says something else about a document than what is so. */
    public void says(String uuid, String field, Object value) {
        Held document = held.get(uuid);
        synchronized (document) {
            document.facts.set(
                    field,
                    value instanceof Number number
                            ? Json.object().numberNode(number.longValue())
                            : Json.object().textNode(String.valueOf(value)));
        }
    }

    /** The next so many times the file breaks off half-way. */
    public void breaksOff(String uuid, int times) {
        held.get(uuid).breaks.set(times);
    }

    /** Takes a document away. */
    public void remove(String uuid) {
        held.remove(uuid);
    }

    @Override
    public String name() {
        return "hmpps-documents";
    }

    @Override
    public String paths() {
        return "/documents/.*";
    }

    @Override
    public Answer answer(Asked asked) {
        if (asked.header("Service-Name") == null) {
            return Answer.hmppsError(400, 400, "Service-Name header is required");
        }
        if (asked.method().equals("POST") && asked.segment(1).equals("search")) {
            return search(asked.body());
        }
        Held document = held.get(asked.segment(1));
        if (!asked.method().equals("GET")) {
            return Answer.empty(405);
        }
        if (document == null) {
            return Answer.hmppsError(404, 404, "Document not found");
        }
        return asked.segment(2).equals("file") ? file(document) : Answer.json(200, facts(document));
    }

    private static ObjectNode facts(Held document) {
        synchronized (document) {
            return document.facts.deepCopy();
        }
    }

    private static Answer file(Held document) {
        String type = document.facts.get("mimeType").asText();
        if (document.breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            byte[] half = Arrays.copyOf(document.file, document.file.length / 2);
            return new Answer(
                    200,
                    half,
                    Map.of("Content-Type", type, "Content-Length", Integer.toString(document.file.length)),
                    Duration.ZERO);
        }
        return new Answer(200, document.file, Map.of("Content-Type", type), Duration.ZERO);
    }

    private Answer search(byte[] body) {
        JsonNode query;
        try {
            query = Json.read(body);
        } catch (UncheckedIOException noJson) {
            return Answer.hmppsError(400, 400, "Not JSON");
        }
        int page = query.path("page").asInt(0);
        int size = query.path("pageSize").asInt(10);
        if (page < 0 || size < 1 || size > LARGEST_PAGE || !query.has("documentType") && !query.has("metadata")) {
            return Answer.hmppsError(400, 400, "Validation failure");
        }
        person(query.at("/metadata/prisonNumber").asText(""));
        List<ObjectNode> found = new ArrayList<>(held.values().stream()
                .map(PrisonDocuments::facts)
                .filter(one -> fits(one, query))
                .sorted(Comparator.comparing(one -> one.get("documentUuid").asText()))
                .toList());
        ObjectNode answer = Json.object();
        ObjectNode request = answer.putObject("request");
        request.setAll((ObjectNode) query);
        request.put("page", page).put("pageSize", size);
        ArrayNode results = answer.putArray("results");
        found.stream().skip((long) page * size).limit(size).forEach(results::add);
        answer.put("totalResultsCount", found.size());
        return Answer.json(200, answer);
    }

    private static boolean fits(ObjectNode one, JsonNode query) {
        if (query.has("documentType")
                && !query.get("documentType")
                        .asText()
                        .equals(one.get("documentType").asText())) {
            return false;
        }
        for (Map.Entry<String, JsonNode> wanted : query.path("metadata").properties()) {
            String value = one.path("metadata").path(wanted.getKey()).asText("");
            if (!value.toLowerCase(Locale.ROOT)
                    .contains(wanted.getValue().asText().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** Everybody who is asked about has a statement. */
    private void person(String prisoner) {
        if (!prisoner.isEmpty()
                && held.values().stream()
                        .noneMatch(one ->
                                facts(one).at("/metadata/prisonNumber").asText().equals(prisoner))) {
            put(
                    prisoner,
                    TYPE,
                    "application/pdf",
                    ("%PDF-1.4\n% A simulated statement about " + prisoner + "\n%%EOF\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
