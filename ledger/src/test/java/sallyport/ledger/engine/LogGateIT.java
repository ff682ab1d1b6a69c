package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;

/** Nothing leaves while the evidence log cannot be proved, and everything goes on by itself when it can again. */
class LogGateIT {

    private final TestPolicy policy = new TestPolicy();
    /** Several looks. */
    /** So often, and a look has begun and ended. */
    private static final int ASKED = 5;

    private EvidenceStage stage;
    private SimpleMeterRegistry meters;
    private LogGate gate;

    @BeforeEach
    void createDatabase() {
        stage = new EvidenceStage();
        meters = new SimpleMeterRegistry();
        gate = gate();
        stage.ledger.cases(2);
        stage.ledger.jdbc.update("UPDATE referral_case SET class = 'IMMEDIATE' WHERE id = 2");
        var writer = TestNode.node(stage.ledger, policy, TestLedger.quick("writer", Duration.ofSeconds(30)));
        TestNode.write(
                stage.ledger,
                writer,
                TestLedger.promise("force:46", 1, "routine"),
                TestLedger.promise("force:46", 2, "immediate"));
        stage.ledger.jdbc.update("UPDATE lane_item SET class = 'IMMEDIATE' WHERE message_id = 'immediate'");
        stage.ledger.jdbc.update("UPDATE lane_case SET class = 'IMMEDIATE' WHERE case_id = 2");
    }

    @AfterEach
    void closeDatabase() {
        stage.close();
    }

    private LogGate gate() {
        return new LogGate(stage.database, new Tasks(stage.database), stage.properties, meters, () -> {});
    }

    @Test
    void nothingLeavesBeforeTheFirstLookAndEverythingAfterIt() {
        assertThat(gate.passage()).isEqualTo(Passage.NOTHING);
        assertThat(claim()).isEmpty();
        gate.run();
        assertThat(gate.passage()).isEqualTo(Passage.ALL);
        assertThat(claim()).containsExactlyInAnyOrder("routine", "immediate");
    }

    @Test
    void shutsWhenEntriesAreNotChainedAndOpensAgainByItself() {
        unchained();
        gate.run();

        assertThat(gate.passage()).isEqualTo(Passage.NOTHING);
        assertThat(claim()).isEmpty();
        assertThat(gate.standing().why()).contains("chained");
        assertThat(gate.standing().shutSince()).isNotNull();
        assertThat(meters.get("sallyport.evidence.gate.shut").gauge().value()).isEqualTo(1);
        assertThat(openTasks()).isEqualTo(1);
        // Every node sees the same, and only one opened the work item.
        var other = gate();
        other.run();
        assertThat(other.standing().shutSince()).isEqualTo(gate.standing().shutSince());
        assertThat(openTasks()).isEqualTo(1);

        stage.chain.chain();
        stage.checkpoint();
        gate.run();

        assertThat(gate.passage()).isEqualTo(Passage.ALL);
        assertThat(gate.standing().why()).isNull();
        assertThat(meters.get("sallyport.evidence.gate.shut").gauge().value()).isZero();
        assertThat(openTasks()).isZero();
        assertThat(claim()).containsExactlyInAnyOrder("routine", "immediate");
    }

    @Test
    void shutsWhenNoCheckpointCanBeWrittenAndOpensAgainByItself() throws IOException {
        stage.entries(3);
        stage.checkpoint();
        Path elsewhere = stage.folder.resolve("elsewhere");
        Files.move(stage.directory.root(), elsewhere);
        stage.entries(1, Instant.now().minusSeconds(60));
        // The next one is due a moment after the last.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(stage.one::run).isInstanceOf(CheckpointTrouble.class));
        gate.run();
        assertThat(gate.passage()).isEqualTo(Passage.NOTHING);
        assertThat(gate.standing().why())
                .contains("checkpoint", stage.directory.root().toString());
        assertThat(gate.standing().covered()).isEqualTo(3);
        assertThat(gate.standing().lastEntry()).isEqualTo(4);

        Files.move(elsewhere, stage.directory.root());
        stage.one.run();
        gate.run();
        assertThat(gate.passage()).isEqualTo(Passage.ALL);
        assertThat(gate.standing().covered()).isEqualTo(4);
    }

    @Test
    void shutsWhenTheLogWasChangedSinceTheLastCheckpoint() {
        stage.entries(3, Instant.now().minusSeconds(60));
        stage.checkpoint();
        stage.entries(3, Instant.now().minusSeconds(60));
        stage.tamper("DELETE FROM evidence WHERE chain_no = 4");
        gate.run();

        assertThat(gate.passage()).isEqualTo(Passage.NOTHING);
    }

    @Test
    void theImmediateClassLeavesOnAnOperatorsWordWhichIsWrittenDown() {
        assertThat(gate.letImmediateThrough("operator", "too early")).isEmpty();
        unchained();
        gate.run();
        assertThat(claim()).isEmpty();

        assertThat(gate.letImmediateThrough("operator", "agreed with the duty governor"))
                .hasValueSatisfying(until -> assertThat(until).isAfter(Instant.now()));

        assertThat(gate.passage()).isEqualTo(Passage.IMMEDIATE);
        assertThat(claim()).containsExactly("immediate");
        assertThat(gate.standing().word()).satisfies(word -> {
            assertThat(word).isNotNull();
            assertThat(word.actor()).isEqualTo("operator");
        });
        assertThat(
                        stage.ledger.text(
                                "SELECT actor || ': ' || reason FROM evidence WHERE kind = 'DISCLOSURE' AND detail LIKE 'override: %'"))
                .isEqualTo("operator: agreed with the duty governor");
        assertThat(stage.ledger.count(
                        "SELECT count(*) FROM command WHERE kind = 'EVIDENCE_OVERRIDE' AND actor = 'operator'"))
                .isEqualTo(1);

        stage.ledger.jdbc.update("UPDATE evidence_override SET until = now()");
        gate.run();
        assertThat(gate.passage()).isEqualTo(Passage.NOTHING);
    }

    @Test
    void aWordDoesNotOutliveTheShuttingItWasGivenFor() {
        unchained();
        gate.run();
        gate.letImmediateThrough("operator", "once");
        stage.chain.chain();
        stage.checkpoint();
        gate.run();
        assertThat(gate.passage()).isEqualTo(Passage.ALL);

        unchained();
        gate.run();
        assertThat(gate.passage()).isEqualTo(Passage.NOTHING);
    }

    @Test
    void noDeadlineRunsOutWhileTheGateIsShut() {
        stage.ledger.jdbc.update("UPDATE lane_case SET patience_until = now() + interval '10 minutes'");
        unchained();
        gate.run();
        stage.ledger.jdbc.update("UPDATE evidence_gate SET shut_since = now() - interval '1 hour'");
        stage.chain.chain();
        stage.checkpoint();
        gate.run();

        assertThat(stage.ledger.count(
                        "SELECT count(*) FROM lane_case WHERE patience_until > now() + interval '1 hour 9 minutes'"))
                .isEqualTo(2);
        var node = TestNode.node(stage.ledger, policy, TestLedger.quick("one", Duration.ofSeconds(30)));
        node.dispatcher().gatedBy(() -> Passage.IMMEDIATE);
        assertThat(node.dispatcher().families()).isEmpty();
    }

    @Test
    void aNodeAsksTheGateBeforeItClaims() throws Exception {
        var passage = new AtomicReference<>(Passage.NOTHING);
        var sent = new ConcurrentLinkedQueue<String>();
        stage.ledger.jdbc.update("UPDATE lane SET suspended = true");
        try (var node = TestNode.start(stage.ledger, policy, "one", new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:lanes/force").process(exchange -> {
                    sent.add(exchange.getMessage().getBody(LaneClaim.class).messageId());
                    exchange.getMessage().setBody(Effects.of());
                });
            }
        })) {
            var asked = new AtomicInteger();
            node.node.dispatcher().gatedBy(() -> {
                asked.incrementAndGet();
                return passage.get();
            });
            // A look that began before that may claim what is let go under it.
            await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() > ASKED);
            stage.ledger.jdbc.update("UPDATE lane SET suspended = false");
            int before = asked.get();
            await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() > before + ASKED);
            assertThat(sent).isEmpty();

            passage.set(Passage.IMMEDIATE);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(sent).contains("immediate"));
            assertThat(sent).containsExactly("immediate");

            passage.set(Passage.ALL);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(sent).contains("routine"));
        }
    }

    private void unchained() {
        stage.ledger.jdbc.update(
                "INSERT INTO evidence (at, kind, actor, reason) VALUES (now() - interval '10 s', 'COLLECTION', 'hub', 'r')");
    }

    private long openTasks() {
        return stage.ledger.count("SELECT count(*) FROM task WHERE kind = 'EVIDENCE' AND closed_at IS NULL");
    }

    /** Message ids of what a node would send now. */
    private List<String> claim() {
        var claims = new LaneClaims(stage.database, policy, "node", Clock.systemUTC());
        Map<Outlet, Integer> wanted = new HashMap<>();
        claims.due(List.of(LaneFamily.FORCE), gate.passage()).forEach(due -> wanted.put(due.outlet(), 10));
        return claims.claim(wanted, Duration.ofSeconds(30), gate.passage()).toSend().stream()
                .map(LaneClaim::messageId)
                .toList();
    }
}
