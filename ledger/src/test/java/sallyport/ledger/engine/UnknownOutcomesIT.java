package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.CancelUnsent;
import sallyport.ledger.Effect.NotArrived;
import sallyport.ledger.Effect.Release;
import sallyport.ledger.Effect.SettleItem;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.mappings.Rejected;

/** Bytes left and no answer came: asked where it can be asked, sent again where that is safe, else a person's word. */
class UnknownOutcomesIT {

    private LaneStage stage;

    @BeforeEach
    void setUp() {
        stage = new LaneStage(3);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aPartnerThatCanBeAskedAndHasItIsNotSentItAgain() throws Exception {
        stage.policy.asking.add("ihub");
        stage.promise("force:46", 1, "m-1");
        stage.promise("force:46", 1, "m-2");
        try (var node = stage.start("one", claim -> {
            if (claim.messageId().equals("m-1") && !claim.asks()) {
                throw TestPolicy.unknown();
            }
            return Effects.none();
        })) {
            stage.awaitAllDone();
        }
        assertThat(stage.sent)
                .extracting(claim -> claim.messageId() + (claim.asks() ? " asked" : " sent"))
                .containsExactly("m-1 sent", "m-1 asked", "m-2 sent");
        assertThat(stage.attempts("m-1")).containsExactly("UNKNOWN reached?", "ACCEPTED asked");
        // Asking tells the partner nothing about anybody.
        assertThat(stage.ledger.count("SELECT count(*) FROM evidence WHERE kind = 'DISCLOSURE'"))
                .isEqualTo(2);
    }

    @Test
    void aPartnerThatCanBeAskedAndHasNothingIsSentTheSameBytes() throws Exception {
        stage.policy.asking.add("ihub");
        stage.promise("force:46", 1, "m-1");
        try (var node = stage.start("one", claim -> {
            if (claim.asks()) {
                return Effects.of(new NotArrived());
            }
            if (claim.attempt() == 1) {
                throw TestPolicy.unknown();
            }
            return Effects.none();
        })) {
            stage.awaitAllDone();
        }
        assertThat(stage.attempts("m-1")).containsExactly("UNKNOWN", "NOT_ARRIVED asked", "ACCEPTED reached?");
        assertThat(stage.sent)
                .extracting(LaneClaim::bytes)
                .containsOnly(stage.sent.peek().bytes());
    }

    @Test
    void aPartnerThatCannotBeAskedNowIsAskedAgainAndThenAPerson() throws Exception {
        stage.policy.asking.add("ihub");
        stage.promise("force:46", 1, "m-1", "ihub", "mail");
        try (var node = stage.start("one", claim -> {
            throw claim.asks() ? TestPolicy.unavailable() : TestPolicy.unknown();
        })) {
            stage.awaitState("m-1", "PARKED");
        }
        assertThat(stage.sent).extracting(LaneClaim::asks).containsExactly(false, true, true, true);
        assertThat(stage.sent).extracting(LaneClaim::channel).containsOnly("ihub");
        assertThat(stage.parked(1)).isEqualTo("UNKNOWN connection-refused");
    }

    @Test
    void whatADeadNodeWasSendingIsAskedAboutFirst() throws Exception {
        stage.policy.asking.add("ihub");
        stage.promise("force:46", 1, "m-1");
        stage.claim(1, Duration.ofMillis(200));
        try (var node = stage.start("one", claim -> Effects.none())) {
            stage.awaitAllDone();
        }
        assertThat(stage.sent).extracting(LaneClaim::asks).containsExactly(true);
        assertThat(stage.attempts("m-1")).containsExactly("UNKNOWN reached?", "ACCEPTED asked");
    }

    /** Its look at the lease may be behind it and its first byte before it: then it sends what was not there when asked. */
    @Test
    void whatASilentNodeWasSendingIsNotSentAgainBecauseThePartnerDoesNotHaveItYet() throws Exception {
        stage.policy.asking.add("ihub");
        stage.promise("force:46", 1, "m-1");
        stage.promise("force:46", 2, "m-2");
        stage.claim(1, Duration.ofMillis(200));
        try (var node = stage.start("one", claim -> claim.asks() ? Effects.of(new NotArrived()) : Effects.none())) {
            stage.awaitState("m-1", "PARKED");
            assertThat(stage.parked(1)).isEqualTo("UNKNOWN sender-fell-silent");
            assertThat(stage.attempts("m-1")).containsExactly("UNKNOWN reached?", "NOT_ARRIVED asked");
            assertThat(stage.sent)
                    .filteredOn(claim -> claim.messageId().equals("m-1"))
                    .extracting(LaneClaim::asks)
                    .containsExactly(true);

            // A person has made sure that it has ended.
            TestNode.write(stage.ledger, stage.writer, new Release("lane/" + stage.laneCase(1)));
            stage.awaitAllDone();
        }
        assertThat(stage.attempts("m-1")).containsExactly("UNKNOWN reached?", "NOT_ARRIVED asked", "ACCEPTED reached?");
    }

    @Test
    void aNodeThatDiesWhileItAsksHasChangedNothing() throws Exception {
        stage.policy.asking.add("ihub");
        stage.promise("force:46", 1, "m-1");
        stage.claim(1, Duration.ofMillis(100));
        await().atMost(LaneStage.SOON).until(() -> {
            List<LaneClaim> asking = stage.claim(1, Duration.ofMillis(100));
            return !asking.isEmpty() && asking.get(0).asks();
        });
        assertThat(stage.state("m-1")).isEqualTo("ASKING");
        try (var node = stage.start("one", claim -> Effects.none())) {
            stage.awaitAllDone();
        }
        assertThat(stage.sent).extracting(LaneClaim::asks).containsExactly(true);
    }

    @Test
    void aPersonsWordThatItArrivedLetsTheCaseGoOn() throws Exception {
        stage.promise("force:46", 1, "m-1");
        stage.promise("force:46", 1, "m-2");
        try (var node = stage.start("one", claim -> {
            if (claim.messageId().equals("m-1")) {
                throw TestPolicy.unknown();
            }
            return Effects.none();
        })) {
            stage.awaitState("m-1", "PARKED");
            var stale = new SettleItem(stage.laneCase(1), stage.item("m-2"), true);
            TestNode.write(stage.ledger, stage.writer, stale);
            assertThat(stage.state("m-2")).isEqualTo("PROMISED");

            TestNode.write(stage.ledger, stage.writer, new SettleItem(stage.laneCase(1), stage.item("m-1"), true));
            stage.awaitAllDone();
        }
        assertThat(stage.sent).extracting(LaneClaim::messageId).containsExactly("m-1", "m-2");
    }

    @Test
    void whatMayHaveArrivedCannotBeCancelledAndWhatWasRefusedCan() throws Exception {
        stage.promise("force:46", 1, "unknown");
        stage.promise("force:46", 2, "refused");
        stage.promise("force:46", 2, "next");
        try (var node = stage.start("one", claim -> switch (claim.messageId()) {
            case "unknown" -> throw TestPolicy.unknown();
            case "refused" -> throw new Rejected("http-422", "/data");
            default -> Effects.none();
        })) {
            stage.awaitState("unknown", "PARKED");
            stage.awaitState("refused", "PARKED");
            TestNode.write(
                    stage.ledger,
                    stage.writer,
                    new SettleItem(stage.laneCase(1), stage.item("unknown"), false),
                    new SettleItem(stage.laneCase(2), stage.item("refused"), false));
            stage.awaitState("next", "DONE");
        }
        assertThat(stage.state("unknown")).isEqualTo("PARKED");
        assertThat(stage.state("refused")).isEqualTo("CANCELLED");
    }

    @Test
    void aWithdrawalTakesBackWhatHasNotLeftAndNothingElse() throws Exception {
        stage.promise("force:46", 1, "sent");
        stage.promise("force:46", 1, "waiting");
        stage.promise("feed:north", 1, "told");
        LaneClaim underWay = stage.claim(1, LaneStage.LEASE).get(0);

        TestNode.write(
                stage.ledger,
                stage.writer,
                new CancelUnsent(1, LaneFamily.FORCE),
                TestLedger.promise("force:46", 1, "withdrawal"));

        assertThat(underWay.messageId()).isEqualTo("sent");
        assertThat(stage.state("sent")).isEqualTo("SENDING");
        assertThat(stage.state("waiting")).isEqualTo("CANCELLED");
        assertThat(stage.state("told")).isEqualTo("PROMISED");
        stage.writer.committer().commit(List.of(Finished.done(underWay, Effects.none())));
        try (var node = stage.start("one", claim -> Effects.none())) {
            stage.awaitState("withdrawal", "DONE");
        }
        assertThat(stage.sent).extracting(LaneClaim::messageId).containsExactly("withdrawal");
    }

    @Test
    void aCancelledHeadGivesWayEvenWhenItWasParked() throws Exception {
        stage.promise("force:46", 1, "down", "ihub");
        stage.promise("force:46", 1, "behind");
        try (var node = stage.start("one", claim -> {
            throw TestPolicy.unavailable();
        })) {
            stage.awaitState("down", "PARKED");
        }
        TestNode.write(
                stage.ledger,
                stage.writer,
                new CancelUnsent(1, LaneFamily.FORCE),
                TestLedger.promise("force:46", 1, "withdrawal"));

        assertThat(stage.parked(1)).isEqualTo("not parked");
        try (var node = stage.start("two", claim -> Effects.none())) {
            stage.awaitState("withdrawal", "DONE");
        }
        assertThat(stage.state("down")).isEqualTo("CANCELLED");
        assertThat(stage.state("behind")).isEqualTo("CANCELLED");
    }

    @Test
    void aReleaseBeginsTheLadderAnew() throws Exception {
        stage.promise("force:46", 1, "m-1");
        try (var node = stage.start("one", claim -> {
            throw TestPolicy.unavailable();
        })) {
            stage.awaitState("m-1", "PARKED");
            assertThat(stage.sent).hasSize(3);
            TestNode.write(stage.ledger, stage.writer, new Release("lane/" + stage.laneCase(1)));
            await().atMost(LaneStage.SOON)
                    .untilAsserted(() -> assertThat(stage.sent).hasSize(6));
            stage.awaitState("m-1", "PARKED");
        }
    }

    @Test
    void oneMessageIdForTwoMessagesIsAConflictThatIsSeen() {
        stage.promise("force:46", 1, "m-1");
        var other = TestLedger.promise("force:46", 1, "m-1");
        var reused = new sallyport.ledger.Effect.Promise(
                other.family(),
                other.lane(),
                1,
                other.kind(),
                "m-1",
                1,
                other.caseClass(),
                List.of(new sallyport.ledger.Rendered(
                        "ihub", "application/json", "other words".getBytes(), "m1", "force", null)));
        long work = stage.ledger.count(
                "INSERT INTO work (step, key, claimed, fence) VALUES ('assembly', 'SP-2026-000001', 1, 7) RETURNING id");
        var claim = new sallyport.ledger.WorkClaim(work, 7, 1, sallyport.ledger.Step.ASSEMBLY, "SP-2026-000001", 1);

        stage.writer.committer().commit(List.of(Finished.done(claim, Effects.of(reused))));

        assertThat(stage.ledger.text("SELECT parked_kind || ' ' || parked_code FROM work"))
                .isEqualTo("DEFECT message-id-reused");
        assertThat(stage.ledger.count("SELECT count(*) FROM lane_item")).isEqualTo(1);
    }
}
