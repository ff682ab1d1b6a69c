package sallyport.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields that the HMPPS contracts require of each of their objects, and a check of trees against them. */
public final class RequiredFields {

    private record Fact(String object, String field, String type) {}

    private static final Map<String, List<Fact>> FACTS = read();

    private RequiredFields() {}

    public static void check(String object, JsonNode tree) {
        List<Fact> facts = FACTS.get(object);
        assertThat(facts).as("facts of " + object).isNotNull();
        for (Fact fact : facts) {
            JsonNode value = tree.path(fact.field());
            assertThat(fits(fact.type(), value))
                    .as("%s.%s must be a %s", object, fact.field(), fact.type())
                    .isTrue();
        }
    }

    public static void checkReport(JsonNode report) {
        check("ReportWithDetails", report);
        report.get("questions").forEach(question -> {
            check("Question", question);
            question.get("responses").forEach(response -> check("Response", response));
        });
        report.get("prisonersInvolved").forEach(involved -> check("PrisonerInvolvement", involved));
        report.get("staffInvolved").forEach(involved -> check("StaffInvolvement", involved));
        report.get("descriptionAddendums").forEach(addendum -> check("DescriptionAddendum", addendum));
        report.get("historyOfStatuses").forEach(status -> check("StatusHistory", status));
        report.get("incidentTypeHistory").forEach(type -> check("IncidentTypeHistory", type));
        report.get("history").forEach(history -> check("History", history));
    }

    public static void checkCharge(JsonNode charge) {
        check("ReportedAdjudicationDto", charge);
        check("IncidentDetailsDto", charge.get("incidentDetails"));
        check("OffenceDto", charge.get("offenceDetails"));
        check("OffenceRuleDto", charge.at("/offenceDetails/offenceRule"));
        check("IncidentStatementDto", charge.get("incidentStatement"));
        charge.get("evidence").forEach(evidence -> check("ReportedEvidenceDto", evidence));
        charge.get("witnesses").forEach(witness -> check("ReportedWitnessDto", witness));
        charge.get("outcomes").forEach(outcome -> {
            check("CombinedOutcomeDto", outcome.get("outcome"));
            check("OutcomeDto", outcome.at("/outcome/outcome"));
        });
    }

    public static void checkAlert(JsonNode alert) {
        check("Alert", alert);
        check("AlertCodeSummary", alert.get("alertCode"));
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "date" -> value.isTextual() && LocalDate.parse(value.asText()) != null;
            case "time" -> value.isTextual() && LocalDateTime.parse(value.asText()) != null;
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static Map<String, List<Fact>> read() {
        try (var in = RequiredFields.class.getResourceAsStream("/facts/required-fields.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> new Fact(cells[0], cells[1], cells[2]))
                    .collect(Collectors.groupingBy(Fact::object));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
