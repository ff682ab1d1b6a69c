package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.mappings.triage.Verdict.Kind;

class JudgedTest {

    @Test
    void theSameVerdictIsNoNewsAndOneReasonLessNeither() {
        Verdict first = verdict(Kind.NEEDS_REVIEW, reason("A", "1", "11"), reason("B", "", ""));

        assertThat(judged(first).isNews(first)).isFalse();
        assertThat(judged(first).isNews(verdict(Kind.NEEDS_REVIEW, reason("B", "", ""))))
                .isFalse();
    }

    @Test
    void anotherKindOrRuleOrQuestionOrAnswerIsNews() {
        Verdict first = verdict(Kind.NEEDS_REVIEW, reason("A", "1", "11"));

        assertThat(judged(first).isNews(verdict(Kind.DISCRETIONARY, reason("A", "1", "11"))))
                .isTrue();
        for (Reason other : List.of(reason("B", "1", "11"), reason("A", "2", "11"), reason("A", "1", "12"))) {
            assertThat(judged(first).isNews(verdict(Kind.NEEDS_REVIEW, reason("A", "1", "11"), other)))
                    .isTrue();
        }
    }

    @Test
    void whatCannotBeReadSaysNothing() {
        assertThat(Judged.read(null)).isEmpty();
        assertThat(Judged.read("{")).isEmpty();
        assertThat(Judged.read("{}")).isEmpty();
        assertThat(Judged.read("{\"kind\":\"PERHAPS\"}")).isEmpty();
    }

    @Test
    void onlyAMandatoryVerdictFallsToWhatAPersonMaySettle() {
        assertThat(Judged.falls(Kind.MANDATORY, Kind.MANDATORY)).isFalse();
        assertThat(Judged.falls(Kind.MANDATORY, Kind.NEEDS_REVIEW)).isTrue();
        assertThat(Judged.falls(Kind.MANDATORY, Kind.DISCRETIONARY)).isTrue();
        assertThat(Judged.falls(Kind.DISCRETIONARY, Kind.NEEDS_REVIEW)).isFalse();
        assertThat(Judged.falls(Kind.NEEDS_REVIEW, Kind.DISCRETIONARY)).isFalse();
        assertThat(Judged.falls(Kind.DISCRETIONARY, Kind.NOT_REFERABLE)).isTrue();
        assertThat(Judged.falls(Kind.NEEDS_REVIEW, Kind.NOT_REFERABLE)).isTrue();
        assertThat(Judged.falls(Kind.NOT_REFERABLE, Kind.NOT_REFERABLE)).isFalse();
    }

    private static Judged judged(Verdict verdict) {
        return Judged.read(verdict.explanationJson()).orElseThrow();
    }

    private static Verdict verdict(Kind kind, Reason... reasons) {
        return new Verdict(kind, false, false, "v", List.of(reasons), List.of(), List.of(), List.of());
    }

    private static Reason reason(String rule, String question, String answer) {
        return new Reason(rule, "", question, "", answer, "", "");
    }
}
