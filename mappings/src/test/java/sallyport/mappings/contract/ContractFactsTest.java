package sallyport.mappings.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.AdjudicationStatus;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.incident.PrisonerOutcome;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.StaffRole;
import sallyport.mappings.incident.Status;
import sallyport.mappings.incident.UserAction;
import sallyport.mappings.incident.UserType;
import sallyport.mappings.table.CsvTable;

class ContractFactsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static final List<String> systems = ContractFacts.SYSTEMS;

    @ParameterizedTest
    @FieldSource("systems")
    void theFactFilesAgreeWithThePartnersDocuments(String system) throws IOException {
        JsonNode openApi = partnerDocument(system + "-api-docs.json");

        assertThat(ContractFacts.differences(system, ContractFacts.facts(system), openApi))
                .isEmpty();
    }

    @Test
    void theQuestionsOfTheRulesAgreeWithThePartnersQuestionSets() throws IOException {
        JsonNode sets = partnerDocument("incident-question-sets.json");
        List<String> differences = new ArrayList<>();
        Map<String, List<Map<String, String>>> questions = CsvTable.rows("sallyport/triage/answers.csv").stream()
                .collect(Collectors.groupingBy(row -> row.get("family") + " " + row.get("questionCode")));
        questions.forEach((key, rows) -> {
            Set<String> ours = new TreeSet<>();
            rows.forEach(row -> ours.add(row.get("answerCode") + "=" + row.get("answer")));
            String family = rows.get(0).get("family");
            boolean found = false;
            for (Map.Entry<String, JsonNode> type : sets.properties()) {
                JsonNode question =
                        type.getValue().path("questions").path(rows.get(0).get("questionCode"));
                if (!type.getKey().replaceFirst("_\\d+$", "").equals(family) || question.isMissingNode()) {
                    continue;
                }
                Set<String> theirs = new TreeSet<>();
                question.path("answers")
                        .forEach(answer -> theirs.add(answer.path("code").asText() + "="
                                + answer.path("response").asText().strip()));
                found |= ours.equals(theirs)
                        && question.path("multipleAnswers").asBoolean()
                                == rows.get(0).get("several").equals("yes")
                        && question.path("question")
                                .asText()
                                .strip()
                                .equals(rows.get(0).get("question"));
            }
            if (!found) {
                differences.add(key);
            }
        });

        assertThat(differences).isEmpty();
    }

    /** But for the cases about what the partner does not send. */
    @Test
    void theGoldenReportsOfTriageAskAndAnswerInThePartnersCodes() throws IOException {
        JsonNode sets = partnerDocument("incident-question-sets.json");
        Set<String> foreign = Set.of(
                "assault-answer-nobody-knows",
                "assault-answers-without-codes",
                "assault-of-a-later-version",
                "assault-of-a-version-with-other-codes");
        List<String> differences = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/golden/triage"))) {
            for (Path folder : folders.sorted().toList()) {
                JsonNode report = MAPPER.readTree(folder.resolve("in.json").toFile());
                for (JsonNode asked : report.path("questions")) {
                    JsonNode question = sets.path(report.path("type").asText())
                            .path("questions")
                            .path(asked.path("code").asText());
                    Set<String> codes = new TreeSet<>();
                    question.path("answers")
                            .forEach(answer -> codes.add(answer.path("code").asText()));
                    for (JsonNode response : asked.path("responses")) {
                        if (!codes.contains(response.path("code").asText())) {
                            differences.add(folder.getFileName() + " "
                                    + asked.path("code").asText());
                        }
                    }
                }
            }
        }

        differences.removeIf(difference -> foreign.contains(difference.split(" ")[0]));
        assertThat(differences).isEmpty();
    }

    @Test
    void everyDifferenceIsNamed() throws IOException {
        JsonNode facts = MAPPER.readTree(
                """
                {"root":{"name":"A","array":false},"schema":{
                  "A":{"same":{"type":"string","required":true},"gone":{"type":"string"},"looser":{"type":"integer","required":true},
                       "codes":{"type":"string","enum":["X","Y"]},"part":{"type":"object","ref":"B","array":true,"required":true}},
                  "B":{"at":{"type":"string","format":"date-time","nullable":true}},
                  "C":{}}}
                """);
        JsonNode openApi = MAPPER.readTree(
                """
                {"components":{"schemas":{
                  "A":{"required":["same","part"],"properties":{"same":{"type":"string"},"looser":{"type":["integer","null"]},
                       "codes":{"type":"string","enum":["X","Z"]},"part":{"type":"array","items":{"$ref":"#/components/schemas/B"}},
                       "other":{"oneOf":[{"$ref":"#/components/schemas/D"},{"type":"null"}]}}},
                  "B":{"properties":{"at":{"type":"string","format":"date-time","nullable":true}}},
                  "D":{"properties":{}}}}}
                """);

        assertThat(ContractFacts.differences("s", facts, openApi))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("s: A.gone is gone"),
                        line -> assertThat(line).startsWith("s: A.other is new"),
                        line -> assertThat(line).startsWith("s: A.looser was"),
                        line -> assertThat(line).startsWith("s: A.codes was"),
                        line -> assertThat(line).isEqualTo("s: D is new"),
                        line -> assertThat(line).isEqualTo("s: C is gone"));
    }

    @Test
    void ourCodesAreTheCodesOfTheFactFiles() {
        assertCodes("incidents", "ReportWithDetails", "status", Status.class);
        assertCodes("incidents", "ReportWithDetails", "latestUserAction", UserAction.class);
        assertCodes("incidents", "PrisonerInvolvement", "prisonerRole", PrisonerRole.class);
        assertCodes("incidents", "PrisonerInvolvement", "outcome", PrisonerOutcome.class);
        assertCodes("incidents", "StaffInvolvement", "staffRole", StaffRole.class);
        assertCodes("incidents", "CorrectionRequest", "userType", UserType.class);
        assertCodes("adjudications", "ReportedAdjudicationDto", "status", AdjudicationStatus.class);
        assertCodes("adjudications", "OutcomeDto", "code", Adjudication.OutcomeCode.class);
        assertCodes("adjudications", "HearingOutcomeDto", "code", Adjudication.HearingOutcomeCode.class);
        assertCodes("adjudications", "HearingDto", "oicHearingType", Adjudication.HearingType.class);
        assertCodes("adjudications", "ReportedEvidenceDto", "code", Adjudication.EvidenceCode.class);
        assertCodes("adjudications", "ReportedWitnessDto", "code", Adjudication.WitnessCode.class);
        assertCodes("adjudications", "ReportedDamageDto", "code", Adjudication.DamageCode.class);
        assertCodes(
                "adjudications", "OffenceDto", "protectedCharacteristics", Adjudication.ProtectedCharacteristic.class);
    }

    @Test
    void theFamiliesAreThoseOfTheTypes() {
        Set<String> families = new TreeSet<>();
        ContractFacts.facts("incidents")
                .at("/schema/ReportWithDetails/type/enum")
                .forEach(type -> families.add(type.asText().replaceFirst("_\\d+$", "")));

        assertThat(IncidentFamilies.all()).containsExactlyInAnyOrderElementsOf(families);
    }

    private static void assertCodes(String system, String schema, String field, Class<? extends Enum<?>> codes) {
        List<String> facts = new ArrayList<>();
        ContractFacts.facts(system)
                .at("/schema/" + schema + "/" + field + "/enum")
                .forEach(code -> facts.add(code.asText()));

        assertThat(Arrays.stream(codes.getEnumConstants()).map(Enum::name))
                .as("%s.%s", schema, field)
                .containsExactlyInAnyOrderElementsOf(facts);
    }

    /** The partners' documents are not ours to keep: {@code make contracts DIR=…} names where they are. */
    private static JsonNode partnerDocument(String file) throws IOException {
        String folder = System.getProperty("contracts.dir", "");
        assumeTrue(!folder.isEmpty(), "contracts.dir is not set");
        return MAPPER.readTree(Path.of(folder, "hmpps", file).toFile());
    }
}
