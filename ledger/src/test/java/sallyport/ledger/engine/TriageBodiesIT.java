package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CasePerson;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.SetAlerts;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;

/** What triage is given of a case besides the report. */
class TriageBodiesIT {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        ledger.cases(2);
        TestNode.write(
                ledger, node, stored(SourceKey.INCIDENTS, "r-1", "{}"), stored(SourceKey.INCIDENTS, "r-2", "{}"));
        TestNode.write(
                ledger,
                node,
                new LinkRecord(1, new SourceKey(SourceKey.INCIDENTS, "r-1")),
                new LinkRecord(2, new SourceKey(SourceKey.INCIDENTS, "r-2")),
                new SetPeople(1, Set.of(person("A1", false), person("B2", false), person("F6", true))),
                new SetPeople(2, Set.of(person("C3", false))));
        Stream.of("A1", "F6", "C3", "D4")
                .forEach(number ->
                        TestNode.write(ledger, node, stored(SourceKey.ADJUDICATIONS, number, "[\"" + number + "\"]")));
        TestNode.write(ledger, node, stored(SourceKey.ADJUDICATIONS, "A1", "[\"A1 again\"]"));
        for (String number : List.of("A1", "F6")) {
            TestNode.write(ledger, node, stored(SourceKey.PRISONER_ALERTS, number, "{}"));
            TestNode.write(
                    ledger,
                    node,
                    new SetAlerts(
                            number,
                            TEN,
                            List.of(
                                    alert("a", "ROH", null),
                                    alert("b", "XP", "2026-02-01"),
                                    alert("c", "ROV", "9999-01-01"))));
        }
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void chargesAndAlertsOfThePeopleOfAnUndecidedCaseComeAlong() {
        TriageWork work = load("r-1");

        assertThat(work.charges()).extracting(TriageBodiesIT::text).containsExactly("[\"A1 again\"]");
        assertThat(work.alerts()).isEqualTo(Map.of("A1", List.of("ROH", "ROV")));
        assertThat(work.people()).containsExactlyInAnyOrder("A1", "B2");
    }

    @Test
    void eachCaseHasItsOwn() {
        var bodies = new Bodies(node.database()).load(Step.TRIAGE, List.of("r-1", "r-2", "r-3"));

        assertThat(((TriageWork) bodies.get("r-2")).charges())
                .extracting(TriageBodiesIT::text)
                .containsExactly("[\"C3\"]");
        assertThat(((TriageWork) bodies.get("r-1")).charges()).hasSize(1);
        assertThat(((TriageWork) bodies.get("r-3")).charges()).isEmpty();
    }

    @Test
    void ofAnApprovedCaseOrOfWhatIsGoneOrErasedNothingDoes() {
        ledger.jdbc.update("UPDATE referral_case SET approved_at = now() WHERE id = 1");
        assertThat(load("r-1").charges()).isEmpty();
        assertThat(load("r-1").alerts()).isEmpty();

        ledger.jdbc.update("UPDATE source_record SET gone_at = now() WHERE record_id = 'C3'");
        assertThat(load("r-2").charges()).isEmpty();
    }

    private TriageWork load(String report) {
        return (TriageWork)
                new Bodies(node.database()).load(Step.TRIAGE, List.of(report)).get(report);
    }

    private static String text(SourceVersion version) {
        return new String(version.raw(), StandardCharsets.UTF_8);
    }

    private static CasePerson person(String number, boolean former) {
        return new CasePerson(number, "ACTIVE_INVOLVEMENT", former);
    }

    private static SetAlerts.PrisonerAlert alert(String id, String code, @Nullable String to) {
        return new SetAlerts.PrisonerAlert(
                id, code, LocalDate.parse("2026-01-01"), to == null ? null : LocalDate.parse(to));
    }

    private static Effect stored(String system, String id, String raw) {
        return new Effect.StoreSource(
                new SourceKey(system, id),
                raw.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                false,
                TEN,
                "here",
                null,
                null,
                null);
    }
}
