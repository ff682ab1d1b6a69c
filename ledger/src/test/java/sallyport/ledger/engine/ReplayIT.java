package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.desk.Commands;
import sallyport.ledger.desk.Scope;
import sallyport.ledger.replay.BadReplay;
import sallyport.ledger.replay.Replay;
import sallyport.ledger.replay.ReplayFilter;
import sallyport.ledger.replay.ReplayFilter.Standing;
import sallyport.ledger.replay.ReplayItem;
import sallyport.ledger.replay.ReplayProperties;
import sallyport.ledger.replay.Verdict;

/** What is sent again, what is not, who has to say so, and at what rate. */
class ReplayIT {

    private static final String LANE = "force:46";

    private ReplayStage stage;
    private LaneStage lanes;

    @BeforeEach
    void open() {
        stage = new ReplayStage(1000);
        lanes = stage.lanes;
        lanes.policy.deduping.add("ihub");
        lanes.policy.tries = 1;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** Sends what is promised, then forgets that it was sent. */
    private void deliver(LaneStage.Partner partner) throws Exception {
        try (var node = lanes.start("earlier", partner)) {
            await().atMost(ReplayStage.SOON).untilAsserted(() -> assertThat(lanes.ledger.count(
                            "SELECT count(*) FROM lane_case WHERE head_item IS NOT NULL AND parked_reason IS NULL"))
                    .isZero());
        }
        lanes.sent.clear();
    }

    private void deliver() throws Exception {
        deliver(claim -> Effects.none());
    }

    private List<String> sent() {
        return lanes.sent.stream().map(LaneClaim::messageId).toList();
    }

    @Test
    void sendsTheSameBytesAgainUnderTheSameMessageId() throws Exception {
        for (int i = 1; i <= 50; i++) {
            lanes.promise(LANE, i, "m-" + i);
        }
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), 5000);
        assertThat(stage.replay(id).count(Replay.ItemState.PLANNED)).isEqualTo(50);
        assertThat(lanes.sent).isEmpty();

        stage.start(id);
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntilOver(id, node.node);
        }

        assertThat(sent()).hasSize(50).doesNotHaveDuplicates();
        assertThat(lanes.sent).allSatisfy(claim -> {
            assertThat(claim.again()).isTrue();
            assertThat(claim.asks()).isFalse();
            assertThat(new String(claim.bytes())).isEqualTo(claim.messageId() + " by ihub");
        });
        assertThat(stage.replay(id).state()).isEqualTo(Replay.State.DONE);
        assertThat(stage.replay(id).count(Replay.ItemState.SENT)).isEqualTo(50);
        assertThat(lanes.ledger.jdbc.queryForList(
                        "SELECT DISTINCT kind || ' ' || actor || ' ' || reason FROM evidence WHERE detail LIKE"
                                + " '%replay "
                                + id + ", started by second'",
                        String.class))
                .containsExactly("DISCLOSURE asker " + ReplayStage.WHY);
        assertThat(lanes.ledger.count(
                        "SELECT count(*) FROM evidence WHERE actor = 'asker' AND payload_sha256 IS NOT NULL"))
                .isEqualTo(50);
        assertThat(lanes.ledger.jdbc.queryForList(
                        "SELECT kind || ' ' || actor FROM command WHERE target = 'replay/' || ? ORDER BY id",
                        String.class,
                        id))
                .containsExactly("REPLAY_ASK asker", "REPLAY_START second");
    }

    @Test
    void saysOfEachWhatItWouldDoAndSendsOnlyWhatDoublesNothing() throws Exception {
        lanes.policy.deduping.clear();
        lanes.policy.deduping.add("cjse");
        lanes.policy.asking.add("sftp");
        lanes.promise(LANE, 1, "dedupes", "cjse");
        lanes.promise(LANE, 2, "asked", "sftp");
        lanes.promise(LANE, 3, "doubles", "ihub");
        lanes.promise(LANE, 4, "refused", "ihub");
        lanes.promise(LANE, 5, "unreached", "ihub");
        lanes.promise(LANE, 6, "unknown", "ihub");
        lanes.promise(LANE, 7, "changed", "cjse");
        lanes.promise(LANE, 8, "rewritten", "cjse");
        lanes.promise(LANE, 9, "purged", "cjse");
        deliver(claim -> switch (claim.messageId()) {
            case "refused" -> throw new TestPolicy.Failing(sallyport.ledger.Failure.Kind.REJECTED, "schema-invalid");
            case "unreached" -> throw TestPolicy.unavailable();
            case "unknown" -> throw TestPolicy.unknown();
            default -> Effects.none();
        });
        lanes.ledger.jdbc.update("DELETE FROM rendering WHERE lane_item = ?", lanes.item("purged"));
        json("changed", "{\"name\":\"then\",\"kind\":\"X\"}");
        json("rewritten", "{\"a\":1,\"b\":2}");
        stage.today.put("changed", "{\"kind\":\"X\",\"name\":\"today\",\"more\":1}".getBytes());
        stage.today.put("rewritten", "{ \"b\":2, \"a\":1 }".getBytes());

        long id = stage.planned(ReplayStage.lane(LANE), 1000);

        assertThat(stage.verdicts(id))
                .isEqualTo(Map.of(
                        "dedupes", Verdict.DEDUPES,
                        "asked", Verdict.CAN_BE_ASKED,
                        "doubles", Verdict.WOULD_DOUBLE,
                        "refused", Verdict.NEVER_ARRIVED,
                        "unreached", Verdict.NEVER_ARRIVED,
                        "unknown", Verdict.WOULD_DOUBLE,
                        "changed", Verdict.OTHER_BYTES,
                        "rewritten", Verdict.DEDUPES,
                        "purged", Verdict.NO_BYTES));
        ReplayItem changed = stage.item(id, "changed");
        assertThat(changed.differs()).isEqualTo(2);
        assertThat(changed.recognition()).isEqualTo(Verdict.DEDUPES);
        assertThat(stage.replay(id).takes()).isEqualTo(Duration.ofMillis(5));

        stage.start(id);
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntilOver(id, node.node);
        }

        assertThat(sent()).containsExactlyInAnyOrder("dedupes", "asked", "refused", "unreached", "rewritten");
        assertThat(lanes.sent)
                .filteredOn(LaneClaim::asks)
                .extracting(LaneClaim::messageId)
                .containsExactly("asked");
        assertThat(stage.replay(id).count(Replay.ItemState.LEFT_OUT)).isEqualTo(4);
    }

    private void json(String messageId, String text) {
        lanes.ledger.jdbc.update(
                "UPDATE rendering SET bytes = convert_to(?, 'UTF8'), sha256 = sha256(convert_to(?, 'UTF8')) WHERE"
                        + " lane_item = ?",
                text,
                text,
                lanes.item(messageId));
    }

    @Test
    void aPersonLetsASingleItemGoWithTheBytesOfThen() throws Exception {
        lanes.policy.deduping.clear();
        for (int i = 1; i <= 3; i++) {
            lanes.promise(LANE, i, "m-" + i);
        }
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), 1000);
        Scope all = Scope.everything();
        assertThat(stage.replays.start(id, false, "second", "x", all)).isInstanceOf(Commands.NotNow.class);

        long item = stage.item(id, "m-2").id();
        assertThat(stage.replays.confirm(id, item, "asker", "they have none of it", all))
                .isInstanceOf(Commands.Asked.class);
        assertThat(stage.replays.confirm(id, item, "asker", "again", all)).isInstanceOf(Commands.NotNow.class);
        assertThat(stage.replays.confirm(id, 999_999, "asker", "none", all)).isInstanceOf(Commands.NotNow.class);
        stage.start(id);
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntilOver(id, node.node);
        }

        assertThat(sent()).containsExactly("m-2");
        assertThat(lanes.ledger.count(
                        "SELECT count(*) FROM evidence WHERE actor = 'asker' AND reason = 'they have none of it'"
                                + " AND case_reference = 'SP-2026-000002'"))
                .isOne();
    }

    @Test
    void asksThePartnerAndSendsOnlyWhatItHasNot() throws Exception {
        lanes.policy.deduping.clear();
        lanes.policy.asking.add("sftp");
        lanes.promise(LANE, 1, "has", "sftp");
        lanes.promise(LANE, 2, "lost", "sftp");
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), 1000);
        stage.start(id);
        try (var node = lanes.start(
                "now",
                claim -> claim.asks() && claim.messageId().equals("lost")
                        ? Effects.of(new Effect.NotArrived())
                        : Effects.none())) {
            stage.runUntilOver(id, node.node);
        }

        assertThat(lanes.sent.stream().map(claim -> claim.messageId() + (claim.asks() ? " asked" : " sent")))
                .containsExactlyInAnyOrder("has asked", "lost asked", "lost sent");
        assertThat(stage.replay(id).count(Replay.ItemState.SENT)).isEqualTo(2);
    }

    @Test
    void aSensitiveClassTakesASecondPerson() throws Exception {
        lanes.promise(LANE, 1, "routine");
        lanes.promise(LANE, 2, "immediate");
        deliver();
        lanes.ledger.jdbc.update("UPDATE lane_item SET class = 'IMMEDIATE' WHERE message_id = 'immediate'");
        long id = stage.planned(ReplayStage.lane(LANE), 10);
        assertThat(stage.replay(id).sensitive()).isTrue();

        Commands.Answer own = stage.replays.start(id, false, "asker", "in a hurry", Scope.everything());

        assertThat(own).isInstanceOf(Commands.NotNow.class);
        assertThat(stage.replay(id).state()).isEqualTo(Replay.State.PLANNED);
        assertThat(lanes.ledger.count("SELECT count(*) FROM command WHERE kind = 'REPLAY_START'"))
                .isZero();
        assertThat(stage.replays.start(id, true, "second", "agreed", Scope.everything()))
                .isInstanceOf(Commands.Asked.class);
        assertThat(stage.replay(id).state()).isEqualTo(Replay.State.PAUSED);
    }

    @Test
    void refusesWhatCannotBeMeantAndChangesNothing() throws Exception {
        lanes.promise(LANE, 1, "m-1");
        deliver();
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        Scope all = Scope.everything();

        assertThatThrownBy(() -> new ReplayFilter(null, null, null, null, null, Standing.ANY, true))
                .isInstanceOf(BadReplay.class)
                .hasMessageContaining("everything is never sent again");
        assertThatThrownBy(() -> new ReplayFilter(null, null, null, noon, noon, Standing.ANY, false))
                .isInstanceOf(BadReplay.class)
                .hasMessageStartingWith("to must be later");
        assertThatThrownBy(() -> new ReplayFilter("force:46'; --", null, null, null, null, Standing.ANY, false))
                .isInstanceOf(BadReplay.class);
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 5001}) {
            assertThatThrownBy(() -> stage.ask(ReplayStage.lane(LANE), rate))
                    .isInstanceOf(BadReplay.class)
                    .hasMessageStartingWith("rate must be above 0");
        }
        assertThatThrownBy(() -> stage.ask(ReplayStage.lane("force:99"), 1))
                .isInstanceOf(BadReplay.class)
                .hasMessageStartingWith("lane must be a lane");
        assertThatThrownBy(() -> stage.replays.ask(ReplayStage.lane(LANE), 1, "asker", " ", all))
                .isInstanceOf(BadReplay.class);
        assertThat(lanes.ledger.count("SELECT count(*) FROM replay")).isZero();
        assertThat(lanes.ledger.count("SELECT count(*) FROM command")).isZero();

        long id = stage.planned(ReplayStage.lane(LANE), 10);
        assertThat(stage.replays.resume(id, "asker", "x", all)).isInstanceOf(Commands.NotNow.class);
        assertThat(stage.replays.pause(id, "asker", "x", all)).isInstanceOf(Commands.NotNow.class);
        assertThat(stage.replays.cancel(id, "asker", "x", all)).isInstanceOf(Commands.Asked.class);
        assertThat(stage.replays.resume(id, "asker", "x", all))
                .isEqualTo(new Commands.NotNow("The replay was cancelled and cannot be resumed: ask for a new one."));
        assertThat(stage.replays.start(id, false, "second", "x", all)).isInstanceOf(Commands.NotNow.class);
        assertThat(stage.replay(id).state()).isEqualTo(Replay.State.CANCELLED);
        assertThat(stage.replays.start(999, false, "second", "x", all)).isInstanceOf(Commands.NotThere.class);
    }

    @Test
    void refusesMoreThanIsAllowed() throws Exception {
        try (var small = new ReplayStage(10, new ReplayProperties(EnumSet.of(CaseClass.IMMEDIATE), 5, 100, null))) {
            for (int i = 1; i <= 6; i++) {
                small.lanes.promise(LANE, i, "m-" + i);
            }
            small.lanes.ledger.jdbc.update("UPDATE lane_item SET state = 'DONE', done_at = now()");
            small.lanes.ledger.jdbc.update("UPDATE lane_case SET head_item = NULL");

            long id = small.planned(ReplayStage.lane(LANE), 10);

            assertThat(small.replay(id).state()).isEqualTo(Replay.State.REFUSED);
            assertThat(small.replay(id).refusedWhy()).contains("more than 5 items");
            assertThat(small.items(id)).isEmpty();
        }
    }

    @Test
    void selectsByCauseTimeForceAndWhatWasPromisedTogether() throws Exception {
        TestNode.write(
                lanes.ledger,
                lanes.writer,
                TestLedger.promise("force:46", 1, "package"),
                TestLedger.promise("force:47", 1, "other-destination"),
                TestLedger.promise("force:47", 2, "other-case"));
        lanes.promise("force:46", 3, "parked");
        deliver(claim -> {
            if (claim.messageId().equals("parked")) {
                throw TestPolicy.unavailable();
            }
            return Effects.none();
        });
        lanes.ledger.jdbc.update("UPDATE referral_case SET force = '13' WHERE id = 2");
        lanes.ledger.jdbc.update("UPDATE lane_item SET done_at = '2026-03-01T12:00:00Z' WHERE message_id = 'package'");
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(found(new ReplayFilter("force:46", null, null, null, null, Standing.ANY, false)))
                .containsExactlyInAnyOrder("package", "parked");
        assertThat(found(new ReplayFilter("force:46", null, null, null, null, Standing.DELIVERED, true)))
                .containsExactlyInAnyOrder("package", "other-destination");
        assertThat(found(new ReplayFilter(null, null, "connection-refused", null, null, Standing.PARKED, false)))
                .containsExactly("parked");
        assertThat(found(new ReplayFilter(null, null, "connection-ref", null, null, Standing.PARKED, false)))
                .isEmpty();
        assertThat(found(new ReplayFilter(null, "13", null, null, null, Standing.ANY, false)))
                .containsExactly("other-case");
        assertThat(found(new ReplayFilter(null, null, null, noon, noon.plusSeconds(1), Standing.ANY, false)))
                .containsExactly("package");
        assertThat(found(new ReplayFilter(null, null, null, null, noon, Standing.ANY, false)))
                .isEmpty();
    }

    private List<String> found(ReplayFilter filter) {
        long id = stage.planned(filter, 1);
        return stage.items(id).stream().map(ReplayItem::messageId).toList();
    }

    @Test
    void keepsToTheScopeOfWhoeverAsksAndLooks() throws Exception {
        lanes.promise(LANE, 1, "here");
        lanes.promise(LANE, 2, "elsewhere");
        deliver();
        lanes.ledger.jdbc.update("UPDATE referral_case SET prison = 'LEI', force = '13' WHERE id = 2");
        var leeds = new Scope(Set.of("LEI"), Set.of());
        var moorland = new Scope(Set.of("MDI"), Set.of());

        long ofLeeds = stage.replays.ask(ReplayStage.lane(LANE), 1, "leeds", "why", leeds);
        stage.plan(ofLeeds);
        long ofAll = stage.planned(ReplayStage.lane(LANE), 1);

        assertThat(stage.items(ofLeeds)).extracting(ReplayItem::messageId).containsExactly("elsewhere");
        assertThat(stage.desk.replay(ofLeeds, leeds, "other")).isPresent();
        assertThat(stage.desk.replay(ofLeeds, moorland, "other")).isEmpty();
        assertThat(stage.desk.replay(ofAll, leeds, "other")).isEmpty();
        assertThat(stage.desk.replays(leeds, "other", 0, 10).items())
                .extracting(Replay::id)
                .containsExactly(ofLeeds);
        assertThat(stage.desk.items(ofAll, null, null, moorland, "other", 0, 10).items())
                .isEmpty();
        assertThat(stage.desk.compared(ofAll, stage.item(ofAll, "here").id(), true, moorland, "other"))
                .isEmpty();
        assertThat(stage.replays.cancel(ofAll, "other", "x", leeds)).isInstanceOf(Commands.NotThere.class);
        assertThat(stage.replay(ofAll).state()).isEqualTo(Replay.State.PLANNED);
    }

    @Test
    void showsWhatWasSentBesideWhatWouldBeAndRecordsWhoSaw() throws Exception {
        lanes.promise(LANE, 1, "changed");
        deliver();
        json("changed", "{\"surname\":\"Arbor\",\"kind\":\"INITIAL\"}");
        stage.today.put("changed", "{\"surname\":\"Ash\",\"kind\":\"INITIAL\"}".getBytes());
        long id = stage.planned(ReplayStage.lane(LANE), 1);
        long item = stage.item(id, "changed").id();

        var masked = stage.desk
                .compared(id, item, false, Scope.everything(), "operator")
                .orElseThrow();
        assertThat(masked.fields().toString()).doesNotContain("Arbor", "Ash").contains("INITIAL");
        assertThat(lanes.ledger.count("SELECT count(*) FROM evidence WHERE kind = 'CONSULTATION'"))
                .isZero();
        var open = stage.desk
                .compared(id, item, true, Scope.everything(), "coordinator")
                .orElseThrow();
        assertThat(open.fields().toString()).contains("Arbor", "Ash");
        assertThat(open.todaySha256()).isNotEqualTo(open.sha256());
        assertThat(lanes.ledger.text("SELECT actor || ' ' || case_reference FROM evidence WHERE kind = 'CONSULTATION'"))
                .isEqualTo("coordinator SP-2026-000001");
    }

    @Test
    void keepsTheOrderOfACaseWithParkedAndWaitingItems() throws Exception {
        lanes.policy.permits = 1;
        lanes.promise(LANE, 1, "v1");
        deliver();
        lanes.promise(LANE, 1, "v2");
        lanes.promise(LANE, 1, "v3");
        try (var node = lanes.start("down", claim -> {
            throw TestPolicy.unavailable();
        })) {
            lanes.awaitState("v2", "PARKED");
        }
        lanes.sent.clear();
        long id = stage.planned(ReplayStage.lane(LANE), 100);
        assertThat(stage.verdicts(id)).containsOnlyKeys("v1", "v2");
        stage.start(id);
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntilOver(id, node.node);
            lanes.awaitAllDone();
        }

        assertThat(sent()).containsExactly("v1", "v2", "v3");
    }

    @Test
    void leavesAloneWhatWaitsBehindAParkedItemThatIsNotPartOfIt() throws Exception {
        lanes.promise(LANE, 1, "v1");
        lanes.promise(LANE, 2, "other");
        deliver();
        lanes.promise(LANE, 1, "v2");
        try (var node = lanes.start("down", claim -> {
            throw TestPolicy.unavailable();
        })) {
            lanes.awaitState("v2", "PARKED");
        }
        lanes.sent.clear();
        long id = stage.planned(new ReplayFilter(LANE, null, null, null, null, Standing.DELIVERED, false), 100);
        stage.start(id);
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntilOver(id, node.node);
        }

        assertThat(sent()).containsExactly("other");
        assertThat(stage.item(id, "v1").code()).isEqualTo("case-parked");
        assertThat(lanes.state("v2")).isEqualTo("PARKED");
    }

    @Test
    void onePoisonedItemDelaysNoneOfTheOthers() throws Exception {
        int cases = 1000;
        lanes.policy.tries = 1_000_000;
        lanes.policy.wait = Duration.ofMillis(200);
        TestNode.write(
                lanes.ledger,
                lanes.writer,
                Effects.of(IntStream.rangeClosed(1, cases)
                        .<Effect>mapToObj(i -> TestLedger.promise(LANE, i, "m-" + i))
                        .toList()));
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), 5000);
        stage.start(id);
        try (var node = lanes.start("now", claim -> {
            if (claim.messageId().equals("m-500")) {
                throw TestPolicy.unavailable();
            }
            return Effects.none();
        })) {
            stage.runUntil(node.node, () -> stage.replay(id).count(Replay.ItemState.SENT) == cases - 1);
            assertThat(stage.replay(id).state()).isEqualTo(Replay.State.RUNNING);
            assertThat(stage.replay(id).retrying()).isOne();
            // The ladder ends: the job ends too, and says which one failed.
            lanes.policy.tries = 0;
            stage.runUntilOver(id, node.node);
        }

        assertThat(stage.replay(id).count(Replay.ItemState.FAILED)).isOne();
        assertThat(stage.item(id, "m-500").code()).isEqualTo("connection-refused");
        // A person who releases it afterwards needs no job for it.
        TestNode.write(lanes.ledger, lanes.writer, new Effect.Release("lane/" + lanes.laneCase(500)));
        try (var node = lanes.start("later", claim -> Effects.none())) {
            lanes.awaitState("m-500", "DONE");
        }
    }

    @Test
    void pausesGoesOnAndIsCancelled() throws Exception {
        TestNode.write(
                lanes.ledger,
                lanes.writer,
                Effects.of(IntStream.rangeClosed(1, 1000)
                        .<Effect>mapToObj(i -> TestLedger.promise(LANE, i, "m-" + i))
                        .toList()));
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), 100);
        stage.start(id);
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntil(node.node, () -> lanes.sent.size() >= 20);
            assertThat(stage.replays.pause(id, "asker", "lunch", Scope.everything()))
                    .isInstanceOf(Commands.Asked.class);
            stage.runUntil(node.node, () -> stage.replay(id).count(Replay.ItemState.RELEASED) == 0);
            int atPause = lanes.sent.size();
            assertThat(atPause).isLessThan(400);
            long planned = stage.replay(id).count(Replay.ItemState.PLANNED);
            stage.runner(node.node).step();
            assertThat(stage.replay(id).count(Replay.ItemState.PLANNED)).isEqualTo(planned);

            stage.replays.resume(id, "asker", "lunch is over", Scope.everything());
            stage.runUntil(node.node, () -> lanes.sent.size() > atPause);
            stage.replays.cancel(id, "asker", "enough", Scope.everything());
            stage.runUntilOver(id, node.node);
        }

        assertThat(sent()).doesNotHaveDuplicates().hasSizeLessThan(1000);
        Replay cancelled = stage.replay(id);
        assertThat(cancelled.state()).isEqualTo(Replay.State.CANCELLED);
        assertThat(cancelled.count(Replay.ItemState.SENT)).isEqualTo(lanes.sent.size());
    }

    @Test
    void theRateHoldsInEverySecondOnTwoNodesAndForRepeatedTries() throws Exception {
        int items = 600;
        int rate = 100;
        lanes.policy.tries = 1000;
        lanes.policy.wait = Duration.ofMillis(1);
        TestNode.write(
                lanes.ledger,
                lanes.writer,
                Effects.of(IntStream.rangeClosed(1, items)
                        .<Effect>mapToObj(i -> TestLedger.promise(LANE, i, "m-" + i))
                        .toList()));
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), rate);
        var failedOnce = ConcurrentHashMap.<String>newKeySet();
        LaneStage.Partner partner = claim -> {
            if (claim.messageId().endsWith("7") && failedOnce.add(claim.messageId())) {
                throw TestPolicy.unavailable();
            }
            return Effects.none();
        };
        stage.start(id);
        try (var one = lanes.start("one", partner);
                var two = lanes.start("two", partner)) {
            stage.runUntilOver(id, one.node);
        }

        // What the database let begin, by its own clock, in any second.
        List<Double> starts = lanes.ledger.jdbc.queryForList(
                """
                SELECT extract(epoch FROM a.started_at) FROM attempt a JOIN lane_item i ON i.id = a.lane_item
                 WHERE a.node IN ('one', 'two') AND i.replay = ? ORDER BY 1
                """,
                Double.class,
                id);
        assertThat(starts).hasSize(items + failedOnce.size());
        assertThat(mostInASecond(starts)).isLessThanOrEqualTo((int) (rate * 1.05));
        double seconds = starts.get(starts.size() - 1) - starts.get(0);
        assertThat(starts.size() / seconds).isGreaterThan(rate * 0.5);
    }

    static int mostInASecond(List<Double> sorted) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) >= 1) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Test
    void liveTrafficGoesBeforeAReplay() throws Exception {
        lanes.policy.permits = 1;
        for (int i = 1; i <= 20; i++) {
            lanes.promise(LANE, i, "old-" + i);
        }
        deliver();
        long id = stage.planned(ReplayStage.lane(LANE), 5000);
        stage.start(id);
        stage.runner(lanes.writer).step();
        lanes.ledger.jdbc.update("UPDATE duty SET until = now() WHERE name = 'replay'");
        for (int i = 21; i <= 25; i++) {
            lanes.promise(LANE, i, "live-" + i);
        }
        try (var node = lanes.start("now", claim -> Effects.none())) {
            stage.runUntilOver(id, node.node);
        }

        assertThat(sent().subList(0, 5)).allMatch(message -> message.startsWith("live-"));
        assertThat(sent()).hasSize(25);
    }

    @Test
    void aShadowGetsWhatIsPlannedAndNobodyElseDoes() throws Exception {
        var properties = new ReplayProperties(
                EnumSet.of(CaseClass.IMMEDIATE), 100, 5000, URI.create("http://127.0.0.1:1/shadow"));
        try (var own = new ReplayStage(10, properties)) {
            own.lanes.policy.deduping.add("ihub");
            for (int i = 1; i <= 3; i++) {
                own.lanes.promise(LANE, i, "m-" + i);
            }
            own.lanes.promise(LANE, 4, "left-out", "cjse");
            own.lanes.ledger.jdbc.update("UPDATE lane_item SET state = 'DONE', done_at = now()");
            own.lanes.ledger.jdbc.update("UPDATE lane_case SET head_item = NULL");
            own.shadowAnswers.put("m-2", "status-400");
            long id = own.planned(ReplayStage.lane(LANE), 1000);

            assertThat(own.replays.rehearse(id, "asker", "does it read", Scope.everything()))
                    .isInstanceOf(Commands.Asked.class);
            assertThat(own.replays.start(id, false, "second", "x", Scope.everything()))
                    .isInstanceOf(Commands.NotNow.class);
            try (var node = own.lanes.start("now", claim -> Effects.none())) {
                own.runUntil(node.node, () -> !own.replay(id).rehearsing());
            }

            assertThat(own.shadowed)
                    .containsExactly(LANE + " m-1 m-1 by ihub", LANE + " m-2 m-2 by ihub", LANE + " m-3 m-3 by ihub");
            assertThat(own.lanes.sent).isEmpty();
            assertThat(own.replay(id).state()).isEqualTo(Replay.State.PLANNED);
            assertThat(own.replay(id).shadow()).isEqualTo(Map.of("accepted", 2L, "status-400", 1L));
            assertThat(own.lanes.ledger.count(
                            "SELECT count(*) FROM evidence WHERE recipient = 'shadow' AND actor = 'asker'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void aShadowIsOnThisMachineOrNowhere() {
        for (String elsewhere : List.of(
                "http://force.example/shadow",
                "https://127.0.0.1/",
                "http://127.0.0.1.force.example/",
                "http://10.0.0.1/",
                "ftp://localhost/",
                "/shadow")) {
            assertThatThrownBy(
                            () -> new ReplayProperties(EnumSet.of(CaseClass.IMMEDIATE), 5, 100, URI.create(elsewhere)))
                    .as(elsewhere)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a shadow is never a partner");
        }
        for (String here : List.of("http://127.0.0.1:9/x", "http://localhost/", "http://[::1]:8/")) {
            assertThat(new ReplayProperties(EnumSet.of(CaseClass.IMMEDIATE), 5, 100, URI.create(here)).shadowUrl())
                    .isNotNull();
        }
    }
}
