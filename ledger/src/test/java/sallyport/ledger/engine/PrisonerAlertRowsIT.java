package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CasePerson;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.SetAlerts;
import sallyport.ledger.Effect.SetAlerts.PrisonerAlert;
import sallyport.ledger.SourceKey;

/** What prisoners are marked with follows what was read last. */
class PrisonerAlertRowsIT {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

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
    void whatIsNotThereAnyMoreIsGoneAndWhatChangedIsChanged() {
        write(
                set("A1", alert("a", "XPOI", "2026-01-01", null), alert("b", "ROV", "2026-01-02", "2026-06-01")),
                set("B2", alert("a", "XSC", "2026-01-03", null)));
        write(set("A1", alert("b", "ROV", "2026-01-02", "2026-07-01"), alert("c", "XP", "2026-02-01", null)));

        assertThat(rows())
                .containsExactly(
                        "A1 b ROV 2026-01-02 2026-07-01", "A1 c XP 2026-02-01 null", "B2 a XSC 2026-01-03 null");
    }

    @Test
    void nothingAnyMoreIsNothing() {
        write(set("A1", alert("a", "XPOI", "2026-01-01", null)), set("B2", alert("b", "XPOI", "2026-01-01", null)));
        write(set("A1"));

        assertThat(rows()).containsExactly("B2 b XPOI 2026-01-01 null");
    }

    @Test
    void ofTwoWordsAboutOnePersonInOneBatchTheLastCounts() {
        write(
                set("A1", alert("a", "XPOI", "2026-01-01", null)),
                set("A1", alert("b", "XP", "2026-01-01", null), alert("b", "XP", "2026-03-01", null)));

        assertThat(rows()).containsExactly("A1 b XP 2026-03-01 null");
    }

    @Test
    void whatStaysAsItIsIsNotWritten() {
        write(set("A1", alert("a", "XPOI", "2026-01-01", null)));
        long written = ledger.count("SELECT xmin::text::bigint FROM prisoner_alert");
        write(set("A1", alert("a", "XPOI", "2026-01-01", null)));

        assertThat(ledger.count("SELECT xmin::text::bigint FROM prisoner_alert"))
                .isEqualTo(written);
    }

    @Test
    void anyYearThatASourceMaySayIsKept() {
        write(set("A1", alert("a", "XPOI", "0000-01-01", "9999-12-31")));

        assertThat(ledger.count("SELECT count(*) FROM prisoner_alert WHERE active_from < DATE '0001-01-01'"))
                .isEqualTo(1);
    }

    @Test
    void asksForSuspectsInOpenCasesWhoseAlertsWereNotReadForTooLong() {
        ledger.cases(3);
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = 3");
        TestNode.write(
                ledger,
                node,
                people(1, "A1 ASSAILANT", "B2 VICTIM", "C3 ASSAILANT", "D4 ASSAILANT", "F6 ASSAILANT former"),
                people(2, "A1 ASSAILANT", "E5 ASSAILANT"),
                people(3, "G7 ASSAILANT"));
        write(set("C3"), new SetAlerts("E5", TEN.minusSeconds(1), List.of()));
        ledger.jdbc.update(
                "INSERT INTO work (step, key, parked_kind, parked_code) VALUES ('prisoner-alert-fetch', 'D4', 'REJECTED', 'x')");

        assertThat(askedFor(TEN, 10)).containsExactlyInAnyOrder("A1", "E5");
        assertThat(askedFor(TEN, 10)).as("nobody twice").containsExactlyInAnyOrder("A1", "E5");
        assertThat(ledger.count("SELECT requested FROM work WHERE key = 'A1'")).isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE key = 'D4' AND parked_kind IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void asksForNoMoreThanToldAndForTheOldestCasesFirst() {
        ledger.cases(2);
        TestNode.write(ledger, node, people(2, "A1 ASSAILANT"), people(1, "B2 ASSAILANT"));

        assertThat(askedFor(TEN, 1)).containsExactly("B2");
        assertThat(askedFor(TEN, 1)).containsExactlyInAnyOrder("A1", "B2");
    }

    private List<String> askedFor(Instant since, int most) {
        String family = ledger.jdbc.queryForObject("SELECT DISTINCT family FROM referral_case", String.class);
        TestNode.write(
                ledger,
                node,
                new Effect.AskForAlerts(Set.of(new Effect.AskForAlerts.PartInCase("ASSAILANT", family)), since, most));
        return ledger.jdbc.queryForList(
                "SELECT key FROM work WHERE step = 'prisoner-alert-fetch' AND parked_kind IS NULL AND requested > done",
                String.class);
    }

    private static Effect people(long caseId, String... people) {
        return new Effect.SetPeople(
                caseId,
                Stream.of(people)
                        .map(person -> person.split(" "))
                        .map(person -> new CasePerson(person[0], person[1], person.length > 2))
                        .collect(Collectors.toSet()));
    }

    private void write(SetAlerts... sets) {
        // As steps do it: never without what it was read from.
        for (SetAlerts set : sets) {
            TestNode.write(ledger, node, stored(set.prisonerNumber()));
        }
        TestNode.write(ledger, node, sets);
    }

    private static Effect stored(String number) {
        return new Effect.StoreSource(
                new SourceKey(SourceKey.PRISONER_ALERTS, number),
                "{}".getBytes(),
                null,
                null,
                false,
                TEN,
                "here",
                null,
                null,
                null);
    }

    private static SetAlerts set(String number, PrisonerAlert... alerts) {
        return new SetAlerts(number, TEN, List.of(alerts));
    }

    private static PrisonerAlert alert(String id, String code, String from, @Nullable String to) {
        return new PrisonerAlert(id, code, LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
    }

    private List<String> rows() {
        return ledger.jdbc.query(
                "SELECT * FROM prisoner_alert ORDER BY prisoner_number, alert",
                (row, n) -> row.getString("prisoner_number") + " " + row.getString("alert") + " "
                        + row.getString("code") + " " + row.getString("active_from") + " "
                        + row.getString("active_to"));
    }
}
