package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.Step;

class LedgerPathTest {

    @ParameterizedTest
    @EnumSource(Step.class)
    void namesEveryStep(Step step) {
        assertThat(LedgerPath.parse(step.path())).isEqualTo(new LedgerPath.Work(step));
    }

    @ParameterizedTest
    @EnumSource(LaneFamily.class)
    void namesEveryFamilyOfLanes(LaneFamily family) {
        assertThat(LedgerPath.parse("lanes/" + family.path())).isEqualTo(new LedgerPath.Lanes(family));
    }

    @Test
    void namesASystemToPoll() {
        assertThat(LedgerPath.parse("polls/incident-reporting")).isEqualTo(new LedgerPath.Polls("incident-reporting"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "triag",
                "Triage",
                "lanes",
                "lanes/",
                "lanes/nowhere",
                "lanes/force/46",
                "polls/",
                "polls/A b",
                "polls/x/y"
            })
    void refusesWhatNamesNothing(String path) {
        assertThatThrownBy(() -> LedgerPath.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "triage, 8",
        "lanes/force, 16",
        "lanes/tracker, 24",
        "lanes/adjudication, 8",
        "lanes/feed, 100",
        "polls/incident-reporting, 1"
    })
    void knowsHowManyMayBeUnderWayUnlessTold(String path, int usual) {
        assertThat(LedgerPath.parse(path).usualConcurrency()).isEqualTo(usual);
        assertThat(LedgerProperties.defaults().concurrencyOf(LedgerPath.parse(path)))
                .isEqualTo(usual);
    }
}
