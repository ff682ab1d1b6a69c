package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.World;

/** All adjudications of one prisoner, in a plain array; nobody unknown, only people without any. And those of a prison in some state, in pages. */
public final class Adjudications implements RestPartner {

    private final World world;

    public Adjudications(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "adjudications";
    }

    @Override
    public String paths() {
        return "/reported-adjudications/(prisoner/.*|reports)";
    }

    @Override
    public Answer answer(Asked asked) {
        if (!asked.method().equals("GET")) {
            return Answer.empty(405);
        }
        if (asked.segment(1).equals("reports")) {
            return reports(asked);
        }
        ArrayNode charges = Json.array();
        world.charges(asked.segment(2)).forEach(charges::add);
        return Answer.json(200, charges);
    }

    private Answer reports(Asked asked) {
        String caseload = asked.header("Active-Caseload");
        List<String> states = asked.all("status");
        if (caseload == null || states.isEmpty()) {
            return Answer.hmppsError(400, 400, "Validation failure: no active caseload set");
        }
        LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
        LocalDate from = asked.one("startDate").map(LocalDate::parse).orElse(today.minusDays(3));
        LocalDate until = asked.one("endDate").map(LocalDate::parse).orElse(today);
        int page = asked.one("page").map(Integer::parseInt).orElse(0);
        int size = asked.one("size").map(Integer::parseInt).orElse(20);
        List<ObjectNode> found = world.allCharges().stream()
                .filter(charge -> states.contains(charge.path("status").asText()))
                .filter(charge -> charge.path("originatingAgencyId").asText().equals(caseload))
                .filter(charge -> !discovered(charge).isBefore(from)
                        && !discovered(charge).isAfter(until))
                .sorted(Comparator.comparing(Adjudications::discovered))
                .toList();
        ArrayNode content = Json.array();
        found.stream().skip((long) page * size).limit(size).forEach(content::add);
        int pages = (found.size() + size - 1) / size;
        ObjectNode answer = Json.object();
        answer.set("content", content);
        return Answer.json(
                200,
                answer.put("totalElements", found.size())
                        .put("totalPages", pages)
                        .put("last", page + 1 >= pages)
                        .put("first", page == 0)
                        .put("size", size)
                        .put("number", page)
                        .put("numberOfElements", content.size())
                        .put("empty", content.isEmpty()));
    }

    private static LocalDate discovered(ObjectNode charge) {
        return LocalDateTime.parse(
                        charge.at("/incidentDetails/dateTimeOfDiscovery").asText())
                .toLocalDate();
    }
}
