package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import sallyport.ledger.desk.Explained.Item;
import sallyport.ledger.desk.Explained.ProposedOffence;
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

    @Test
    void saysOfAProposedOffenceWhatTheTableSays() {
        String explanation =
                """
                {"offences":[{"code":"CJ88116","ruleId":"ASSAULT-POLICE-REFERRAL"},{"code":"CJ88159","ruleId":"ASSAULT-STAFF"},
                             {"code":"XX99999"},{"ruleId":"R"},7]}
                """;
        assertThat(Explained.offences(explanation, Instant.parse("2026-08-31T08:40:00Z")))
                .containsExactly(
                        new ProposedOffence(
                                "CJ88116",
                                "Assault by beating",
                                "CS",
                                "105/01",
                                "YES",
                                true,
                                LocalDate.parse("2027-02-28"),
                                "ASSAULT-POLICE-REFERRAL",
                                "PROPOSED"),
                        new ProposedOffence(
                                "CJ88159",
                                "Common assault of an emergency worker",
                                "CE",
                                "008/73",
                                "YES",
                                true,
                                null,
                                "ASSAULT-STAFF",
                                "PROPOSED"),
                        new ProposedOffence("XX99999", null, null, null, null, null, null, null, "PROPOSED"));
        assertThat(Explained.offences(explanation, null))
                .extracting(ProposedOffence::chargeBy)
                .containsOnlyNulls();
        assertThat(Explained.offences("not json", null)).isEmpty();
    }
}
