package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.World;

/** The reads of the incident reporting API: the list with its filters, sort and pages, and one report by id or reference. */
public final class IncidentReporting implements RestPartner {

    private static final List<String> BASIC = List.of(
            "id",
            "reportReference",
            "type",
            "incidentDateAndTime",
            "location",
            "title",
            "description",
            "reportedBy",
            "reportedAt",
            "status",
            "createdAt",
            "modifiedAt",
            "modifiedBy",
            "createdInNomis",
            "lastModifiedInNomis",
            "duplicatedReportId",
            "latestUserAction");

    private static final int LARGEST_PAGE = 1000;

    private final World world;

    public IncidentReporting(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "incident-reporting";
    }

    @Override
    public String paths() {
        return "/incident-reports.*";
    }

    @Override
    public Answer answer(Asked asked) {
        if (!asked.method().equals("GET")) {
            return Answer.empty(405);
        }
        if (asked.segments() == 1) {
            return list(asked);
        }
        boolean byReference = asked.segment(1).equals("reference");
        String key = asked.segment(byReference ? 2 : 1);
        String rest = asked.segment(byReference ? 3 : 2);
        Optional<ObjectNode> report =
                (byReference ? world.byReference(key) : world.find(key)).map(IncidentRecord::report);
        if (report.isEmpty()) {
            return Answer.hmppsError(404, 301, "There is no report found");
        }
        return switch (rest) {
            case "" -> Answer.json(200, basic(report.get()));
            case "with-details" ->
                Answer.json(
                        200,
                        details(
                                report.get(),
                                asked.one("includeHistory").orElse("false").equals("true")));
            default -> Answer.hmppsError(404, 301, "No such resource");
        };
    }

    private static ObjectNode details(ObjectNode report, boolean history) {
        if (history) {
            return report;
        }
        ObjectNode without = report.deepCopy();
        without.putArray("history");
        return without;
    }

    private static ObjectNode basic(ObjectNode report) {
        return report.deepCopy().retain(BASIC);
    }

    private Answer list(Asked asked) {
        int page = number(asked, "page", 0);
        int size = number(asked, "size", 20);
        if (page < 0 || size < 1 || size > LARGEST_PAGE) {
            return Answer.hmppsError(400, 100, "Validation failure: page or size");
        }
        List<String> sorts = asked.raw("sort").isEmpty() ? List.of("incidentDateAndTime,DESC") : asked.raw("sort");
        for (String sort : sorts) {
            if (!BASIC.contains(sort.split(",")[0])) {
                return Answer.hmppsError(400, 100, "No property '" + sort.split(",")[0] + "' found for type 'Report'");
            }
        }
        List<ObjectNode> found = world.incidents().stream()
                .map(Found::of)
                .flatMap(Optional::stream)
                .filter(wanted(asked))
                .sorted(order(sorts))
                .map(Found::report)
                .toList();
        ArrayNode content = Json.array();
        found.stream().skip((long) page * size).limit(size).forEach(report -> content.add(basic(report)));
        ObjectNode answer = Json.object();
        answer.set("content", content);
        answer.put("number", page)
                .put("size", size)
                .put("numberOfElements", content.size())
                .put("totalElements", found.size())
                .put("totalPages", (found.size() + size - 1) / size);
        ArrayNode sortNames = answer.putArray("sort");
        sorts.forEach(sort -> sortNames.add(sort.contains(",") ? sort : sort + ",ASC"));
        return Answer.json(200, answer);
    }

    private record Found(IncidentRecord incident, ObjectNode report) {

        static Optional<Found> of(IncidentRecord incident) {
            return Optional.ofNullable(incident.report()).map(report -> new Found(incident, report));
        }

        String text(String field) {
            return report.path(field).asText();
        }
    }

    private static Predicate<Found> wanted(Asked asked) {
        Predicate<Found> wanted = among(asked, "status", "status")
                .and(among(asked, "location", "location"))
                .and(among(asked, "type", "type"))
                .and(among(asked, "reference", "reportReference"))
                .and(between(asked, "reportedDate", "reportedAt"))
                .and(between(asked, "incidentDate", "incidentDateAndTime"));
        Optional<String> prisoner = asked.one("involvingPrisonerNumber");
        if (prisoner.isPresent()) {
            wanted = wanted.and(
                    found -> found.report().findValuesAsText("prisonerNumber").contains(prisoner.get()));
        }
        return asked.all("source").equals(List.of("NOMIS")) ? found -> false : wanted;
    }

    private static Predicate<Found> among(Asked asked, String parameter, String field) {
        List<String> values = asked.all(parameter);
        return values.isEmpty() ? found -> true : found -> values.contains(found.text(field));
    }

    private static Predicate<Found> between(Asked asked, String parameter, String field) {
        String from = asked.one(parameter + "From").orElse("");
        String until = asked.one(parameter + "Until").orElse("9999");
        return found -> {
            String date = found.text(field).substring(0, 10);
            return date.compareTo(from) >= 0 && date.compareTo(until) <= 0;
        };
    }

    private static Comparator<Found> order(List<String> sorts) {
        Comparator<Found> order = Comparator.comparing(found -> 0);
        for (String sort : sorts) {
            String[] parts = sort.split(",");
            boolean down = parts.length > 1 && parts[1].equalsIgnoreCase("DESC");
            order = order.thenComparing(down ? by(parts[0]).reversed() : by(parts[0]));
        }
        return order;
    }

    /** Times as text do not sort: their fractions have as many digits as they need. */
    private static Comparator<Found> by(String property) {
        return switch (property) {
            case "modifiedAt" -> Comparator.comparing(found -> found.incident().modified());
            case "reportReference" ->
                Comparator.comparing(found -> found.incident().index());
            default -> Comparator.comparing(found -> found.text(property));
        };
    }

    private static int number(Asked asked, String parameter, int otherwise) {
        try {
            return Integer.parseInt(asked.one(parameter).orElse(String.valueOf(otherwise)));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
