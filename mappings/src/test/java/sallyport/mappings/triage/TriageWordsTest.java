package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriageWordsTest {

    private final TriageWords words = TriageWords.ofTables();

    @Test
    void saysWhatTheCodesOfAVerdictMean() {
        assertThat(words.rule("ASSAULT-INPATIENT")).contains("Somebody was an in-patient in an outside hospital");
        assertThat(words.rule("family-ESCAPE_FROM_PRISON")).contains("Any escape from an establishment");
        assertThat(words.criterion("ESCAPE")).contains("Any escape from an establishment or a secure escort");
        assertThat(words.question("61294")).contains("WERE ANY WEAPONS USED");
        assertThat(words.answer("61294", "213135")).contains("YES");
    }

    @Test
    void hasNoWordsForCodesOfOtherTables() {
        assertThat(words.rule("NO-SUCH-RULE")).isEmpty();
        assertThat(words.answer("61294", "1")).isEmpty();
    }
}
