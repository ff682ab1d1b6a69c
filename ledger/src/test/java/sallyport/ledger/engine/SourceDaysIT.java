package sallyport.ledger.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.ListedRecord;
import sallyport.ledger.Effect.SourceGone;
import sallyport.ledger.Effect.SourceListed;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Effects;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;

/** What a prison's own list says against what is stored: a work item and a fetch for each difference, until there is none. */
class SourceDaysIT {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private static final Instant LISTED = Instant.parse("2026-03-03T05:00:00Z");

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void whatIsTheSameIsNoDifference() {
        stored("a", "10:00", "CLOSED", LISTED.minusSeconds(3600));

        listed(LISTED, record("a", "10:00", "CLOSED"));

        assertThat(open()).isEmpty();
        assertThat(fetches()).isEmpty();
    }

    @Test
    void eachDifferenceIsFetchedAndSaidOncePerDay() {
        stored("older", "10:00", "CLOSED", LISTED.minusSeconds(3600));
        stored("status", "10:00", "AWAITING_REVIEW", LISTED.minusSeconds(3600));
        stored("there-no-more", "10:00", "CLOSED", LISTED.minusSeconds(3600));
        stored("deleted-here", "10:00", "CLOSED", LISTED.minusSeconds(3600));
        TestNode.write(ledger, node, new SourceGone(key("deleted-here"), LISTED.minusSeconds(60), null));

        listed(
                LISTED,
                record("older", "11:00", "CLOSED"),
                record("status", "10:00", "CLOSED"),
                record("deleted-here", "10:00", "CLOSED"),
                record("never-seen", "10:00", "CLOSED"));

        assertThat(fetches()).containsExactly("deleted-here", "never-seen", "older", "status", "there-no-more");
        assertThat(open()).containsExactly("incident-reporting/MDI/2026-03-01");
        assertThat(ledger.text("SELECT prison || ': ' || detail FROM task"))
                .startsWith(
                        "MDI: Of this prison's incident reports of the day 2 missing here, 2 older here, 1 missing at the source.");
    }

    @Test
    void whatWasFetchedAfterTheListIsNoDifference() {
        stored("changed-since", "12:00", "CLOSED", LISTED.plusSeconds(5));
        stored("new-since", "12:00", "CLOSED", LISTED.plusSeconds(5));
        stored("deleted-since", "10:00", "CLOSED", LISTED.minusSeconds(60));
        TestNode.write(ledger, node, new SourceGone(key("deleted-since"), LISTED.plusSeconds(5), null));

        listed(LISTED, record("changed-since", "10:00", "CLOSED"), record("deleted-since", "10:00", "CLOSED"));

        assertThat(open()).isEmpty();
        assertThat(fetches()).isEmpty();
    }

    @Test
    void whatTheSourceChangedJustNowIsAskedForAndIsNoWorkItem() {
        listed(LISTED, new ListedRecord("just-now", DAY, "x", LISTED.minusSeconds(60), "DRAFT"));

        assertThat(open()).isEmpty();
        assertThat(fetches()).containsExactly("just-now");
    }

    @Test
    void whatWasMendedClosesItsItemWithoutAskingTheSourceAgain() {
        listed(LISTED, record("late", "10:00", "CLOSED"), record("later", "10:00", "CLOSED"));
        var chore = new GapsClosed(node.database(), node.duties(), node.tasks());
        stored("late", "10:00", "CLOSED", LISTED.plusSeconds(60));
        chore.run();
        assertThat(open()).hasSize(1);

        stored("later", "10:00", "CLOSED", LISTED.plusSeconds(60));
        chore.run();

        assertThat(open()).isEmpty();
        assertThat(ledger.text("SELECT closed_by FROM task")).isEqualTo("sallyport");
    }

    @Test
    void aListFromBeforeTheOneThatIsThereChangesNothing() {
        stored("a", "10:00", "CLOSED", LISTED.minusSeconds(3600));
        listed(LISTED, record("a", "10:00", "CLOSED"));

        // The clock jumped back: this list is older than what was compared already.
        listed(LISTED.minusSeconds(60), record("ghost", "10:00", "CLOSED"));

        assertThat(open()).isEmpty();
        assertThat(fetches()).isEmpty();
        assertThat(ledger.text("SELECT ids::text FROM source_day WHERE day = '2026-03-01'"))
                .isEqualTo("{a}");
    }

    @Test
    void aDayWithoutReportsIsADayThatWasAsked() {
        listed(LISTED);

        assertThat(ledger.count("SELECT count(*) FROM source_day WHERE prison = 'MDI'"))
                .isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM source_day WHERE cardinality(ids) = 0"))
                .isEqualTo(2);
    }

    @Test
    void aDayOfManyIsComparedInTheTimeOfItsLength() {
        List<String> ids =
                IntStream.range(0, 30_000).mapToObj("r%05d"::formatted).toList();
        TestNode.write(
                ledger,
                node,
                Effects.of(ids.stream()
                        .map(id -> version(id, "10:00", "CLOSED", LISTED.minusSeconds(60)))
                        .toList()));
        long before = System.nanoTime();

        listed(
                LISTED,
                ids.stream().skip(1).map(id -> record(id, "10:00", "CLOSED")).toArray(ListedRecord[]::new));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        assertThat(fetches()).containsExactly("r00000");
    }

    private void stored(String id, String time, String status, Instant fetchedAt) {
        TestNode.write(ledger, node, version(id, time, status, fetchedAt));
    }

    private static StoreSource version(String id, String time, String status, Instant fetchedAt) {
        return new StoreSource(
                key(id),
                (id + time + status).getBytes(UTF_8),
                "2026-03-01T" + time + ":00",
                Instant.parse("2026-03-01T" + time + ":00Z"),
                false,
                fetchedAt,
                "http://x",
                "MDI",
                DAY.atTime(12, 0).toInstant(ZoneOffset.UTC),
                null,
                status);
    }

    private void listed(Instant at, ListedRecord... records) {
        TestNode.write(
                ledger,
                node,
                new SourceListed(
                        SourceKey.INCIDENTS,
                        "MDI",
                        DAY,
                        DAY.plusDays(1),
                        List.of(records),
                        at,
                        Duration.ofMinutes(30),
                        Step.INCIDENT_FETCH));
    }

    private static ListedRecord record(String id, String time, String status) {
        return new ListedRecord(
                id, DAY, "2026-03-01T" + time + ":00", Instant.parse("2026-03-01T" + time + ":00Z"), status);
    }

    private static SourceKey key(String id) {
        return new SourceKey(SourceKey.INCIDENTS, id);
    }

    private List<String> open() {
        return ledger.jdbc.queryForList("SELECT subject FROM task WHERE closed_at IS NULL", String.class);
    }

    private List<String> fetches() {
        return ledger.jdbc.queryForList(
                "SELECT key FROM work WHERE step = 'incident-fetch' ORDER BY key", String.class);
    }
}
