package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.incident.IncidentReport;

/** What a row of a table means, on tables small enough to be seen whole; {@code TriageTest} looks at those of the build. */
class TriageTablesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<String, String> TABLES = Map.of(
            "criteria.csv",
                    """
                    annex,number,code,criterion
                    A,1,HOMICIDE,Murder
                    A,2,SERIOUS_HARM,Serious harm
                    D,1,PLANNED,It was planned
                    D,2,WEAPON,There was a weapon
                    """,
            "thresholds.csv",
                    """
                    threshold,prison,force,value
                    LATE,*,*,PT2H
                    LATE,*,13,PT1H
                    LATE,LEI,*,PT30M
                    HEAVY,*,*,20
                    HEAVY,MDI,*,5
                    """,
            "weights.csv", "family,questionCode,answerCode,grams\nFIRE,4,41,5\nFIRE,4,42,20\n",
            "answers.csv",
                    """
                    family,questionCode,question,several,answerCode,answer
                    ASSAULT,1,WHO WAS HIT,yes,11,STAFF
                    ASSAULT,1,WHO WAS HIT,yes,12,PRISONER
                    ASSAULT,1,WHO WAS HIT,yes,13,VISITOR
                    ASSAULT,1,WHO WAS HIT,yes,14,NOBODY
                    ASSAULT,2,WAS IT  PLANNED,no,21,YES
                    ASSAULT,2,WAS IT  PLANNED,no,22,NO
                    FIRE,3,WAS ANYBODY HURT,no,31,YES
                    FIRE,3,WAS ANYBODY HURT,no,32,NO
                    FIRE,4,HOW MUCH BURNT,no,41,SOME
                    FIRE,4,HOW MUCH BURNT,no,42,MUCH
                    FIRE,4,HOW MUCH BURNT,no,43,UNKNOWN
                    """,
            "rules.csv",
                    """
                    ruleId,family,criterion,verdict,immediate,prisonDecided,explanation
                    HIT,ASSAULT,SERIOUS_HARM,MANDATORY,yes,no,Staff or a prisoner was hit
                    HIT-PLANNED,ASSAULT,PLANNED,DISCRETIONARY,no,no,Somebody was hit as planned
                    LATE,ASSAULT,,NEEDS_REVIEW,no,no,It was told late
                    SURE,ASSAULT,,DISCRETIONARY,no,no,Nobody said that nobody was hit
                    MUCH,FIRE,,DISCRETIONARY,no,no,Much burnt
                    POLICE,*,WEAPON,DISCRETIONARY,no,yes,The police have it
                    STAFF,*,HOMICIDE,NEEDS_REVIEW,no,no,Somebody on the staff is suspected
                    """,
            "conditions.csv",
                    """
                    ruleId,group,kind,name,values,threshold
                    HIT,1,answered,1,11..12,
                    HIT-PLANNED,1,answered,1,11|13,
                    HIT-PLANNED,1,prisoner-role,,HOSTAGE|VICTIM,
                    HIT-PLANNED,2,answered,2,21,
                    LATE,1,recorded-after,2,22,LATE
                    SURE,1,not-answered,1,14,
                    MUCH,1,weighs-from,4,,HEAVY
                    POLICE,1,prisoner-outcome,,CHARGED_BY_POLICE|POLICE_INVESTIGATION,
                    STAFF,1,staff-role,,SUSPECTED_INVOLVEMENT,
                    """,
            "offences.csv",
                    """
                    ruleId,name,values,offence
                    HIT,,,CJ88160
                    HIT,1,11,OF61102
                    HIT-PLANNED,,,CJ88160
                    """,
            "families.csv",
                    """
                    family,verdict,immediate,criterion,answersNeeded,explanation
                    ASSAULT,NOT_REFERABLE,no,,1|2,Nobody was hit
                    FIRE,NOT_REFERABLE,yes,,,It was out at once
                    """);

    @Test
    void anAnswerOfARangeIsEveryAnswerInBetweenWithBothEnds() {
        assertThat(ruleIds(answered("1", "11"))).contains("HIT");
        assertThat(ruleIds(answered("1", "12"))).contains("HIT");
        assertThat(ruleIds(answered("1", "13"))).doesNotContain("HIT");
        assertThat(ruleIds(answered("1", "14"))).doesNotContain("HIT");
    }

    @Test
    void oneConditionOfAGroupIsEnoughAndEveryGroupHasToHold() {
        assertThat(ruleIds(answered("1", "13", "2", "21"))).contains("HIT-PLANNED");
        assertThat(ruleIds(answered("1", "12", "2", "21"))).doesNotContain("HIT-PLANNED");
        assertThat(ruleIds(answered("1", "13", "2", "22"))).doesNotContain("HIT-PLANNED");
        assertThat(ruleIds(report(node -> {
                    answer(node, "2", "21");
                    prisoner(node).put("prisonerRole", "VICTIM");
                })))
                .contains("HIT-PLANNED");
    }

    @Test
    void whatMustNotBeAnsweredMayStayUnanswered() {
        assertThat(ruleIds(answered("2", "22"))).contains("SURE");
        assertThat(ruleIds(answered("1", "14"))).doesNotContain("SURE");
    }

    @Test
    void anAnswerIsLateOnlyAfterThePeriodIsOver() {
        assertThat(ruleIds(recorded("2026-08-03T11:40:00"))).doesNotContain("LATE");
        assertThat(ruleIds(recorded("2026-08-03T11:40:00.000001"))).contains("LATE");
    }

    @ParameterizedTest
    @CsvSource({
        "LEI, 2026-08-03T10:10:00, false",
        "LEI, 2026-08-03T10:10:01, true",
        // A prison of the force with a row, and one of another.
        "WDI, 2026-08-03T10:40:01, true",
        "WDI, 2026-08-03T10:40:00, false",
        "MDI, 2026-08-03T11:40:00, false",
        "XXX, 2026-08-03T11:40:01, true"
    })
    void thePrisonsOwnThresholdCountsBeforeTheForcesAndThatBeforeTheRest(String prison, String at, boolean late) {
        IncidentReport report = report(node -> {
            answer(node, "2", "22");
            ((ObjectNode) node.at("/questions/0/responses/0")).put("recordedAt", at);
            node.put("location", prison);
        });
        assertThat(ruleIds(report).contains("LATE")).isEqualTo(late);
    }

    @ParameterizedTest
    @CsvSource({"LEI, 42, true", "LEI, 41, false", "LEI, 43, false", "MDI, 41, true", "MDI, 43, false"})
    void aWeightCountsFromTheThresholdOn(String prison, String answer, boolean much) {
        IncidentReport report = report(node -> {
            node.put("type", "FIRE_1");
            node.put("location", prison);
            answer(node, "4", answer);
        });
        assertThat(ruleIds(report).contains("MUCH")).isEqualTo(much);
        assertThat(decide(report).reasons())
                .filteredOn(reason -> reason.ruleId().equals("MUCH"))
                .allSatisfy(reason -> assertThat(reason.answerCode()).isEqualTo(answer));
    }

    @Test
    void aRuleOfEveryFamilyHoldsInEachOfThem() {
        for (String type : new String[] {"ASSAULT_5", "FIRE_1"}) {
            IncidentReport report = report(node -> {
                node.put("type", type);
                prisoner(node).put("outcome", "CHARGED_BY_POLICE");
                ((ObjectNode) node.at("/staffInvolved/0")).put("staffRole", "SUSPECTED_INVOLVEMENT");
            });

            assertThat(ruleIds(report)).contains("POLICE", "STAFF");
            assertThat(decide(report).prisonDecided()).isTrue();
            assertThat(decide(report).criteria()).containsExactly("HOMICIDE");
            assertThat(decide(report).aggravating()).containsExactly("WEAPON");
        }
        assertThat(decide(answered("1", "11")).prisonDecided()).isFalse();
    }

    @Test
    void theFamilySpeaksWhenNoRuleHolds() {
        Verdict verdict = decide(report(node -> node.put("type", "FIRE_1")));

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.NOT_REFERABLE);
        assertThat(verdict.immediate()).isTrue();
        assertThat(verdict.reasons()).extracting(Reason::ruleId).containsExactly("family-FIRE");
        assertThat(verdict.reasons()).extracting(Reason::explanation).containsExactly("It was out at once");
    }

    @Test
    void nothingIsClearedBeforeEveryNeededQuestionIsAnswered() {
        Verdict open = decide(answered("1", "14"));
        Verdict cleared = decide(answered("1", "14", "2", "22"));

        assertThat(open.kind()).isEqualTo(Verdict.Kind.NEEDS_REVIEW);
        assertThat(open.reasons()).extracting(Reason::ruleId).containsExactly("unanswered", "family-ASSAULT");
        assertThat(open.reasons()).first().extracting(Reason::questionCode).isEqualTo("2");
        assertThat(cleared.kind()).isEqualTo(Verdict.Kind.NOT_REFERABLE);
        assertThat(cleared.reasons()).extracting(Reason::ruleId).containsExactly("family-ASSAULT");
    }

    @Test
    void anOffenceIsProposedOnceAndOnlyWithTheAnswersItAsksFor() {
        assertThat(decide(answered("1", "12", "2", "21")).offences())
                .extracting(proposed -> proposed.code().value())
                .containsExactly("CJ88160");
        assertThat(decide(answered("1", "11", "2", "21")).offences())
                .extracting(proposed -> proposed.code().value() + " " + proposed.ruleId())
                .containsExactly("CJ88160 HIT", "OF61102 HIT");
    }

    @Test
    void aQuestionThatTakesOneAnswerContradictsItselfWithTwo() {
        assertThat(ruleIds(answered("2", "21", "2", "22"))).doesNotContain("contradictory-answers");
        IncidentReport contradictory = report(node -> {
            answer(node, "2", "21");
            ((ArrayNode) node.at("/questions/0/responses")).addAll(responses("22"));
        });
        IncidentReport several = report(node -> {
            answer(node, "1", "11");
            ((ArrayNode) node.at("/questions/0/responses")).addAll(responses("13"));
        });

        assertThat(ruleIds(contradictory)).contains("contradictory-answers");
        assertThat(ruleIds(several)).doesNotContain("contradictory-answers");
    }

    @Test
    void theWordsOfAQuestionStandInForACodeThatNobodyKnows() {
        IncidentReport another = report(node -> {
            answer(node, "9000", "9001");
            ((ObjectNode) node.at("/questions/0")).put("question", " Was it planned ");
            ((ObjectNode) node.at("/questions/0/responses/0")).put("response", "no");
        });

        assertThat(decide(another).reasons())
                .filteredOn(reason -> reason.ruleId().equals("unanswered"))
                .extracting(Reason::questionCode)
                .doesNotContain("2");
    }

    @Test
    void theVersionOfTheRulesFollowsEveryTable() {
        String version = new Triage(TriageTables.of(bytes(TABLES))).ruleVersion();
        for (String file : TABLES.keySet()) {
            assertThat(new Triage(changed(file, "\n", "\n# a word more\n")).ruleVersion())
                    .as(file)
                    .isNotEqualTo(version);
        }
        assertThat(new Triage(TriageTables.of(bytes(TABLES))).ruleVersion()).isEqualTo(version);
        assertThat(TriageTables.load().hash())
                .startsWith(Triage.rules().ruleVersion().split("\\+")[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "thresholds.csv ; PT2H ; two hours ; rules.csv ; LATE",
                "thresholds.csv ; LATE,*,*,PT2H ; LATE,BXI,*,PT2H ; rules.csv ; LATE",
                "thresholds.csv ; LATE,*,13 ; LATE,*,* ; thresholds.csv ; PT1H",
                "thresholds.csv ; LATE,*,13 ; LATE,*,1 ; thresholds.csv ; PT1H",
                "thresholds.csv ; LATE,LEI ; LATE,lei ; thresholds.csv ; PT30M",
                "thresholds.csv ; *,*,20 ; *,*,heavy ; rules.csv ; MUCH",
                "weights.csv ; 4,42,20 ; 4,49,20 ; weights.csv ; 49",
                "weights.csv ; 4,42,20 ; 7,42,20 ; weights.csv ; 42",
                "weights.csv ; 4,42,20 ; 4,42,much ; weights.csv ; much",
                "conditions.csv ; weighs-from,4 ; weighs-from,3 ; rules.csv ; MUCH",
                "answers.csv ; yes,14 ; perhaps,14 ; answers.csv ; NOBODY",
                "rules.csv ; HIT-PLANNED, ; HIT, ; rules.csv ; as planned",
                "rules.csv ; SURE,ASSAULT ; SURE,BRAWL ; rules.csv ; BRAWL",
                "rules.csv ; POLICE,* ; POLICE,BRAWL ; rules.csv ; BRAWL",
                "rules.csv ; SERIOUS_HARM ; HARM ; rules.csv ; HARM",
                "rules.csv ; MANDATORY ; PERHAPS ; rules.csv ; PERHAPS",
                "rules.csv ; no,yes,The ; no,so,The ; rules.csv ; POLICE",
                "conditions.csv ; HIT,1 ; MISS,1 ; conditions.csv ; MISS",
                "conditions.csv ; 1,answered,1,11..12 ; 1,guessed,1,11..12 ; rules.csv ; HIT",
                "conditions.csv ; answered,1,11..12 ; answered,7,11..12 ; rules.csv ; HIT",
                "conditions.csv ; answered,1,11..12 ; answered,1,10..12 ; rules.csv ; HIT",
                "conditions.csv ; answered,1,11..12 ; answered,1,11..15 ; rules.csv ; HIT",
                "conditions.csv ; answered,1,11..12 ; answered,1,12..11 ; rules.csv ; HIT",
                "conditions.csv ; HOSTAGE ; HOST ; rules.csv ; HIT-PLANNED",
                "conditions.csv ; 22,LATE ; 22,SOON ; rules.csv ; LATE",
                "offences.csv ; HIT-PLANNED ; MISS ; offences.csv ; MISS",
                "offences.csv ; OF61102 ; theft ; rules.csv ; HIT",
                "offences.csv ; HIT,1,11 ; HIT,1,15 ; rules.csv ; HIT",
                "families.csv ; 1|2 ; 1|7 ; families.csv ; ASSAULT",
                "families.csv ; FIRE,NOT_REFERABLE,yes, ; FIRE,NOT_REFERABLE,, ; families.csv ; FIRE",
            })
    void aRowThatDoesNotFitStopsTheStartAndIsNamed(String file, String from, String to, String table, String row) {
        assertThatThrownBy(() -> changed(file, from, to))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The triage tables do not fit together: " + table + ", row ")
                .hasMessageContaining(row);
    }

    @Test
    void aFamilyWithoutARowIsNotJudged() {
        assertThatThrownBy(() -> decide(report(node -> node.put("type", "FIND_6"))))
                .hasMessageContaining("families.csv");
    }

    private static TriageTables changed(String file, String from, String to) {
        assertThat(TABLES.get(file)).contains(from);
        Map<String, String> changed = new HashMap<>(TABLES);
        changed.put(file, TABLES.get(file).replaceFirst(Pattern.quote(from), to));
        return TriageTables.of(bytes(changed));
    }

    private static Map<String, byte[]> bytes(Map<String, String> tables) {
        Map<String, byte[]> bytes = new HashMap<>();
        tables.forEach((file, text) -> bytes.put(file, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    private static Verdict decide(IncidentReport report) {
        return new Triage(TriageTables.of(bytes(TABLES))).decide(report);
    }

    private static List<String> ruleIds(IncidentReport report) {
        return decide(report).reasons().stream().map(Reason::ruleId).toList();
    }

    /** Questions and the answer of each. */
    private static IncidentReport answered(String... codes) {
        return report(node -> {
            for (int i = 0; i < codes.length; i += 2) {
                answer(node, codes[i], codes[i + 1]);
            }
        });
    }

    private static IncidentReport recorded(String at) {
        return report(node -> {
            answer(node, "2", "22");
            ((ObjectNode) node.at("/questions/0/responses/0")).put("recordedAt", at);
        });
    }

    private static void answer(ObjectNode node, String question, String code) {
        ((ArrayNode) node.get("questions"))
                .addObject()
                .put("code", question)
                .put("question", "")
                .put("label", "")
                .set("responses", responses(code));
    }

    private static ArrayNode responses(String code) {
        ArrayNode responses = MAPPER.createArrayNode();
        responses
                .addObject()
                .put("code", code)
                .put("response", "")
                .put("label", "")
                .put("recordedBy", "QTEST1")
                .put("recordedAt", "2026-08-03T10:20:00");
        return responses;
    }

    private static ObjectNode prisoner(ObjectNode node) {
        return (ObjectNode) node.at("/prisonersInvolved/0");
    }

    /** An incident at 09:40 with nothing answered and nobody whose role or outcome says anything. */
    private static IncidentReport report(Consumer<ObjectNode> change) {
        try (InputStream in = TriageTablesTest.class.getResourceAsStream("/incident/staff-assault.json")) {
            ObjectNode node = (ObjectNode) MAPPER.readTree(in);
            node.putArray("questions");
            change.accept(node);
            return IncidentReport.read(MAPPER.writeValueAsBytes(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
