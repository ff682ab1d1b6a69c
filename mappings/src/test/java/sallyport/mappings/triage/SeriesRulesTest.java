package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.triage.SeriesRules.Kind;
import sallyport.mappings.triage.SeriesRules.Rule;

class SeriesRulesTest {

    private static final Map<String, String> ALL_SUSPECTS = row("SAME_SUSPECT", "*", "*", "*", "P12M", "3");
    private static final Map<String, String> ALL_PLACES = row("SAME_PLACE", "*", "*", "*", "P28D", "3");

    @Test
    void threeInAYearOrFourWeeksMakeASeries() {
        assertThat(SeriesRules.find(Kind.SAME_SUSPECT, "ASSAULT", "MDI", null))
                .contains(new Rule(Kind.SAME_SUSPECT, Period.ofMonths(12), 3));
        assertThat(SeriesRules.find(Kind.SAME_PLACE, "ASSAULT", "MDI", "14"))
                .contains(new Rule(Kind.SAME_PLACE, Period.ofDays(28), 3));
        assertThat(SeriesRules.find(Kind.SAME_SUSPECT, "SELF_HARM", "MDI", "14"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ASSAULT, LEI, 13, 6",
        "ASSAULT, MDI, 13, 5",
        "FIND, MDI, 14, 6",
        "FIND, LEI, 13, 4",
        "FIND, LEI, 14, 8",
        "FIND, LEI, , 4",
        "FIRE, LEI, 13, 3",
        "FIRE, LEI, 14, 8"
    })
    void thePrisonsOwnRowCountsBeforeTheForcesAndThatBeforeTheFamilys(
            String family, String prison, String force, int least) {
        var rows = SeriesRules.read(List.of(
                ALL_PLACES,
                ALL_SUSPECTS,
                row("SAME_SUSPECT", "ASSAULT", "*", "13", "P12M", "6"),
                row("SAME_SUSPECT", "FIND", "*", "*", "P12M", "4"),
                row("SAME_SUSPECT", "*", "*", "14", "P12M", "8"),
                row("SAME_SUSPECT", "*", "MDI", "*", "P12M", "5"),
                row("SAME_SUSPECT", "FIND", "MDI", "14", "P12M", "6")));

        assertThat(SeriesRules.find(rows, Kind.SAME_SUSPECT, family, prison, force))
                .map(Rule::least)
                .contains(least);
    }

    @ParameterizedTest
    @CsvSource({
        // Midnight in London, summer time and not.
        "2026-08-03T08:40:00Z, P28D, 2026-07-05T23:00:00Z",
        "2026-07-31T23:30:00Z, P28D, 2026-07-03T23:00:00Z",
        "2026-03-01T10:00:00Z, P12M, 2025-03-01T00:00:00Z",
        "2028-02-29T10:00:00Z, P12M, 2027-02-28T00:00:00Z"
    })
    void countsBackFromTheBeginningOfADay(Instant occurred, Period within, Instant since) {
        assertThat(new Rule(Kind.SAME_PLACE, within, 3).since(occurred)).isEqualTo(since);
    }

    @ParameterizedTest
    @CsvSource({
        "SAME_PERSON, *, *, *, P12M, 3, nobody can read",
        "SAME_PLACE, NO_SUCH, *, *, P12M, 3, a family that is none",
        "SAME_PLACE, *, mdi, *, P12M, 3, by its NOMIS id",
        "SAME_PLACE, *, *, 4, P12M, 3, by its two digits",
        "SAME_PLACE, *, MDI, *, PT28H, 3, nobody can read",
        "SAME_PLACE, *, MDI, *, P28D, three, nobody can read",
        "SAME_PLACE, *, MDI, *, P28D, 1, 2 to 50 cases",
        "SAME_PLACE, *, MDI, *, P28D, 51, 2 to 50 cases",
        "SAME_PLACE, *, MDI, *, P28D, -1, 2 to 50 cases",
        "SAME_PLACE, *, MDI, *, P0D, 3, 2 to 50 cases",
        "SAME_PLACE, *, MDI, *, P-3D, 3, 2 to 50 cases",
        "SAME_PLACE, *, *, *, P7D, 4, what another row names"
    })
    void aTableThatDoesNotFitNamesTheRow(
            String kind, String family, String prison, String force, String within, String least, String why) {
        var rows = new ArrayList<>(List.of(ALL_PLACES, ALL_SUSPECTS));
        rows.add(row(kind, family, prison, force, within, least));

        assertThatThrownBy(() -> SeriesRules.read(rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kind=" + kind)
                .hasMessageContaining(why);
    }

    @Test
    void eachKindHasARowForAllTheRest() {
        assertThatThrownBy(() ->
                        SeriesRules.read(List.of(ALL_PLACES, row("SAME_SUSPECT", "ASSAULT", "*", "*", "P12M", "3"))))
                .hasMessageContaining("no row SAME_SUSPECT,*,*,*");
    }

    private static Map<String, String> row(
            String kind, String family, String prison, String force, String within, String least) {
        return Map.of(
                "kind", kind, "family", family, "prison", prison, "force", force, "within", within, "least", least);
    }
}
