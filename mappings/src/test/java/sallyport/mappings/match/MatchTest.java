package sallyport.mappings.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.match.Choice.Verdict;
import sallyport.mappings.time.LondonTime;

class MatchTest {

    private static final Policy POLICY = new Policy(70, 15, 50);
    private static final Set<String> NEEDED = Set.of("same", "other");

    private final List<Map<String, String>> rows = List.of(
            row("same", "15", "", "both are the same"),
            row("near", "25", "15", "a quarter of an hour"),
            row("far", "0", "60", "an hour"),
            row("other", "-20", "", "they are not"));
    private final List<Map<String, String>> thresholds = List.of(
            Map.of("threshold", "link", "points", "70"),
            Map.of("threshold", "lead", "points", "15"),
            Map.of("threshold", "ask", "points", "50"));

    @Test
    void aScoreIsTheSumOfItsReasonsFromNoughtToAHundred() {
        assertThat(Match.of("a", List.of(new Reason("same", 15), new Reason("other", -5)))
                        .score())
                .isEqualTo(10);
        assertThat(Match.of("a", List.of(new Reason("other", -20))).score()).isZero();
        assertThat(Match.of("a", List.of(new Reason("same", 70), new Reason("near", 31)))
                        .score())
                .isEqualTo(100);
        assertThat(Match.of("a", List.of(new Reason("same", 15), new Reason("none", 0), new Reason("other", -20)))
                        .explained())
                .isEqualTo("same +15, none +0, other -20");
    }

    @Test
    void theBestIsTakenWhereItIsGoodEnoughAndLeads() {
        assertThat(choice(70).verdict()).isEqualTo(Verdict.LINK);
        assertThat(choice(69).verdict()).isEqualTo(Verdict.ASK);
        assertThat(choice(50).verdict()).isEqualTo(Verdict.ASK);
        assertThat(choice(49)).isEqualTo(new Choice(Verdict.WAIT, List.of()));
        assertThat(choice().verdict()).isEqualTo(Verdict.WAIT);
        assertThat(choice(50, 85).matches()).extracting(Match::score).containsExactly(85, 50);
        assertThat(choice(70, 85).verdict()).isEqualTo(Verdict.LINK);
        assertThat(choice(71, 85).verdict()).isEqualTo(Verdict.ASK);
        // One that nobody is asked about does not stand in the way.
        assertThat(choice(49, 70).verdict()).isEqualTo(Verdict.LINK);
    }

    @Test
    void ofTwoAlikeTheOrderIsTheSameEveryTime() {
        Match one = new Match("a", 60, List.of());
        Match other = new Match("b", 60, List.of());

        assertThat(Choice.among(List.of(other, one), POLICY).matches()).containsExactly(one, other);
    }

    @Test
    void aPolicyThatLinksWhatItDoesNotEvenAskAboutIsNone() {
        assertThatThrownBy(() -> new Policy(40, 15, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy(40, 15, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy(101, 15, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy(70, 0, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy(70, 101, 50)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T10:15, near",
        "2026-07-01T09:44:59, far",
        "2026-07-01T11:00, far",
        "2026-07-01T11:00:01,",
        "9999-07-01T10:00,"
    })
    void theNearestRowOfTimeThatHoldsCounts(String time, String code) {
        assertThat(Points.read("t", NEEDED, rows)
                        .apart(london(time), london("2026-07-01T10:00"))
                        .map(Reason::code))
                .isEqualTo(java.util.Optional.ofNullable(code));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T01:30, 2026-10-25T01:30:00Z, near",
        "2026-10-25T01:30:00Z, 2026-10-25T01:30, near",
        "2026-10-25T01:30, 2026-10-25T00:30:00Z, near",
        "2026-10-25T01:30:00Z, 2026-10-25T00:30:00Z, far"
    })
    void aTimeThatOctoberRepeatsMayBeEither(String one, String other, String code) {
        assertThat(Points.read("t", NEEDED, rows).apart(london(one), london(other)))
                .map(Reason::code)
                .hasValue(code);
    }

    @Test
    void aTableOfPointsThatDoesNotFitStopsTheStart() {
        assertThat(Points.read("t", NEEDED, rows).of("other")).isEqualTo(new Reason("other", -20));
        refused(rows.subList(1, 4), "a row for each");
        refused(List.of(rows.get(0), rows.get(3)), "rows of time");
        refused(with(0, "points", "x"), "whole number");
        refused(with(1, "withinMinutes", "x"), "whole number");
        refused(with(0, "meaning", ""), "meaning");
        refused(with(0, "reason", "new"), "nobody gives");
        refused(with(3, "reason", "same"), "no other row");
        refused(with(2, "reason", "near"), "no other row");
        refused(with(2, "withinMinutes", "15"), "more minutes");
        refused(List.of(Map.of()), "whole number");
        refused(List.of(Map.of("reason", "same", "points", "1")), "meaning");
    }

    @Test
    void aTableOfThresholdsThatDoesNotFitStopsTheStart() {
        assertThat(Policy.read("t", thresholds)).isEqualTo(POLICY);
        assertThatThrownBy(() -> Policy.read("t", thresholds.subList(1, 3))).hasMessageContaining("link, lead and ask");
        assertThatThrownBy(() -> Policy.read("t", List.of(Map.of("points", "1"))))
                .hasMessageContaining("link, lead and ask");
        assertThatThrownBy(() -> Policy.read("t", List.of(Map.of("threshold", "link"))))
                .hasMessageContaining("whole number");
    }

    private static Choice choice(int... scores) {
        List<Match> matches = new ArrayList<>();
        for (int score : scores) {
            matches.add(new Match("r" + score, score, List.of()));
        }
        return Choice.among(matches, POLICY);
    }

    private static void refused(List<Map<String, String>> table, String why) {
        assertThatThrownBy(() -> Points.read("t", NEEDED, table))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Table t")
                .hasMessageContaining(why);
    }

    private List<Map<String, String>> with(int index, String column, String value) {
        List<Map<String, String>> changed = new ArrayList<>(rows);
        Map<String, String> row = new HashMap<>(rows.get(index));
        row.put(column, value);
        changed.set(index, row);
        return changed;
    }

    private static Map<String, String> row(String reason, String points, String within, String meaning) {
        return Map.of("reason", reason, "points", points, "withinMinutes", within, "meaning", meaning);
    }

    private static LondonTime london(String text) {
        return LondonTime.parse(text, "/t");
    }
}
