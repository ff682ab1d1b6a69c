package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.referral.Readiness.State;

class FactFormTest {

    private static final String MG11 =
            """
            {"state":"PRESENT","source":"The file","entries":[
             {"givenBy":"Fio Ficta","takenOn":"2026-08-03","pages":3,"signed":true,"declaration":true,"backComplete":true}]}""";

    @ParameterizedTest
    @EnumSource(ReadinessItem.class)
    void everyItemCanBeAnsweredExceptTheOneThatFollows(ReadinessItem item) {
        if (item == ReadinessItem.STATEMENT_QUALITY) {
            assertThatThrownBy(() -> FactForm.of(item)).hasMessage("derived-item at /item");
        } else {
            Fact fact = InventedAnswers.fact(
                    item, "{\"state\":\"NOT_APPLICABLE\",\"note\":\"Nobody was hurt.\",\"source\":\"The report\"}");
            assertThat(fact.state()).isEqualTo(State.NOT_APPLICABLE);
        }
    }

    @Test
    void refusesAStatementWithoutItsNumberOfPages() {
        assertRefused(MG11.replace("\"pages\":3,", ""), "missing-field", "/entries/0/pages");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"pages\":3 | \"pages\":0 | not-a-number | /entries/0/pages",
                "\"pages\":3 | \"pages\":1000 | not-a-number | /entries/0/pages",
                "\"pages\":3 | \"pages\":3.5 | not-a-number | /entries/0/pages",
                "\"pages\":3 | \"pages\":\"3\" | not-a-number | /entries/0/pages",
                "\"pages\":3 | \"pages\":99999999999 | not-a-number | /entries/0/pages",
                "\"signed\":true | \"signed\":\"true\" | not-yes-or-no | /entries/0/signed",
                "2026-08-03 | 2026-02-30 | not-a-day | /entries/0/takenOn",
                "2026-08-03 | 0206-08-03 | not-a-day | /entries/0/takenOn",
                "2026-08-03 | 3 August | not-a-day | /entries/0/takenOn",
                "Fio Ficta | Fio\\u0000Ficta | not-plain-text | /entries/0/givenBy",
                "Fio Ficta | Fio\\nFicta | not-plain-text | /entries/0/givenBy",
                "Fio Ficta | Fio\\ud800Ficta | not-plain-text | /entries/0/givenBy",
                "\"Fio Ficta\" | \"  \" | missing-field | /entries/0/givenBy",
                "\"Fio Ficta\" | null | missing-field | /entries/0/givenBy",
                "\"Fio Ficta\" | 7 | not-a-text | /entries/0/givenBy",
                "\"pages\":3 | \"pages\":3,\"canary\":1 | unknown-field | /entries/0",
                "\"source\":\"The file\" | \"source\":\"\" | missing-field | /source",
                "\"source\":\"The file\" | \"source\":null | missing-field | /source",
                "\"source\":\"The file\" | \"source\":\"The file\",\"canary\":1 | unknown-field | /",
                "PRESENT | THERE | not-a-state | /state",
                "PRESENT | MISSING | missing-field | /note",
                "\"PRESENT\" | \"MISSING\",\"note\":\"Not yet\" | surplus-entries | /entries"
            })
    void namesTheElementThatIsWrong(String instead, String of, String code, String where) {
        assertThat(MG11).contains(instead);
        assertRefused(MG11.replace(instead, of), code, where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | not-an-object",
                "[] | not-an-object",
                "{ | not-json",
                "{\"state\":\"PRESENT\",\"source\":\"s\"} | missing-entries",
                "{\"state\":\"PRESENT\",\"source\":\"s\",\"entries\":{}} | not-a-list",
                "{\"state\":\"PRESENT\",\"source\":\"s\",\"entries\":[1]} | not-an-object"
            })
    void refusesWhatIsNoAnswer(String json, String code) {
        assertThatThrownBy(() -> InventedAnswers.fact(ReadinessItem.VICTIM_STATEMENT, json))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith(code + " at /");
    }

    @Test
    void refusesMoreThanFitsAndASealThatIsThereTwice() {
        String one = MG11.substring(MG11.indexOf('[') + 1, MG11.lastIndexOf(']'));
        assertRefused(
                MG11.replace(one, String.join(",", java.util.Collections.nCopies(51, one))),
                "too-many-entries",
                "/entries");
        assertRefused(
                MG11.replace("Fio Ficta", "x".repeat(FactField.MOST_TEXT + 1)), "too-long-text", "/entries/0/givenBy");
        assertThatThrownBy(
                        () -> InventedAnswers.fact(
                                ReadinessItem.EXHIBITS,
                                """
                        {"state":"PRESENT","source":"s","entries":[
                          {"exhibit":"FF/1","description":"A mop","seal":"B1","producedBy":"Fio"},
                          {"exhibit":"FF/2","description":"A cup","seal":"B1","producedBy":"Fio"}]}"""))
                .hasMessage("twice at /entries/1/seal");
        assertThatThrownBy(
                        () -> InventedAnswers.fact(
                                ReadinessItem.USE_OF_FORCE,
                                """
                        {"state":"PRESENT","source":"s","entries":[{"reference":"1","completedOn":"2026-01-01","completedBy":"A"},
                          {"reference":"2","completedOn":"2026-01-01","completedBy":"A"}]}"""))
                .hasMessage("too-many-entries at /entries");
    }

    @Test
    void refusesDatesToAvoidThatEndBeforeTheyBegin() {
        assertThatThrownBy(
                        () -> InventedAnswers.fact(
                                ReadinessItem.WITNESS_AVAILABILITY,
                                """
                        {"state":"PRESENT","source":"s","entries":[{"who":"Fio","from":"2026-09-02","until":"2026-09-01"}]}"""))
                .hasMessage("ends-before-it-begins at /entries/0/until");
    }

    /** A PNC ID is mended in prisoner search, not by a person's word that it is there. */
    @Test
    void whatASystemHoldsCanOnlyBeExplained() {
        assertThatThrownBy(() -> InventedAnswers.fact(
                        ReadinessItem.PNC_CHECKED, "{\"state\":\"PRESENT\",\"source\":\"I looked it up\"}"))
                .hasMessage("held-by-system at /state");
    }

    @Test
    void theSameAnswerIsTheSameBytesAndIsReadBackEqual() {
        Fact fact = InventedAnswers.victimStatement();
        Fact shuffled = InventedAnswers.fact(
                ReadinessItem.VICTIM_STATEMENT,
                """
                {"entries":[{"backComplete":false,"declaration":true,"signed":true,"pages":3,"takenOn":"2026-08-03",
                  "givenBy":" Fio Ficta "}],"source":"The file in the office","note":"By hand.","state":"PRESENT"}""");
        assertThat(shuffled.content()).isEqualTo(fact.content());
        assertThat(Fact.of(ReadinessItem.VICTIM_STATEMENT, fact.content())).isEqualTo(fact);
        for (Fact any : InventedAnswers.everything()) {
            assertThat(Fact.of(any.item(), any.content())).isEqualTo(any);
        }
    }

    /** Whatever is sent is an answer or refused with a place; never anything else. */
    @Property(tries = 300)
    void anythingAtAllIsReadOrRefused(@ForAll String text) {
        for (String json : List.of(text, "{\"state\":\"PRESENT\",\"source\":" + quoted(text) + ",\"entries\":[{}]}")) {
            try {
                InventedAnswers.fact(ReadinessItem.VICTIM_STATEMENT, json);
            } catch (Rejected refused) {
                assertThat(refused.where()).startsWith("/");
                assertThat(refused.code()).matches("[a-z-]+");
            }
        }
    }

    @Test
    void everyFormAsksForSomethingThatMustBeThere() {
        for (FactForm form : FactForm.all()) {
            if (!form.heldBySystem()) {
                assertThat(form.fields()).as(form.item().code()).anyMatch(FactField::required);
                assertThat(form.fields()).extracting(FactField::name).doesNotHaveDuplicates();
            }
            form.fields().forEach(field -> assertThat(field.type() == FactField.Type.CHOICE)
                    .as(field.name())
                    .isEqualTo(!field.choices().isEmpty()));
        }
    }

    private static String quoted(String text) {
        return JsonMapper.builder()
                .build()
                .valueToTree(Map.of("t", text))
                .get("t")
                .toString();
    }

    private static void assertRefused(String json, String code, String where) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> FactForm.of(ReadinessItem.VICTIM_STATEMENT).read(bytes))
                .isInstanceOf(Rejected.class)
                .hasMessage(code + " at " + where);
    }
}
