package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A prison that is quiet for longer than it ever is at that time of the week, said before anybody asks. */
class SilenceIT {

    /** A Monday in winter: London is at UTC. */
    private static final Instant MONDAY = Instant.parse("2026-02-02T00:00:00Z");

    private static final SilenceProperties PROPERTIES =
            new SilenceProperties(Duration.ofHours(6), Duration.ofDays(7), Duration.ofDays(3), 20, 2);

    private TestLedger ledger;
    private LedgerNode node;
    private SettableClock clock;
    private Silence silence;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        clock = new SettableClock();
        silence = new Silence(node.database(), node.duties(), node.tasks(), PROPERTIES, clock);
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void quietBeyondTheLearntPauseIsAWorkItemUntilSomethingComes() {
        // Eight weeks, every two hours, day and night, at both prisons.
        heard("MDI", MONDAY, MONDAY.plus(Duration.ofDays(56)), Duration.ofHours(2));
        heard("LEI", MONDAY, MONDAY.plus(Duration.ofDays(60)), Duration.ofHours(2));
        Instant last = MONDAY.plus(Duration.ofDays(56));

        runsAt(last.plus(Duration.ofHours(1)));
        assertThat(open()).isEmpty();
        runsAt(last.plus(Duration.ofHours(5)));
        assertThat(open()).as("below the floor of six hours").isEmpty();
        runsAt(last.plus(Duration.ofHours(7)));
        assertThat(open()).containsExactly("incident-reporting/MDI");
        assertThat(ledger.text("SELECT prison || ': ' || detail FROM task"))
                .startsWith(
                        "MDI: No incident report of this prison has come for 7 h; at this time of the week nearly all"
                                + " pauses are far shorter than 6 h");

        heard("MDI", last.plus(Duration.ofHours(7)), last.plus(Duration.ofHours(7)), Duration.ofHours(1));
        runsAt(last.plus(Duration.ofHours(8)));
        assertThat(open()).isEmpty();
        assertThat(ledger.text("SELECT closed_by || ': ' || closed_why FROM task"))
                .isEqualTo("sallyport: reports come again");
    }

    @Test
    void nightsAndWeekendsHaveTheirOwnPauses() {
        // Working days only, hourly from 8 to 17; the other prison never stops.
        for (int day = 0; day < 56; day++) {
            Instant date = MONDAY.plus(Duration.ofDays(day));
            if (date.atZone(ZoneId.of("Europe/London")).getDayOfWeek().getValue() < 6) {
                heard("MDI", date.plus(Duration.ofHours(8)), date.plus(Duration.ofHours(17)), Duration.ofHours(1));
            }
        }
        heard("LEI", MONDAY, MONDAY.plus(Duration.ofDays(70)), Duration.ofHours(2));
        Instant friday = MONDAY.plus(Duration.ofDays(53)).plus(Duration.ofHours(17));

        runsAt(friday.plus(Duration.ofHours(60)));
        assertThat(open()).as("the weekend").isEmpty();

        // On a working day the same would be far too long: a pause that begins at noon is never more than an hour.
        Instant noon = MONDAY.plus(Duration.ofDays(56)).plus(Duration.ofHours(12));
        heard("MDI", noon.minus(Duration.ofHours(4)), noon, Duration.ofHours(1));
        runsAt(noon.plus(Duration.ofHours(1)));
        assertThat(open()).isEmpty();
        runsAt(noon.plus(Duration.ofHours(7)));
        assertThat(open()).containsExactly("incident-reporting/MDI");
    }

    @Test
    void aPrisonWithoutHistoryHasTheConfiguredTime() {
        heard("NEW", MONDAY, MONDAY, Duration.ofHours(1));
        heard("LEI", MONDAY, MONDAY.plus(Duration.ofDays(20)), Duration.ofHours(2));

        runsAt(MONDAY.plus(Duration.ofHours(71)));
        assertThat(open()).isEmpty();
        runsAt(MONDAY.plus(Duration.ofHours(73)));
        assertThat(open()).containsExactly("incident-reporting/NEW");
        assertThat(ledger.text("SELECT detail FROM task")).contains("too little history, so the limit is 72 h");
    }

    @Test
    void aFeedThatIsQuietAsAWholeIsOneWorkItemAndEachPrisonStartsAnew() {
        for (String prison : List.of("MDI", "LEI", "BXI")) {
            heard(prison, MONDAY, MONDAY.plus(Duration.ofDays(56)), Duration.ofHours(2));
        }
        Instant last = MONDAY.plus(Duration.ofDays(56));

        runsAt(last.plus(Duration.ofHours(7)));
        assertThat(open()).containsExactly("incident-reporting/*");
        runsAt(last.plus(Duration.ofHours(30)));
        assertThat(open()).containsExactly("incident-reporting/*");

        // It is back: one prison speaks first, the others are not silent for that.
        heard("MDI", last.plus(Duration.ofHours(31)), last.plus(Duration.ofHours(40)), Duration.ofHours(1));
        runsAt(last.plus(Duration.ofHours(32)));
        assertThat(open()).isEmpty();
        runsAt(last.plus(Duration.ofHours(40)));
        assertThat(open()).containsExactly("incident-reporting/BXI", "incident-reporting/LEI");
    }

    @Test
    void whatIsLearntIsAFewRowsAndFades() {
        heard("MDI", MONDAY, MONDAY.plus(Duration.ofDays(28)), Duration.ofMinutes(30));
        runsAt(MONDAY.plus(Duration.ofDays(28)));

        assertThat(ledger.count("SELECT count(*) FROM feed_pause WHERE prison = 'MDI'"))
                .isBetween(12L, 14L);
        double before = ledger.count("SELECT round(sum(n)) FROM feed_pause WHERE prison = 'MDI'");
        for (int day = 29; day <= 56; day++) {
            runsAt(MONDAY.plus(Duration.ofDays(day)));
        }
        assertThat(ledger.count("SELECT round(sum(n)) FROM feed_pause WHERE prison = 'MDI'"))
                .isBetween(Math.round(before * 0.48), Math.round(before * 0.52));
    }

    @Test
    void aClockThatJumpsBackSaysNothingAndForgetsNothing() {
        heard("MDI", MONDAY, MONDAY.plus(Duration.ofDays(56)), Duration.ofHours(2));
        heard("LEI", MONDAY, MONDAY.plus(Duration.ofDays(60)), Duration.ofHours(2));
        Instant last = MONDAY.plus(Duration.ofDays(56));
        runsAt(last.plus(Duration.ofHours(1)));
        long learnt = ledger.count("SELECT round(sum(n)) FROM feed_pause");

        runsAt(last.minus(Duration.ofDays(30)));

        assertThat(open()).isEmpty();
        assertThat(ledger.count("SELECT round(sum(n)) FROM feed_pause")).isEqualTo(learnt);
        runsAt(last.plus(Duration.ofHours(7)));
        assertThat(open()).containsExactly("incident-reporting/MDI");
    }

    @Test
    void aSettingThatCannotWorkIsNamed() {
        assertThatThrownBy(() ->
                        new SilenceProperties(Duration.ofHours(6), Duration.ofHours(5), Duration.ofHours(6), 20, 2))
                .hasMessage("sallyport.silence.most must not be shorter than least");
        assertThatThrownBy(
                        () -> new SilenceProperties(Duration.ofHours(6), Duration.ofDays(7), Duration.ofDays(8), 20, 2))
                .hasMessageStartingWith("sallyport.silence.unknown");
    }

    /** What is heard after now is not there yet: the versions are written when the clock gets there. */
    private record Heard(String prison, Instant at) {}

    private final List<Heard> heard = new ArrayList<>();

    private void heard(String prison, Instant from, Instant until, Duration every) {
        for (Instant at = from; !at.isAfter(until); at = at.plus(every)) {
            heard.add(new Heard(prison, at));
        }
    }

    /** Two runs: what the first one notes, the second one reads. */
    private void runsAt(Instant now) {
        List<Heard> due = heard.stream().filter(each -> !each.at().isAfter(now)).toList();
        heard.removeAll(due);
        ledger.jdbc.update(
                "INSERT INTO source_record (system, record_id, prison)"
                        + " SELECT 'incident-reporting', p, p FROM unnest(string_to_array('MDI,LEI,BXI,NEW', ',')) p ON CONFLICT DO NOTHING");
        ledger.jdbc.batchUpdate(
                """
                INSERT INTO source_version (record, version_no, raw, sha256, fetched_at, fetched_from)
                SELECT id, coalesce((SELECT max(version_no) FROM source_version v WHERE v.record = r.id), 0) + 1, '', sha256(''),
                       ?::timestamptz, 'x' FROM source_record r WHERE record_id = ?
                """,
                due.stream()
                        .sorted(Comparator.comparing(Heard::at))
                        .map(each -> new Object[] {each.at().toString(), each.prison()})
                        .toList());
        clock.now = now.minus(Duration.ofMinutes(2));
        silence.run();
        clock.now = now.minus(Duration.ofMinutes(1));
        silence.run();
        clock.now = now;
        silence.run();
    }

    private List<String> open() {
        return ledger.jdbc.queryForList(
                "SELECT subject FROM task WHERE closed_at IS NULL ORDER BY subject", String.class);
    }

    private static final class SettableClock extends Clock {

        private Instant now = MONDAY;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
