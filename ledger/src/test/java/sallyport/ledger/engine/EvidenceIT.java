package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CasePerson;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.SourceKey;
import sallyport.mappings.canonical.Sha256;

/** Nothing personal in the log, one chain whatever the number of nodes, and no way to edit it. */
class EvidenceIT {

    private final TestPolicy policy = new TestPolicy();
    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, policy, TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void holdsAPseudonymInsteadOfTheSubject() {
        log("A1234BC");

        assertThat(ledger.text("SELECT subject FROM evidence"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(Pseudonyms.of(node.properties()).of("A1234BC"));
        assertThat(ledger.count("SELECT count(*) FROM evidence e WHERE e::text LIKE '%A1234BC%'"))
                .isZero();
    }

    @Test
    void twoNodesWriteOneChainWithoutAGap() throws Exception {
        try (var one = TestNode.start(ledger, policy, "one");
                var two = TestNode.start(ledger, policy, "two")) {
            var writers = IntStream.range(0, 4)
                    .mapToObj(w -> new Thread(() -> IntStream.range(0, 30).forEach(i -> log("A" + w + i))))
                    .toList();
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                            ledger.count("SELECT count(*) FROM evidence WHERE chain_no IS NULL"))
                    .isZero());
        }
        assertThat(ledger.count("SELECT max(chain_no) FROM evidence")).isEqualTo(120);
        assertThat(brokenLinks()).isEmpty();
    }

    @Test
    void aChangedEntryBreaksTheChain() {
        log("A1");
        log("A2");
        log("A3");
        assertThat(node.chain().chain()).isEqualTo(3);
        assertThat(node.chain().chain()).isZero();
        assertThat(brokenLinks()).isEmpty();

        ledger.jdbc.execute("ALTER TABLE evidence DISABLE TRIGGER ALL");
        ledger.jdbc.update("UPDATE evidence SET reason = 'another' WHERE chain_no = 2");

        assertThat(brokenLinks()).containsExactly(2L);
    }

    @Test
    void refusesChangesDeletionAndTruncation() {
        log("A1");
        for (String edit : List.of(
                "UPDATE evidence SET reason = 'x'",
                "UPDATE evidence SET reason = 'x', chain_no = 1",
                "DELETE FROM evidence",
                "TRUNCATE evidence")) {
            assertThatThrownBy(() -> ledger.jdbc.execute(edit)).hasMessageContaining("append-only");
        }
        node.chain().chain();
        assertThatThrownBy(() -> ledger.jdbc.execute("UPDATE evidence SET chain_no = 7"))
                .hasMessageContaining("append-only");
    }

    @Test
    void whatIsDecidedAppliedCombinedAndReKeyedIsLoggedWhetherTheFlowSaysSoOrNot() {
        ledger.cases(1);
        var incident = new SourceKey("incident-reporting", "one");
        var charge = new SourceKey("adjudications", "two");
        TestNode.write(
                ledger,
                node,
                stored(incident),
                stored(charge),
                new Effect.LinkRecord(1, incident),
                new Effect.SetPeople(1, Set.of(new CasePerson("A1234BC", "SUSPECT", false))),
                new Effect.Decide(1L, null, null, "TRIAGE", "MANDATORY", "r7", null, "{}", "sallyport", null));
        assertThat(entries("COMBINATION")).isEmpty();
        assertThat(entries("ALTERATION"))
                .containsExactly("SP-2026-000001 sallyport by the rules decision TRIAGE MANDATORY r7");

        TestNode.write(
                ledger,
                node,
                new Effect.LinkRecord(1, incident),
                new Effect.LinkRecord(1, charge),
                new Effect.MergeIdentity("B1234BC", "A1234BC", java.time.Instant.EPOCH));

        assertThat(entries("COMBINATION"))
                .containsExactly("SP-2026-000001 sallyport another record belongs to the case adjudications/two -");
        var pseudonyms = Pseudonyms.of(node.properties());
        assertThat(entries("ALTERATION"))
                .last()
                .isEqualTo("SP-2026-000001 sallyport prisoner numbers merged at the source was "
                        + pseudonyms.of("A1234BC") + " -");
        assertThat(ledger.text("SELECT subject FROM evidence WHERE reason LIKE 'prisoner numbers%'"))
                .isEqualTo(pseudonyms.of("B1234BC"));

        long inbound = ledger.count(
                """
                INSERT INTO inbound (channel, sender, raw, sha256) VALUES ('rest', '46', ''::bytea, sha256('x'::bytea)) RETURNING id
                """);
        TestNode.write(
                ledger,
                node,
                new Effect.ApplyOutcome(
                        inbound, 1, "46", "m", "OUTCOME", "1A", java.time.Instant.now(), null, null, null));
        assertThat(entries("ALTERATION"))
                .last()
                .isEqualTo("SP-2026-000001 force:46 outcome from the receiving force outcome OUTCOME 1A -");
    }

    private static Effect stored(SourceKey key) {
        return new Effect.StoreSource(
                key, new byte[] {1}, null, null, false, java.time.Instant.now(), "test", null, null, null);
    }

    private List<String> entries(String kind) {
        return ledger.jdbc.queryForList(
                """
                SELECT concat_ws(' ', case_reference, actor, reason, detail, coalesce(rule_version, '-'))
                  FROM evidence WHERE kind = ? ORDER BY id
                """,
                String.class,
                kind);
    }

    private void log(String subject) {
        TestNode.write(
                ledger,
                node,
                Effects.of(new Log(new Evidence(
                        Evidence.Kind.COLLECTION,
                        "SP-2026-000001",
                        subject,
                        "hub",
                        "incident report",
                        null,
                        new byte[32],
                        "m1",
                        null,
                        "é"))));
    }

    /** What a verifier does, written again from the description: numbers of the entries that do not fit. */
    private List<Long> brokenLinks() {
        var broken = new ArrayList<Long>();
        byte[][] previous = {new byte[32]};
        ledger.jdbc.query("SELECT * FROM evidence WHERE chain_no IS NOT NULL ORDER BY chain_no", row -> {
            byte[] hash = Sha256.of(row.getBytes("previous_hash"), ChainWriter.canonical(row));
            if (!java.util.Arrays.equals(previous[0], row.getBytes("previous_hash"))
                    || !java.util.Arrays.equals(hash, row.getBytes("hash"))) {
                broken.add(row.getLong("chain_no"));
            }
            previous[0] = row.getBytes("hash");
        });
        return broken;
    }
}
