package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.offence.Offences;
import sallyport.mappings.table.CsvTable;

class TriageTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TriageTables TABLES = TriageTables.load();
    private static final Pattern NAMES_NOTHING =
            Pattern.compile("^(OTHER( - .*)?|(YES - )?(OTHER|UNKNOWN)( .*)?|NOT KNOWN|NOT APPLICABLE)$");

    @Test
    void everyKnownFamilyHasARow() {
        assertThat(TABLES.families().keySet()).isEqualTo(IncidentFamilies.all());
    }

    @Test
    void everyCriterionOfAnnexAIsListedWithWhatCouldBeReadOfIt() {
        List<Map<String, String>> annexA = CsvTable.rows("sallyport/triage/criteria.csv").stream()
                .filter(row -> row.get("annex").equals("A"))
                .toList();

        assertThat(annexA)
                .extracting(row -> row.get("number"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 18).mapToObj(Integer::toString).toList());
        assertThat(annexA).allSatisfy(row -> {
            assertThat(row.get("read")).isIn("whole", "cut");
            assertThat(row.get("answered")).isIn("yes", "partly", "no");
        });
    }

    @Test
    void aRulePointsToACriterionExactlyIfAReportCanAnswerIt() {
        Set<String> pointedTo = Stream.of("rules.csv", "families.csv")
                .flatMap(table -> CsvTable.rows("sallyport/triage/" + table).stream())
                .map(row -> row.get("criterion"))
                .collect(Collectors.toSet());

        assertThat(CsvTable.rows("sallyport/triage/criteria.csv"))
                .allSatisfy(row -> assertThat(pointedTo.contains(row.get("code")))
                        .as(row.get("code"))
                        .isEqualTo(!row.get("answered").equals("no")));
    }

    @Test
    void everyRuleSaysInWordsWhatItMeansAndWhereItComesFrom() {
        assertThat(CsvTable.rows("sallyport/triage/rules.csv")).allSatisfy(row -> {
            assertThat(row.get("explanation")).isNotBlank();
            assertThat(row.get("source")).isNotBlank();
        });
    }

    @Test
    void everyOffenceARuleProposesIsInTheTableOfOffences() {
        assertThat(CsvTable.rows("sallyport/triage/offences.csv"))
                .extracting(row -> row.get("offence"))
                .allSatisfy(code -> assertThat(Offences.find(OffenceCode.of(code, "/")))
                        .as(code)
                        .isPresent());
    }

    /** Builds a report from the rule's own conditions: a rule that nothing can fulfil, or whose answers name nothing, fails here. */
    @TestFactory
    Stream<DynamicTest> everyRuleHoldsForTheReportItDescribes() {
        return TABLES.families().entrySet().stream().flatMap(family -> family.getValue().rules().stream()
                .map(rule -> dynamicTest(family.getKey() + " " + rule.id(), () -> assertThat(Triage.rules()
                                .decide(described(family.getKey(), rule))
                                .reasons())
                        .extracting(Reason::ruleId)
                        .contains(rule.id()))));
    }

    /** An answer that says nothing clears a report by its silence unless a rule looks at it; which ones none looks at is listed with why. */
    @Test
    void everyAnswerThatNamesNothingIsInAConditionOrListedWithAReason() {
        Set<String> open = new TreeSet<>();
        TABLES.families().forEach((family, one) -> one.rules().stream()
                .flatMap(rule -> rule.groups().stream().flatMap(List::stream))
                .flatMap(condition -> asked(condition).stream())
                .distinct()
                .map(one.questions()::question)
                .forEach(question -> question.answers().forEach((code, words) -> {
                    if (NAMES_NOTHING.matcher(words).find() && !looksAt(one, question.code(), code)) {
                        open.add(family + " " + question.code() + " " + code);
                    }
                })));
        List<Map<String, String>> listed = CsvTable.rows("triage/says-nothing.csv");

        assertThat(listed).allSatisfy(row -> assertThat(row.get("because")).isNotBlank());
        assertThat(listed.stream()
                        .map(row -> row.get("family") + " " + row.get("questionCode") + " " + row.get("answerCode")))
                .containsExactlyElementsOf(open);
    }

    private static Set<String> asked(Rule.Condition condition) {
        if (condition instanceof Rule.Answered answered) {
            return Set.of(answered.questionCode());
        }
        if (condition instanceof Rule.NotAnswered answered) {
            return Set.of(answered.questionCode());
        }
        if (condition instanceof Rule.WeighsFrom weight) {
            return Set.of(weight.questionCode());
        }
        return condition instanceof Rule.RecordedAfter answered ? Set.of(answered.questionCode()) : Set.of();
    }

    private static boolean looksAt(TriageTables.Family family, String question, String answer) {
        return family.rules().stream()
                .flatMap(rule -> rule.groups().stream().flatMap(List::stream))
                .anyMatch(condition -> condition instanceof Rule.Answered answered
                        && answered.questionCode().equals(question)
                        && answered.codes().contains(answer));
    }

    @Test
    void theVerdictOfAReportIsTheFirstKindThatAnyRuleGives() {
        assertThat(Verdict.Kind.values())
                .containsExactly(
                        Verdict.Kind.MANDATORY,
                        Verdict.Kind.NEEDS_REVIEW,
                        Verdict.Kind.DISCRETIONARY,
                        Verdict.Kind.NOT_REFERABLE);
    }

    @Test
    void theExplanationHoldsCodesOnlyAndNothingFromTheReport() throws IOException {
        String canary = "CANARY-7F3A";
        IncidentReport report = report(node -> {
            node.put("title", canary).put("description", canary);
            ObjectNode response = (ObjectNode) node.at("/questions/0/responses/0");
            response.put("code", canary).put("response", canary).put("additionalInformation", canary);
        });

        Verdict verdict = Triage.rules().decide(report);

        assertThat(verdict.reasons()).extracting(Reason::ruleId).contains("unknown-answer");
        assertThat(verdict.explanationJson()).doesNotContain(canary);
        assertThat(verdict.toString()).doesNotContain(canary);
        assertThat(MAPPER.readTree(verdict.explanationJson()).get("ruleVersion").asText())
                .isEqualTo(Triage.rules().ruleVersion())
                .matches("cipra-2023-09-27\\.\\d+\\+[0-9a-f]{8}");
    }

    @Test
    void theSameReportAlwaysHasTheSameExplanation() {
        String first = Triage.rules().decide(report(node -> {})).explanationJson();

        assertThat(Triage.rules().decide(report(node -> {})).explanationJson()).isEqualTo(first);
    }

    private static IncidentReport described(String family, Rule rule) {
        return report(node -> {
            node.put("type", family + "_1");
            node.putArray("questions");
            ((ArrayNode) node.get("prisonersInvolved")).remove(1);
            for (List<Rule.Condition> group : rule.groups()) {
                fulfil(group.get(0), node);
            }
        });
    }

    private static void fulfil(Rule.Condition condition, ObjectNode node) {
        if (condition instanceof Rule.Answered answered) {
            answer(node, answered.questionCode(), answered.codes());
        } else if (condition instanceof Rule.RecordedAfter answered) {
            answer(node, answered.questionCode(), answered.codes());
            ((ObjectNode) node.at("/questions/0/responses/0")).put("recordedAt", "2026-08-04T09:40:00.000000001");
        } else if (condition instanceof Rule.WeighsFrom weight) {
            answer(
                    node,
                    weight.questionCode(),
                    Set.of(Collections.max(weight.grams().entrySet(), Map.Entry.comparingByValue())
                            .getKey()));
        } else if (condition instanceof Rule.PrisonerHasRole role) {
            ((ObjectNode) node.at("/prisonersInvolved/0")).put("prisonerRole", first(role.roles()));
        } else if (condition instanceof Rule.PrisonerHasOutcome outcome) {
            ((ObjectNode) node.at("/prisonersInvolved/0")).put("outcome", first(outcome.outcomes()));
        } else if (condition instanceof Rule.StaffHasRole role) {
            ((ObjectNode) node.at("/staffInvolved/0")).put("staffRole", first(role.roles()));
        }
    }

    private static String first(Set<? extends Enum<?>> codes) {
        return codes.iterator().next().name();
    }

    private static void answer(ObjectNode node, String question, Set<String> codes) {
        ((ArrayNode) node.get("questions"))
                .addObject()
                .put("code", question)
                .put("question", "")
                .put("label", "")
                .putArray("responses")
                .addObject()
                .put("code", codes.iterator().next())
                .put("response", "")
                .put("label", "")
                .put("recordedBy", "QTEST1")
                .put("recordedAt", "2026-08-03T10:20:00");
    }

    private static IncidentReport report(Consumer<ObjectNode> change) {
        try (InputStream in = TriageTest.class.getResourceAsStream("/incident/staff-assault.json")) {
            ObjectNode node = (ObjectNode) MAPPER.readTree(in);
            change.accept(node);
            return IncidentReport.read(MAPPER.writeValueAsBytes(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
