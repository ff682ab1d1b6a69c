package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.World;

/** The alerts about one prisoner, in Spring's pages from 0; nobody unknown, only people without any. */
public final class PrisonerAlerts implements RestPartner {

    private static final List<String> SORTABLE = List.of("activeFrom", "activeTo", "createdAt", "lastModifiedAt");

    private final World world;
    private final Clock clock;

    public PrisonerAlerts(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "prisoner-alerts";
    }

    @Override
    public String paths() {
        return "/prisoners/[^/]+/alerts";
    }

    @Override
    public Answer answer(Asked asked) {
        if (!asked.method().equals("GET")) {
            return Answer.empty(405);
        }
        int page = number(asked, "page", 0);
        int size = number(asked, "size", Integer.MAX_VALUE);
        String[] sort = asked.one("sort").orElse("activeFrom,DESC").split(",");
        if (page < 0 || size < 1 || !SORTABLE.contains(sort[0])) {
            return Answer.hmppsError(400, 400, "Validation failure: page, size or sort");
        }
        Comparator<ObjectNode> order =
                Comparator.comparing(alert -> alert.path(sort[0]).asText());
        List<ObjectNode> found = world.alerts(asked.segment(1)).stream()
                .map(this::asItStandsToday)
                .filter(wanted(asked))
                .sorted(sort.length > 1 && sort[1].equalsIgnoreCase("DESC") ? order.reversed() : order)
                .toList();
        ArrayNode content = Json.array();
        found.stream().skip((long) page * size).limit(size).forEach(content::add);
        return Answer.json(200, page(content, page, size, found.size()));
    }

    /** Active from the first day on, and no more on the day named as the end. */
    private ObjectNode asItStandsToday(JsonNode alert) {
        LocalDate today = LocalDate.now(clock.withZone(ZoneId.of("Europe/London")));
        boolean begun = !LocalDate.parse(alert.get("activeFrom").asText()).isAfter(today);
        boolean over = alert.has("activeTo")
                && !LocalDate.parse(alert.get("activeTo").asText()).isAfter(today);
        return ((ObjectNode) alert.deepCopy()).put("isActive", begun && !over);
    }

    private static Predicate<ObjectNode> wanted(Asked asked) {
        List<String> types = asked.all("alertType");
        List<String> codes = asked.all("alertCode");
        String from = asked.one("activeFromStart").orElse("");
        String until = asked.one("activeFromEnd").orElse("9999");
        String words = asked.one("search").orElse("").toLowerCase(Locale.ROOT);
        return alert -> {
            String since = alert.get("activeFrom").asText();
            return (types.isEmpty()
                            || types.contains(
                                    alert.at("/alertCode/alertTypeCode").asText()))
                    && (codes.isEmpty()
                            || codes.contains(alert.at("/alertCode/code").asText()))
                    && asked.one("isActive")
                            .map(active -> active.equals(alert.get("isActive").asText()))
                            .orElse(true)
                    && since.compareTo(from) >= 0
                    && since.compareTo(until) <= 0
                    && (alert.path("description").asText() + "\n"
                                    + alert.path("authorisedBy").asText())
                            .toLowerCase(Locale.ROOT)
                            .contains(words);
        };
    }

    private static ObjectNode page(ArrayNode content, int page, int size, int total) {
        int pages = (int) (((long) total + size - 1) / size);
        ObjectNode sorted =
                Json.object().put("empty", false).put("sorted", true).put("unsorted", false);
        ObjectNode answer = Json.object();
        int elements = content.size();
        answer.set("content", content);
        answer.putObject("pageable")
                .put("pageNumber", page)
                .put("pageSize", size)
                .put("offset", (long) page * size)
                .put("paged", true)
                .put("unpaged", false)
                .set("sort", sorted);
        answer.put("totalElements", total)
                .put("totalPages", pages)
                .put("last", page + 1 >= pages)
                .put("first", page == 0)
                .put("size", size)
                .put("number", page)
                .put("numberOfElements", elements)
                .put("empty", elements == 0)
                .set("sort", sorted.deepCopy());
        return answer;
    }

    private static int number(Asked asked, String parameter, int otherwise) {
        try {
            return asked.one(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
