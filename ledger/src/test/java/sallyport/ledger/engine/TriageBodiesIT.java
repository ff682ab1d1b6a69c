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
import sallyport.ledger.CommandWork;
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

    @Test
    void whatPeopleAnswerNowComesAlongWhetherTheCaseIsApprovedOrNot() {
        fact(1, "grounds-said", 1, "PRESENT", "{\"old\":1}");
        fact(1, "grounds-said", 2, "PRESENT", "{}");
        fact(1, "victim-wishes", 1, "PRESENT", "{}");
        fact(1, "victim-wishes", 2, null, "{}");
        fact(2, "footage", 1, "MISSING", "{}");

        assertThat(load("r-1").facts())
                .extracting(one -> one.item() + " " + one.version())
                .containsExactly("grounds-said 2");
        ledger.jdbc.update("UPDATE referral_case SET approved_at = now() WHERE id = 1");
        assertThat(load("r-1").facts()).hasSize(1);
        assertThat(load("r-2").facts()).extracting(one -> one.item()).containsExactly("footage");
    }

    @Test
    void anAnswerAndTheWishToKeepACaseKnowItsReportAndItsLatestVerdict() {
        ledger.jdbc.update(
                """
                INSERT INTO decision (case_id, kind, explanation, actor) VALUES
                 (1, 'TRIAGE', '{"old":1}', 'rules'), (1, 'TRIAGE', '{"now":1}', 'rules'), (1, 'REVIEW', '{}', 'ann')
                """);
        for (String kind : List.of("FACT", "KEEP_INTERNAL")) {
            CommandWork command = command(kind);

            assertThat(command.incidentRecord()).as(kind).isEqualTo("r-1");
            assertThat(command.lastExplanation()).as(kind).isEqualTo("{\"now\":1}");
        }
        assertThat(command("APPROVE").incidentRecord()).isNull();
    }

    @Test
    void notesThatAPersonAskedForAndChoseComeAlongWhileTheCaseWaits() {
        ledger.jdbc.update(
                """
                WITH asked AS (
                  INSERT INTO case_note_request (case_id, prisoner_number, from_at, until_at, types, sensitive, justification, reason,
                                                 actor, state)
                  VALUES (1, 'A1', now() - interval '9 days', now(), '{}', false, 'WITNESS_ACCOUNT', 'why', 'ann', 'ASKED') RETURNING id)
                INSERT INTO case_note_found (request, note, content, sha256, sensitive, chosen)
                SELECT id, n, '{}', sha256(''), false, n = 'yes' FROM asked, unnest(ARRAY['yes', 'no']) AS x(n)
                """);

        assertThat(load("r-1").notes()).extracting(note -> note.justification()).containsExactly("WITNESS_ACCOUNT");
        ledger.jdbc.update("UPDATE referral_case SET approved_at = now() WHERE id = 1");
        assertThat(load("r-1").notes()).isEmpty();
    }

    private CommandWork command(String kind) {
        Long id = ledger.jdbc.queryForObject(
                "INSERT INTO command (kind, target, actor, reason) VALUES (?, ?, 'ann', 'why') RETURNING id",
                Long.class,
                kind,
                TestLedger.reference(1));
        return (CommandWork) new Bodies(node.database())
                .load(Step.COMMAND, List.of(String.valueOf(id)))
                .get(String.valueOf(id));
    }

    private void fact(long caseId, String item, int version, @Nullable String state, String content) {
        ledger.jdbc.update(
                "INSERT INTO case_fact (case_id, item, version, state, content, sha256, actor) VALUES (?, ?, ?, ?, ?, ?, 'ann')",
                caseId,
                item,
                version,
                state,
                content.getBytes(StandardCharsets.UTF_8),
                new byte[32]);
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
