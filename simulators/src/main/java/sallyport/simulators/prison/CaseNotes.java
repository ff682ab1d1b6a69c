package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.World;

/** Case notes of one person: the search, pages from 1, and a single note. */
public final class CaseNotes implements RestPartner {

    private static final List<String> REQUIRED = List.of("includeSensitive", "typeSubTypes", "page", "size", "sort");

    private final World world;

    public CaseNotes(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "case-notes";
    }

    @Override
    public String paths() {
        return "/(search/)?case-notes/.*";
    }

    @Override
    public Answer answer(Asked asked) {
        if (asked.method().equals("POST") && asked.segment(0).equals("search")) {
            return search(asked.segment(2).toUpperCase(Locale.ROOT), asked.body());
        }
        if (asked.method().equals("GET") && asked.segment(0).equals("case-notes")) {
            return note(asked.segment(1).toUpperCase(Locale.ROOT), asked.segment(2));
        }
        return Answer.empty(405);
    }

    private Answer note(String person, String id) {
        return world.caseNotes(person).stream()
                .filter(note -> note.get("caseNoteId").asText().equals(id))
                .findFirst()
                .map(note -> Answer.json(200, note))
                .orElseGet(() -> Answer.hmppsError(404, 404, "Case note not found"));
    }

    private Answer search(String person, byte[] body) {
        JsonNode query;
        try {
            query = Json.read(body);
        } catch (UncheckedIOException e) {
            return Answer.hmppsError(400, 400, "Validation failure: unreadable body");
        }
        Optional<String> missing =
                REQUIRED.stream().filter(field -> !query.has(field)).findFirst();
        int page = query.path("page").asInt();
        int size = query.path("size").asInt();
        String[] sort = query.path("sort").asText().split(",");
        if (missing.isPresent() || page < 1 || size < 1) {
            return Answer.hmppsError(400, 400, "Validation failure: " + missing.orElse("page and size start at 1"));
        }
        if (!sort[0].equals("occurredAt") && !sort[0].equals("createdAt")) {
            return Answer.hmppsError(400, 400, "Validation failure: sort must be on occurredAt or createdAt");
        }
        List<ObjectNode> all = world.caseNotes(person);
        Comparator<ObjectNode> order = Comparator.comparing(note ->
                LocalDateTime.parse(note.get(sort[0].equals("createdAt") ? "creationDateTime" : "occurrenceDateTime")
                        .asText()));
        List<ObjectNode> found = all.stream()
                .filter(note -> wanted(note, query))
                .sorted(sort.length > 1 && sort[1].equalsIgnoreCase("desc") ? order.reversed() : order)
                .toList();
        ArrayNode content = Json.array();
        found.stream().skip((page - 1L) * size).limit(size).forEach(content::add);
        ObjectNode answer = Json.object();
        answer.set("content", content);
        answer.putObject("metadata")
                .put("totalElements", found.size())
                .put("page", page)
                .put("size", size);
        return Answer.json(200, answer.put("hasCaseNotes", !all.isEmpty()));
    }

    private static boolean wanted(ObjectNode note, JsonNode query) {
        if (note.get("sensitive").asBoolean() && !query.get("includeSensitive").asBoolean()) {
            return false;
        }
        LocalDateTime occurred =
                LocalDateTime.parse(note.get("occurrenceDateTime").asText());
        if (query.hasNonNull("occurredFrom")
                && occurred.isBefore(
                        LocalDateTime.parse(query.get("occurredFrom").asText()))) {
            return false;
        }
        if (query.hasNonNull("occurredTo")
                && occurred.isAfter(LocalDateTime.parse(query.get("occurredTo").asText()))) {
            return false;
        }
        JsonNode types = query.get("typeSubTypes");
        if (types.isEmpty()) {
            return true;
        }
        for (JsonNode type : types) {
            if (type.path("type").asText().equals(note.get("type").asText()) && subType(type, note)) {
                return true;
            }
        }
        return false;
    }

    private static boolean subType(JsonNode type, ObjectNode note) {
        JsonNode wanted = type.path("subTypes");
        if (wanted.isEmpty()) {
            return true;
        }
        for (JsonNode subType : wanted) {
            if (subType.asText().equals(note.get("subType").asText())) {
                return true;
            }
        }
        return false;
    }
}
