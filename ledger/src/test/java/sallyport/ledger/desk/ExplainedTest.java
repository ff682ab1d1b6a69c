package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sallyport.ledger.desk.Explained.Item;
import sallyport.ledger.desk.Explained.Reason;

class ExplainedTest {

    @Test
    void putsTheCodesOfAVerdictIntoWords() {
        assertThat(
                        Explained.verdict(
                                """
                                {"kind":"MANDATORY","reasons":[
                                  {"ruleId":"ASSAULT-INPATIENT","criterion":"SERIOUS_INJURY","questionCode":"61294","answerCode":"213135"},
                                  {"ruleId":"family-ESCAPE_FROM_PRISON","criterion":"","questionCode":"","answerCode":""}]}
                                """))
                .hasSize(2)
                .first()
                .satisfies(reason -> {
                    assertThat(reason.explanation()).isEqualTo("Somebody was an in-patient in an outside hospital");
                    assertThat(reason.criterion()).startsWith("Injury with in-patient treatment");
                    assertThat(reason.question()).isEqualTo("WERE ANY WEAPONS USED");
                    assertThat(reason.answer()).isEqualTo("YES");
                });
    }

    @Test
    void showsCodesItDoesNotKnowAndNothingItCannotRead() {
        assertThat(
                        Explained.verdict(
                                "{\"reasons\":[{\"ruleId\":\"OLD\",\"criterion\":\"X\",\"questionCode\":\"1\",\"answerCode\":\"2\"}]}"))
                .containsExactly(new Reason("OLD", null, "X", "1", "2"));
        assertThat(Explained.verdict("not json")).isEmpty();
        assertThat(Explained.verdict("[]")).isEmpty();
        assertThat(Explained.readiness("{")).isEmpty();
    }

    @Test
    void prefersTheWordsThatWereStored() {
        assertThat(Explained.verdict(
                        "{\"reasons\":[{\"ruleId\":\"ASSAULT-INPATIENT\",\"explanation\":\"As it was then\"}]}"))
                .containsExactly(new Reason("ASSAULT-INPATIENT", "As it was then", null, null, null));
    }

    @Test
    void readsTheChecklist() {
        assertThat(
                        Explained.readiness(
                                "[{\"item\":\"Statement of the victim (MG11)\",\"state\":\"MISSING\",\"note\":\"Ask for it.\"},{}]"))
                .containsExactly(new Item("Statement of the victim (MG11)", "MISSING", "Ask for it."));
    }
}
