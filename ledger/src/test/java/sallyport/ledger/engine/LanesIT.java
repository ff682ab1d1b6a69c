package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.Release;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;

/** Order per case, what is sent again and what never is, and lanes that do not hold each other up. */
class LanesIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TestPolicy policy = new TestPolicy();
    private final Queue<LaneClaim> sent = new ConcurrentLinkedQueue<>();
    private TestLedger ledger;
    private LedgerNode writer;

    /** A partner that a test decides for. */
    @FunctionalInterface
    private interface Partner {
        void take(LaneClaim claim) throws Exception;
    }

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        ledger.cases(3);
        writer = TestNode.node(ledger, policy, TestLedger.quick("writer", LEASE));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void keepsTheOrderOfEachCaseUnderTwoNodesAndFailures() throws Exception {
        int cases = 200;
        int lanes = 50;
        int promises = 2000;
        ledger.cases(3, cases);
        policy.tries = 1000;
        policy.wait = Duration.ofMillis(5);
        policy.permits = 4;
        var promised = new ConcurrentHashMap<String, List<String>>();
        var delivered = new ConcurrentHashMap<String, List<String>>();
        var arrived = new ConcurrentHashMap<String, AtomicInteger>();
        Partner partner = claim -> {
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                throw TestPolicy.unavailable();
            }
            arrived.computeIfAbsent(claim.messageId(), id -> new AtomicInteger())
                    .incrementAndGet();
            List<String> ofThisCase = delivered.computeIfAbsent(
                    claim.lane() + "/" + claim.referralCase().id(), row -> new ArrayList<>());
            // Not synchronised on purpose: two sends of one case at once would be the very fault.
            ofThisCase.add(claim.messageId());
        };
        try (var one = start("one", partner);
                var two = start("two", partner)) {
            var writers = new ArrayList<Thread>();
            for (int w = 0; w < 4; w++) {
                int from = w;
                var thread = new Thread(() -> {
                    var own = TestNode.node(ledger, policy, TestLedger.quick("writer-" + from, LEASE));
                    for (int i = from; i < promises; i += 40) {
                        var effects = new ArrayList<Effect>();
                        for (int j = i; j < Math.min(promises, i + 40); j += 4) {
                            long caseId = 1 + j % cases;
                            String lane = "force:" + (caseId % lanes);
                            effects.add(TestLedger.promise(lane, caseId, "m-" + j));
                        }
                        TestNode.write(ledger, own, Effects.of(effects));
                    }
                });
                writers.add(thread);
                thread.start();
            }
            for (Thread thread : writers) {
                thread.join();
            }
            long rows = ledger.count("SELECT count(*) FROM lane_item");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ledger.count("SELECT count(*) FROM lane_item WHERE state = 'DONE'"))
                            .isEqualTo(rows));
            assertThat(rows).isEqualTo(promises);
        }
        ledger.jdbc.query(
                """
                SELECT c.lane || '/' || c.case_id AS row, i.message_id FROM lane_item i JOIN lane_case c ON c.id = i.lane_case
                 ORDER BY c.id, i.seq
                """,
                row -> {
                    promised.computeIfAbsent(row.getString("row"), key -> new ArrayList<>())
                            .add(row.getString("message_id"));
                });
        assertThat(delivered).isEqualTo(promised);
        assertThat(arrived.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        assertThat(ledger.count("SELECT count(*) FROM lane_case WHERE head_item IS NOT NULL"))
                .isZero();
    }

    @Test
    void aPromiseMadeTwiceIsSentOnce() throws Exception {
        promise("force:46", 1, "m-1");
        promise("force:46", 1, "m-1");
        TestNode.write(
                ledger,
                writer,
                TestLedger.promise("force:46", 1, "m-1"),
                TestLedger.promise("force:46", 1, "m-2"),
                TestLedger.promise("force:46", 1, "m-2"));
        try (var node = start("one", claim -> {})) {
            awaitAllDone();
        }
        assertThat(sent).extracting(LaneClaim::messageId).containsExactly("m-1", "m-2");
    }

    @Test
    void parksOnlyTheCaseWhoseForceRefused() throws Exception {
        promise("force:46", 1, "bad");
        promise("force:46", 1, "after-bad");
        promise("force:46", 2, "good");
        promise("force:06", 1, "other-force");
        var refusing = new AtomicBoolean(true);
        try (var node = start("one", claim -> {
            if (claim.messageId().equals("bad") && refusing.get()) {
                throw new Rejected("http-422", "/data");
            }
        })) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(state("good")).isEqualTo("DONE");
                assertThat(state("other-force")).isEqualTo("DONE");
                assertThat(state("bad")).isEqualTo("PARKED");
            });
            assertThat(state("after-bad")).isEqualTo("PROMISED");
            assertThat(ledger.text("SELECT parked_reason || ' ' || parked_code || ' ' || parked_where FROM lane_case"
                            + " WHERE parked_reason IS NOT NULL"))
                    .isEqualTo("REJECTED http-422 /data");
            assertThat(ledger.text(
                            "SELECT outcome FROM attempt WHERE lane_item = (SELECT id FROM lane_item WHERE message_id"
                                    + " = 'bad')"))
                    .isEqualTo("REJECTED");

            refusing.set(false);
            long id = ledger.count("SELECT id FROM lane_case WHERE parked_reason IS NOT NULL");
            TestNode.write(ledger, writer, new Release("lane/" + id));
            awaitAllDone();
        }
        assertThat(sent).extracting(LaneClaim::messageId).containsSubsequence("bad", "bad", "after-bad");
        assertThat(ledger.count("SELECT attempts FROM lane_item WHERE message_id = 'bad'"))
                .isEqualTo(2);
    }

    @Test
    void whatADeadNodeWasSendingParksWhereThePartnerCannotDedupe() throws Exception {
        promise("force:46", 1, "m-1");
        LaneClaim lost = claim(writer, Duration.ofMillis(300));
        try (var node = start("one", claim -> {})) {
            await().atMost(SOON).untilAsserted(() -> assertThat(state("m-1")).isEqualTo("PARKED"));
        }
        assertThat(sent).isEmpty();
        assertThat(ledger.text("SELECT parked_reason || ' ' || parked_code FROM lane_case"))
                .isEqualTo("UNKNOWN crashed-while-sending");
        assertThat(ledger.text("SELECT outcome || ' ' || may_have_reached FROM attempt"))
                .isEqualTo("UNKNOWN true");

        // The dead node comes back to life: what it has to say is too late.
        writer.committer().commit(List.of(Finished.done(lost, Effects.of(new Tally("late", 1)))));
        assertThat(state("m-1")).isEqualTo("PARKED");
        assertThat(ledger.count("SELECT count(*) FROM tally")).isZero();
    }

    @Test
    void whatADeadNodeWasSendingGoesOutAgainWhereThePartnerDedupes() throws Exception {
        policy.deduping.add("cjse");
        TestNode.write(ledger, writer, TestLedger.promise("force:46", 1, "m-1", "cjse"));
        LaneClaim lost = claim(writer, Duration.ofMillis(300));
        try (var node = start("one", claim -> {})) {
            awaitAllDone();
        }
        assertThat(sent).singleElement().satisfies(again -> {
            assertThat(again.bytes()).isEqualTo(lost.bytes());
            assertThat(again.messageId()).isEqualTo(lost.messageId());
            assertThat(again.attempt()).isEqualTo(2);
        });
        assertThat(ledger.jdbc.queryForList("SELECT outcome FROM attempt ORDER BY attempt_no", String.class))
                .containsExactly("UNKNOWN", "ACCEPTED");
    }

    @Test
    void turnsToTheNextChannelOnlyWhenNothingReachedThePartner() throws Exception {
        TestNode.write(ledger, writer, TestLedger.promise("force:46", 1, "m-1", "ihub", "mail"));
        try (var node = start("one", claim -> {
            if (claim.channel().equals("ihub")) {
                throw TestPolicy.unavailable();
            }
        })) {
            awaitAllDone();
        }
        assertThat(sent).extracting(LaneClaim::channel).containsExactly("ihub", "ihub", "ihub", "mail");
        assertThat(sent).extracting(claim -> new String(claim.bytes())).endsWith("m-1 by mail");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT outcome || ' ' || may_have_reached FROM attempt ORDER BY attempt_no", String.class))
                .containsExactly("UNAVAILABLE false", "UNAVAILABLE false", "UNAVAILABLE false", "ACCEPTED true");
    }

    @Test
    void staysWithTheChannelWhoseOutcomeWasOnceUnknown() throws Exception {
        policy.deduping.add("cjse");
        TestNode.write(ledger, writer, TestLedger.promise("force:46", 1, "m-1", "cjse", "mail"));
        try (var node = start("one", claim -> {
            throw claim.attempt() == 1 ? TestPolicy.unknown() : TestPolicy.unavailable();
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(state("m-1")).isEqualTo("PARKED"));
        }
        assertThat(sent).extracting(LaneClaim::channel).containsOnly("cjse").hasSize(3);
        assertThat(ledger.text("SELECT parked_reason FROM lane_case")).isEqualTo("UNAVAILABLE");
    }

    @Test
    void anUnknownOutcomeIsNotSentAgainWhereThePartnerCannotDedupe() throws Exception {
        TestNode.write(ledger, writer, TestLedger.promise("force:46", 1, "m-1", "ihub", "mail"));
        try (var node = start("one", claim -> {
            throw TestPolicy.unknown();
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(state("m-1")).isEqualTo("PARKED"));
        }
        assertThat(sent).hasSize(1);
        assertThat(ledger.text("SELECT parked_reason || ' ' || parked_code FROM lane_case"))
                .isEqualTo("UNKNOWN no-answer");
    }

    @Test
    void isCommittedAsSendingBeforeAByteLeaves() throws Exception {
        promise("force:46", 1, "m-1");
        var seen = new ConcurrentLinkedQueue<String>();
        var before = Instant.now();
        try (var node = start(
                "one",
                claim -> seen.add(
                        ledger.text(
                                "SELECT i.state || ' ' || a.outcome || ' ' || a.node FROM lane_item i JOIN attempt a ON a.lane_item = i.id")))) {
            awaitAllDone();
        }
        assertThat(seen).containsExactly("SENDING SENDING one");
        assertThat(sent).first().satisfies(claim -> {
            assertThat(claim.lease().until()).isBetween(before, Instant.now().plus(LEASE));
            assertThat(claim.sha256()).isEqualTo(Sha256.of(claim.bytes()));
        });
    }

    @Test
    void aSuspendedLaneIsNotClaimedAndHoldsUpNoOther() throws Exception {
        promise("force:46", 1, "m-1");
        promise("force:06", 1, "m-2");
        ledger.jdbc.update("UPDATE lane SET suspended = true WHERE name = 'force:46'");
        try (var node = start("one", claim -> {})) {
            await().atMost(SOON).untilAsserted(() -> assertThat(state("m-2")).isEqualTo("DONE"));
            await().during(Duration.ofMillis(400)).atMost(SOON).untilAsserted(() -> assertThat(state("m-1"))
                    .isEqualTo("PROMISED"));
            ledger.jdbc.update("UPDATE lane SET suspended = false");
            awaitAllDone();
        }
    }

    @Test
    void aLaneWithoutPermitsIsNotClaimed() throws Exception {
        policy.permits = 0;
        promise("force:46", 1, "m-1");
        try (var node = start("one", claim -> {})) {
            await().during(Duration.ofMillis(400)).atMost(SOON).untilAsserted(() -> assertThat(state("m-1"))
                    .isEqualTo("PROMISED"));
            policy.permits = 1;
            awaitAllDone();
        }
    }

    @Test
    void aLaneNeverHasMoreUnderWayThanItsPermits() throws Exception {
        ledger.cases(3, 30);
        policy.permits = 2;
        for (int i = 1; i <= 30; i++) {
            promise("force:46", i, "m-" + i);
        }
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        try (var node = start("one", claim -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
            running.decrementAndGet();
        })) {
            awaitAllDone();
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void feedsAreUnderWayByTheDozenWithoutAThreadForEach() throws Exception {
        int events = 60;
        ledger.cases(3, events);
        for (int i = 1; i <= events; i++) {
            promise("feed:regional-north", i, "e-" + i);
        }
        var waiting = new ConcurrentLinkedQueue<Runnable>();
        var threads = ConcurrentHashMap.<String>newKeySet();
        var routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:lanes/feed").process(new org.apache.camel.support.AsyncProcessorSupport() {
                    @Override
                    public boolean process(Exchange exchange, org.apache.camel.AsyncCallback callback) {
                        threads.add(Thread.currentThread().getName());
                        waiting.add(() -> {
                            exchange.getMessage().setBody(Effects.none());
                            callback.done(false);
                        });
                        return false;
                    }
                });
            }
        };
        try (var node = TestNode.start(ledger, policy, "one", routes)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(waiting).hasSize(events));
            assertThat(threads.size()).isLessThanOrEqualTo(2);
            waiting.forEach(Runnable::run);
            awaitAllDone();
        }
    }

    @Test
    void aClaimThatWasNotStartedIsAsIfItHadNeverBeen() {
        promise("force:46", 1, "m-1");
        LaneClaim unstarted = claim(writer, LEASE);

        new LaneRows(writer.database()).giveBack(List.of(unstarted));

        assertThat(ledger.count("SELECT count(*) FROM attempt")).isZero();
        LaneClaim next = claim(writer, LEASE);
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.fence()).isGreaterThan(unstarted.fence());
    }

    @Test
    void whatWasAcceptedIsNotSentAgainBecauseTheCaseHadChanged() throws Exception {
        promise("force:46", 1, "m-1");
        var routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:lanes/force").process(exchange -> {
                    LaneClaim claim = exchange.getMessage().getBody(LaneClaim.class);
                    sent.add(claim);
                    ledger.jdbc.update("UPDATE referral_case SET row_version = row_version + 1, officer = 'PC 1'");
                    exchange.getMessage()
                            .setBody(Effects.of(
                                    new ChangeCase(claim.referralCase().withForce("06")), new Tally("kept", 1)));
                });
            }
        };
        try (var node = TestNode.start(ledger, policy, "one", routes)) {
            awaitAllDone();
        }
        assertThat(sent).hasSize(1);
        assertThat(ledger.text("SELECT officer || ' ' || force FROM referral_case WHERE id = 1"))
                .isEqualTo("PC 1 46");
        assertThat(ledger.count("SELECT n FROM tally WHERE what = 'kept'")).isEqualTo(1);
    }

    private TestNode start(String name, Partner partner) throws Exception {
        return TestNode.start(ledger, policy, name, new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:lanes/force").process(exchange -> {
                    LaneClaim claim = exchange.getMessage().getBody(LaneClaim.class);
                    sent.add(claim);
                    partner.take(claim);
                    exchange.getMessage().setBody(Effects.none());
                });
            }
        });
    }

    private void promise(String lane, long caseId, String messageId) {
        TestNode.write(ledger, writer, TestLedger.promise(lane, caseId, messageId));
    }

    /** Claims one item as a node does, and then does nothing about it. */
    private LaneClaim claim(LedgerNode node, Duration lease) {
        var claims = new LaneClaims(node.database(), policy, "dead", java.time.Clock.systemUTC());
        var permits = new HashMap<Outlet, Integer>();
        claims.due(List.of(LaneFamily.FORCE)).forEach(due -> permits.put(due.outlet(), 1));
        return claims.claim(permits, lease).toSend().get(0);
    }

    private String state(String messageId) {
        return ledger.text("SELECT state FROM lane_item WHERE message_id = ?", messageId);
    }

    private void awaitAllDone() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger.count("SELECT count(*) FROM lane_item WHERE state <> 'DONE'"))
                        .isZero());
    }
}
