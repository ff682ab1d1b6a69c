package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Step;
import sallyport.ledger.desk.Commands.Answer;
import sallyport.ledger.desk.Commands.Asked;
import sallyport.ledger.desk.Commands.NotNow;
import sallyport.ledger.desk.Commands.NotThere;

class DayComparisonsIT {

    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    private DeskFixture ledger;
    private DayComparisons comparisons;
    private final List<Step> woken = new ArrayList<>();

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        comparisons = new DayComparisons(
                ledger.dataSource(), ledger.transactions, Clock.fixed(DeskFixture.NOW, ZoneOffset.UTC), woken::add);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void writesTheWishAndItsWorkAndWakesTheDispatcher() {
        long id = ((Asked) ask("2026-02-01", "2026-03-02", "LEI", ALL)).commandId();

        assertThat(ledger.count("SELECT count(*) FROM command WHERE id = " + id
                        + " AND kind = 'COMPARE_DAYS' AND target = 'days/LEI' AND argument = '2026-02-01/2026-03-02'"
                        + " AND actor = 'operator' AND reason = 'outage' AND done_at IS NULL"))
                .isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'command' AND key = '" + id + "'"))
                .isEqualTo(1);
        assertThat(woken).containsExactly(Step.COMMAND);
    }

    @Test
    void whatMakesNoSenseIsRefusedAndWritesNothing() {
        assertThat(refusal(ask("2026-02-02", "2026-02-01", null, ALL))).contains("before the first");
        assertThat(refusal(ask("2026-02-02", "2026-03-03", null, ALL))).contains("still to come");
        assertThat(refusal(ask("2025-03-01", "2026-03-02", null, ALL))).contains("At most 366 days");
        assertThat(refusal(ask("2026-02-01", "2026-02-01", "ZZZ", ALL))).contains("ZZZ");
        assertThatThrownBy(() -> comparisons.ask(TODAY, TODAY, null, "operator", " ", ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> comparisons.ask(TODAY, TODAY, null, "operator", "x".repeat(1001), ALL))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
        assertThat(woken).isEmpty();
    }

    @Test
    void aWholeYearThatHasAFebruary29IsNotTooLong() {
        assertThat(ask("2025-03-02", "2026-03-02", null, ALL)).isInstanceOf(Asked.class);
    }

    @Test
    void asksOnlyForPrisonsWithinTheScope() {
        assertThat(ask("2026-02-01", "2026-02-02", "LEI", LEEDS)).isInstanceOf(Asked.class);
        assertThat(ask("2026-02-01", "2026-02-02", "MDI", LEEDS)).isEqualTo(new NotThere());
        assertThat(refusal(ask("2026-02-01", "2026-02-02", null, LEEDS))).contains("one of your prisons");
        assertThat(ask("2026-02-01", "2026-02-02", "LEI", Scope.nothing())).isEqualTo(new NotThere());
    }

    @Test
    void tellsHowFarItIsWithinTheScope() {
        ask("2026-02-01", "2026-02-02", null, ALL);
        ask("2026-02-03", "2026-02-04", "LEI", LEEDS);
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO work (step, key, requested, done) VALUES
                          ('day-listing', 'LEI/2026-02-03/2026-02-04', 1, 0), ('day-listing', 'MDI/2026-02-01/2026-02-02', 2, 1),
                          ('day-listing', 'MDI/2026-01-01/2026-01-02', 1, 1), ('incident-fetch', 'x', 1, 0)
                        """)
                .update();
        ledger.parkedWork("day-listing", "LEI/2026-02-01/2026-02-02", "REJECTED", "too-many-pages");

        var all = comparisons.progress(ALL);
        var leeds = comparisons.progress(LEEDS);

        assertThat(all.waiting()).isEqualTo(2);
        assertThat(all.parked()).isEqualTo(1);
        assertThat(all.latest())
                .extracting(DayComparisons.Asked::prison, DayComparisons.Asked::from)
                .containsExactly(
                        tuple("LEI", LocalDate.parse("2026-02-03")), tuple(null, LocalDate.parse("2026-02-01")));
        assertThat(leeds.waiting()).isEqualTo(1);
        assertThat(leeds.parked()).isEqualTo(1);
        assertThat(leeds.latest()).extracting(DayComparisons.Asked::prison).containsExactly("LEI");
        assertThat(comparisons.progress(Scope.nothing()).latest()).isEmpty();
    }

    private Answer ask(String from, String until, @Nullable String prison, Scope scope) {
        return comparisons.ask(LocalDate.parse(from), LocalDate.parse(until), prison, "operator", " outage ", scope);
    }

    private static String refusal(Answer answer) {
        assertThat(answer).isInstanceOf(NotNow.class);
        return ((NotNow) answer).why();
    }
}
