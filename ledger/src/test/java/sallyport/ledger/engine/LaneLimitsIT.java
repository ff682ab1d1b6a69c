package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LanePolicy.Rate;

/** What keeps a destination from getting too much, too late, or in the wrong turn. */
class LaneLimitsIT {

    private LaneStage stage;

    @BeforeEach
    void setUp() {
        stage = new LaneStage(300);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aRateHoldsOverAllNodes() throws Exception {
        stage.policy.rates.put("force:46", new Rate(50, 5));
        for (int i = 1; i <= 150; i++) {
            stage.promise("force:46", i, "m-" + i);
        }
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        LaneStage.Partner partner = claim -> {
            times.add(System.nanoTime());
            return Effects.none();
        };
        try (var one = stage.start("one", partner);
                var two = stage.start("two", partner)) {
            stage.awaitAllDone();
        }
        var sorted = times.stream().sorted().toList();
        int most = 0;
        for (int from = 0, to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) >= 1_000_000_000L) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        // The rate, the burst, and what one look of a busy machine lets begin late.
        assertThat(most).isLessThanOrEqualTo(65);
        assertThat((sorted.get(149) - sorted.get(0)) / 1e9).isBetween(2.5, 8.0);
    }

    @Test
    void aLaneWithARateHoldsUpNoOther() throws Exception {
        stage.policy.rates.put("force:46", new Rate(0.5, 1));
        stage.promise("force:46", 1, "slow-1");
        stage.promise("force:46", 2, "slow-2");
        stage.promise("force:06", 3, "other");
        try (var node = stage.start("one", claim -> Effects.none())) {
            stage.awaitState("other", "DONE");
        }
        assertThat(stage.ledger.count(
                        "SELECT count(*) FROM lane_item WHERE message_id LIKE 'slow%' AND state = 'DONE'"))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void theImmediateClassGoesFirst() {
        for (int i = 1; i <= 50; i++) {
            stage.promise("force:46", i, "routine-" + i);
        }
        var urgent = TestLedger.promise("force:46", 60, "urgent");
        TestNode.write(
                stage.ledger,
                stage.writer,
                new Promise(
                        urgent.family(),
                        urgent.lane(),
                        60,
                        urgent.kind(),
                        "urgent",
                        1,
                        CaseClass.IMMEDIATE,
                        urgent.renderings()));

        var claimed = new ArrayList<LaneClaim>(stage.claim(3, LaneStage.LEASE));

        assertThat(claimed).hasSize(3).extracting(LaneClaim::messageId).contains("urgent");
    }

    @Test
    void anOpenBreakerStopsItsChannelAndNoOtherOfTheLane() throws Exception {
        stage.policy.broken.add("ihub");
        stage.promise("force:46", 1, "by-ihub", "ihub");
        stage.promise("force:46", 2, "by-cjse", "cjse");
        try (var node = stage.start("one", claim -> Effects.none())) {
            stage.awaitState("by-cjse", "DONE");
            await().during(Duration.ofMillis(400))
                    .atMost(LaneStage.SOON)
                    .untilAsserted(() -> assertThat(stage.state("by-ihub")).isEqualTo("PROMISED"));
            stage.policy.broken.clear();
            stage.awaitAllDone();
        }
    }

    @Test
    void behindAnOpenBreakerTheNextChannelTakesOverWhenPatienceIsLost() throws Exception {
        stage.policy.broken.add("ihub");
        stage.policy.patience.put("ihub", Duration.ofMillis(50));
        stage.promise("force:46", 1, "m-1", "ihub", "mail");
        stage.promise("force:46", 2, "alone", "ihub");
        try (var node = stage.start("one", claim -> Effects.none())) {
            await().atMost(LaneStage.SOON).until(() -> {
                node.node.patience().lose();
                return stage.state("m-1").equals("DONE") && stage.state("alone").equals("PARKED");
            });
        }
        assertThat(stage.sent).extracting(LaneClaim::channel).containsExactly("mail");
        assertThat(stage.parked(2)).isEqualTo("UNAVAILABLE deadline-passed");
    }

    @Test
    void patienceIsNotLostWithWhatMayHaveArrived() throws Exception {
        stage.policy.asking.add("ihub");
        stage.policy.wait = Duration.ofHours(1);
        stage.policy.patience.put("ihub", Duration.ofMillis(50));
        stage.promise("force:46", 1, "m-1", "ihub", "mail");
        try (var node = stage.start("one", claim -> {
            throw TestPolicy.unknown();
        })) {
            await().atMost(LaneStage.SOON).until(() -> {
                node.node.patience().lose();
                return stage.state("m-1").equals("PARKED");
            });
        }
        assertThat(stage.sent).extracting(LaneClaim::channel).containsExactly("ihub");
        assertThat(stage.parked(1)).isEqualTo("UNKNOWN deadline-passed");
    }

    @Test
    void aLaneThatAPersonSuspendedRunsNoClock() throws Exception {
        stage.policy.patience.put("ihub", Duration.ofMillis(1));
        stage.promise("force:46", 1, "m-1", "ihub");
        stage.ledger.jdbc.update("UPDATE lane SET suspended = true");
        try (var node = stage.start("one", claim -> Effects.none())) {
            assertThat(node.node.patience().lose()).isZero();
            stage.ledger.jdbc.update("UPDATE lane SET suspended = false");
            await().atMost(LaneStage.SOON).until(() -> !stage.state("m-1").equals("PROMISED"));
        }
    }

    @Test
    void whatFailsShowsWhyWhileItWaits() throws Exception {
        stage.policy.wait = Duration.ofHours(1);
        stage.promise("force:46", 1, "m-1");
        stage.promise("force:46", 1, "m-2");
        try (var node = stage.start("one", claim -> {
            throw TestPolicy.unavailable();
        })) {
            await().atMost(LaneStage.SOON).untilAsserted(() -> assertThat(stage.ledger.jdbc.queryForList(
                            "SELECT failing_kind || ' ' || failing_code FROM lane_case WHERE failing_since <= now()",
                            String.class))
                    .isEqualTo(List.of("UNAVAILABLE connection-refused")));
        }
        stage.ledger.jdbc.update("UPDATE lane_case SET next_at = now()");
        try (var node = stage.start("two", claim -> Effects.none())) {
            stage.awaitAllDone();
        }
        assertThat(stage.ledger.count("SELECT count(*) FROM lane_case WHERE failing_code IS NOT NULL"))
                .isZero();
    }
}
