package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.FootageKept;

/** Footage that nobody has handed over is said before it is wiped. */
class FootageClockIT {

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        ledger.cases(3);
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void aWorkItemOpensOnTheDayToWarnAndClosesWhenTheFootageIsHandedOver() {
        kept(1, "2026-08-24", "2026-08-31", 2);

        // 23:59 of the day before in London.
        runsAt("2026-08-23T22:59:00Z");
        assertThat(open()).isEmpty();
        runsAt("2026-08-23T23:00:00Z");
        assertThat(open()).containsExactly("footage/SP-2026-000001/2026-08-31");
        assertThat(ledger.text("SELECT prison || ' ' || force || ' ' || case_id || ': ' || detail FROM task"))
                .startsWith("MDI 46 1: 2 recordings of the case have not been handed over; the first is kept until"
                        + " 2026-08-31.");
        assertThat(ledger.text("SELECT to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM task"))
                .as("the end of the last day in London")
                .isEqualTo("2026-08-31 23:00");

        kept(1, null, null, 0);
        runsAt("2026-08-25T10:00:00Z");
        assertThat(open()).isEmpty();
        assertThat(ledger.text("SELECT closed_by FROM task")).isEqualTo("sallyport");
        assertThat(ledger.count("SELECT count(*) FROM footage_clock")).isZero();
    }

    @Test
    void oneThatAPersonHasClosedComesBackForAnotherDayOnly() {
        kept(2, "2026-08-24", "2026-08-31", 1);
        runsAt("2026-08-25T10:00:00Z");
        assertThat(ledger.text("SELECT detail FROM task")).startsWith("A recording of the case has not");
        ledger.jdbc.update(
                "UPDATE task SET closed_at = now(), closed_by = 'coordinator', closed_why = 'asked to keep it'");

        kept(2, "2026-08-24", "2026-08-31", 1);
        runsAt("2026-08-26T10:00:00Z");
        assertThat(open()).as("the same day").isEmpty();

        kept(2, "2026-09-13", "2026-09-20", 1);
        runsAt("2026-09-12T10:00:00Z");
        assertThat(open()).isEmpty();
        runsAt("2026-09-13T10:00:00Z");
        assertThat(open()).containsExactly("footage/SP-2026-000002/2026-09-20");
    }

    @Test
    void anotherDayTakesThePlaceOfTheOneBefore() {
        kept(2, "2026-08-24", "2026-08-31", 1);
        runsAt("2026-08-25T10:00:00Z");
        kept(2, "2026-08-20", "2026-08-27", 1);
        runsAt("2026-08-25T10:01:00Z");

        assertThat(open()).containsExactly("footage/SP-2026-000002/2026-08-27");
    }

    @Test
    void aCaseThatHasEndedWaitsForNothing() {
        kept(3, "2026-08-24", "2026-08-31", 1);
        runsAt("2026-08-25T10:00:00Z");
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = 3");
        runsAt("2026-08-25T10:01:00Z");
        assertThat(open()).isEmpty();

        kept(3, "2026-08-24", "2026-09-02", 1);
        runsAt("2026-08-25T10:02:00Z");
        assertThat(open()).isEmpty();
    }

    private void kept(long caseId, @Nullable String warnOn, @Nullable String until, int recordings) {
        node.database().inTransaction(() -> {
            FootageClock.write(
                    node.database(),
                    List.of(new FootageKept(
                            caseId,
                            warnOn == null ? null : LocalDate.parse(warnOn),
                            until == null ? null : LocalDate.parse(until),
                            recordings)));
            return true;
        });
    }

    private void runsAt(String now) {
        new FootageClock(node.database(), node.duties(), node.tasks(), Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
                .run();
    }

    private List<String> open() {
        return ledger.jdbc.queryForList(
                "SELECT subject FROM task WHERE kind = 'FOOTAGE' AND closed_at IS NULL ORDER BY subject", String.class);
    }
}
