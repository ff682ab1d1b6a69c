package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect.Release;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.Effects;
import sallyport.ledger.Step;
import sallyport.ledger.WorkClaim;
import sallyport.mappings.Rejected;

/** Coalesced requests, leases, fences, and routes that stop. */
class WorkIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestPolicy policy = new TestPolicy();
    private TestLedger ledger;
    private LedgerNode writer;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        writer = TestNode.node(ledger, policy, TestLedger.quick("writer", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void aBurstOfRequestsIsOneRun() throws Exception {
        var runs = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            ask("r-1");
        }
        try (var node = start(exchange -> {
            runs.incrementAndGet();
            nothing(exchange);
        })) {
            awaitNothingDue();
        }
        assertThat(runs).hasValue(1);
        assertThat(ledger.count("SELECT done FROM work")).isEqualTo(50);
    }

    /** What a step read with and what the pool throws when PostgreSQL was stopped under it. */
    @Test
    void aStepThatFoundTheDatabaseAwayRunsAgainAndIsNotParkedAsADefect() throws Exception {
        policy.tries = 10;
        var runs = new AtomicInteger();
        ask("r-1");
        try (var node = start(exchange -> {
            switch (runs.incrementAndGet()) {
                case 1 ->
                    throw new CannotGetJdbcConnectionException(
                            "away", new SQLTransientConnectionException("no connection in time"));
                case 2 ->
                    throw new UncategorizedSQLException(
                            "read", null, new SQLException("terminated by an administrator", "57P01"));
                case 3 -> throw new DataAccessResourceFailureException("read", new SQLException("broken", "08006"));
                default -> nothing(exchange);
            }
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(runs).hasValue(4));
            awaitNothingDue();
        }
        assertThat(ledger.count("SELECT count(*) FROM work WHERE parked_kind IS NOT NULL"))
                .isZero();
    }

    @Test
    void aStepWhoseStatementIsWrongIsADefectAllTheSame() throws Exception {
        ask("r-1");
        try (var node = start(exchange -> {
            throw new BadSqlGrammarException("read", "SELEC", new SQLException("syntax error", "42601"));
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.count("SELECT count(*) FROM work WHERE parked_kind = 'DEFECT'"))
                    .isEqualTo(1));
        }
    }

    @Test
    void aRequestDuringARunGetsARunOfItsOwnAfterIt() throws Exception {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var runs = new AtomicInteger();
        ask("r-1");
        try (var node = start(exchange -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            if (runs.incrementAndGet() == 1) {
                started.countDown();
                assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            }
            running.decrementAndGet();
            nothing(exchange);
        })) {
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            ask("r-1");
            ask("r-1");
            // The lease stands: a request must not make a row claimable that a node is working on.
            assertThat(ledger.count("SELECT count(*) FROM work WHERE next_at <= now()"))
                    .isZero();
            goOn.countDown();
            await().atMost(SOON).untilAsserted(() -> assertThat(runs).hasValue(2));
            awaitNothingDue();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void aQuietRequestWaitsAndAnUrgentOnePullsItForward() {
        var quiet = new RequestWork(Step.INCIDENT_FETCH, "r-1", Duration.ofMinutes(15), Duration.ofHours(4));

        TestNode.write(ledger, writer, quiet);
        assertThat(dueInSeconds()).isBetween(880L, 900L);
        // Four hours after the first request it runs, however many follow.
        ledger.jdbc.update("UPDATE work SET latest_at = now() + interval '5 minutes'");
        TestNode.write(ledger, writer, quiet);
        assertThat(dueInSeconds()).isBetween(280L, 300L);

        ask("r-1");
        assertThat(dueInSeconds()).isLessThanOrEqualTo(0);
        TestNode.write(ledger, writer, quiet);
        assertThat(dueInSeconds()).isLessThanOrEqualTo(0);
        assertThat(ledger.count("SELECT requested FROM work")).isEqualTo(4);
    }

    @Test
    void anotherNodePicksUpWhatADeadOneHeldWhenItsLeaseIsOver() throws Exception {
        ask("r-1");
        var dead = TestNode.node(ledger, policy, TestLedger.quick("dead", Duration.ofSeconds(1)));
        assertThat(claim(dead, Duration.ofSeconds(1))).hasSize(1);

        Queue<WorkClaim> claims = new ConcurrentLinkedQueue<>();
        try (var node = start(exchange -> {
            claims.add(exchange.getProperty(Claim.PROPERTY, WorkClaim.class));
            nothing(exchange);
        })) {
            awaitNothingDue();
        }
        assertThat(claims).singleElement().satisfies(claim -> {
            assertThat(claim.attempt()).isEqualTo(2);
            assertThat(claim.fence()).isEqualTo(2);
        });
    }

    @Test
    void aFrozenNodesLateResultIsNotWritten() throws Exception {
        ask("r-1");
        var frozen = TestNode.node(ledger, policy, TestLedger.quick("frozen", Duration.ofMillis(300)));
        WorkClaim old = claim(frozen, Duration.ofMillis(300)).get(0);
        try (var node = start(exchange -> exchange.getMessage().setBody(Effects.of(new Tally("by the living", 1))))) {
            awaitNothingDue();
        }

        frozen.committer().commit(List.of(Finished.done(old, Effects.of(new Tally("by the frozen", 1)))));
        frozen.committer().commit(List.of(Finished.failed(old, policy.classify(new Rejected("late", "/")))));

        assertThat(ledger.jdbc.queryForList("SELECT what FROM tally", String.class))
                .containsExactly("by the living");
        assertThat(ledger.count("SELECT count(*) FROM work WHERE parked_kind IS NOT NULL"))
                .isZero();
        assertThat(frozen.metrics().lostFences()).isEqualTo(2);
    }

    @Test
    void aLateRenewalDoesNotHoldARowThatIsDone() {
        ask("r-1");
        WorkClaim claim = claim(writer, Duration.ofSeconds(30)).get(0);
        writer.committer().commit(List.of(Finished.done(claim, Effects.none())));
        ask("r-1");

        new WorkRows(writer.database()).renew(List.of(claim), Duration.ofSeconds(30));

        assertThat(claim(writer, Duration.ofSeconds(30))).hasSize(1);
    }

    @Test
    void aRowThatATransactionStandsStillOnKeepsNoOtherLeaseFromRenewal() throws Exception {
        ask("r-1");
        ask("r-2");
        List<WorkClaim> claims = claim(writer, Duration.ofSeconds(30));
        try (var frozen = ledger.dataSource().getConnection();
                var lock = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            lock.execute("SELECT 1 FROM work WHERE key = 'r-1' FOR UPDATE");

            var renewed = new WorkRows(writer.database()).renew(claims, Duration.ofHours(1));

            assertThat(renewed).hasSize(1);
            assertThat(ledger.jdbc.queryForList(
                            "SELECT key FROM work WHERE next_at > now() + interval '50 minutes'", String.class))
                    .containsExactly("r-2");
            frozen.rollback();
        }
    }

    @Test
    void leasesOfWhatRunsLongAreRenewed() throws Exception {
        var runs = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        ask("r-1");
        var short_ = TestLedger.quick("one", Duration.ofMillis(900));
        try (var one = TestNode.start(ledger, policy, short_, route(exchange -> {
                    runs.incrementAndGet();
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                    nothing(exchange);
                }));
                var other = TestNode.start(
                        ledger, policy, TestLedger.quick("two", Duration.ofMillis(900)), route(exchange -> {
                            runs.incrementAndGet();
                            nothing(exchange);
                        }))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(runs).hasValue(1));
            await().during(Duration.ofSeconds(3)).atMost(SOON).untilAsserted(() -> assertThat(runs)
                    .hasValue(1));
            goOn.countDown();
            awaitNothingDue();
        }
        assertThat(runs).hasValue(1);
        assertThat(ledger.count("SELECT fence FROM work")).isEqualTo(2);
    }

    @Test
    void aSuspendedRouteClaimsNothingAndFinishesWhatIsUnderWay() throws Exception {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var runs = new AtomicInteger();
        ask("r-1");
        try (var node = start(exchange -> {
            runs.incrementAndGet();
            started.countDown();
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            nothing(exchange);
        })) {
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            node.camel.getRoute("the-route").getConsumer();
            suspend(node);
            ask("r-2");
            goOn.countDown();
            await().atMost(SOON).untilAsserted(() -> assertThat(ledger.count("SELECT done FROM work WHERE key = 'r-1'"))
                    .isEqualTo(1));
            await().during(Duration.ofMillis(500)).atMost(SOON).untilAsserted(() -> assertThat(runs)
                    .hasValue(1));
            assertThat(ledger.count("SELECT attempt FROM work WHERE key = 'r-2'"))
                    .isZero();

            node.camel.getRouteController().resumeRoute("the-route");
            awaitNothingDue();
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    void whatWaitsItsTurnWhenTheRouteIsSuspendedIsGivenBack() throws Exception {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var runs = new AtomicInteger();
        for (int i = 1; i <= 4; i++) {
            ask("r-" + i);
        }
        var oneAtATime = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:incident-fetch?concurrency=1").routeId("the-route").process(exchange -> {
                    runs.incrementAndGet();
                    started.countDown();
                    assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                    nothing(exchange);
                });
            }
        };
        try (var node = TestNode.start(ledger, policy, "one", oneAtATime)) {
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(ledger.count("SELECT count(*) FROM work WHERE claimed IS NOT NULL"))
                    .as("claimed together")
                    .isEqualTo(4);
            suspend(node);
            goOn.countDown();
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.count("SELECT count(*) FROM work WHERE claimed IS NULL AND attempt = 0"))
                    .isEqualTo(4));
            assertThat(ledger.count("SELECT count(*) FROM work WHERE done = 1")).isEqualTo(1);
            assertThat(node.node.leases().held()).isZero();

            node.camel.getRouteController().resumeRoute("the-route");
            awaitNothingDue();
        }
        assertThat(runs).hasValue(4);
    }

    /** Claimed in one look; what one of them needs cannot be read while the database goes away, and the other is not left lying. */
    @Test
    void whatOneStepCannotLoadKeepsNoOtherStepFromWhatWasClaimedWithIt() throws Exception {
        policy.tries = 1000;
        TestNode.write(
                ledger,
                writer,
                RequestWork.now(Step.ADJUDICATION_FETCH, "A1234BC"),
                RequestWork.now(Step.IDENTITY_CHANGE, "A1234BC/A9876ZY"));
        ledger.jdbc.execute(
                """
                ALTER TABLE case_person RENAME TO case_person_there;
                CREATE FUNCTION away() RETURNS SETOF case_person_there LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION USING ERRCODE = '57P01'; END $$;
                CREATE VIEW case_person AS SELECT * FROM away();
                """);
        var both = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:adjudication-fetch").process(WorkIT::nothing);
                from("ledger:identity-change").process(WorkIT::nothing);
            }
        };
        try (var node = TestNode.start(ledger, policy, TestLedger.quick("one", Duration.ofSeconds(2)), both)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.count("SELECT done FROM work WHERE step = 'identity-change'"))
                    .isEqualTo(1));
            assertThat(ledger.count("SELECT done FROM work WHERE step = 'adjudication-fetch'"))
                    .isZero();

            ledger.jdbc.execute("DROP VIEW case_person; ALTER TABLE case_person_there RENAME TO case_person");
            awaitNothingDue();
            assertThat(node.node.leases().held()).isZero();
        }
    }

    @Test
    void stoppingWaitsForWhatIsUnderWayAndWritesIt() throws Exception {
        var started = new CountDownLatch(1);
        ask("r-1");
        var node = start(exchange -> {
            started.countDown();
            // Long enough that stopping finds it under way.
            assertThat(new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS)).isFalse();
            exchange.getMessage().setBody(Effects.of(new Tally("finished", 1)));
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        node.close();

        assertThat(ledger.count("SELECT n FROM tally WHERE what = 'finished'")).isEqualTo(1);
        assertThat(node.node.leases().held()).isZero();
    }

    @Test
    void neverStartsMoreThanItsConcurrency() throws Exception {
        for (int i = 0; i < 20; i++) {
            ask("r-" + i);
        }
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:incident-fetch?concurrency=3").process(exchange -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    assertThat(ledger.count("SELECT count(*) FROM work WHERE claimed IS NOT NULL AND done < claimed"))
                            .isGreaterThan(0);
                    running.decrementAndGet();
                    nothing(exchange);
                });
            }
        };
        try (var node = TestNode.start(ledger, policy, "one", routes)) {
            awaitNothingDue();
        }
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whatIsRejectedParksWithItsFieldUntilReleased() throws Exception {
        var good = new AtomicInteger();
        ask("r-1");
        ask("r-2");
        var refuse = new java.util.concurrent.atomic.AtomicBoolean(true);
        try (var node = start(exchange -> {
            if (refuse.get() && exchange.getMessage().getBody(String.class).equals("r-1")) {
                throw new Rejected("unknown-code", "/type");
            }
            good.incrementAndGet();
            nothing(exchange);
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.text(
                                    "SELECT parked_kind || ' ' || parked_code || ' ' || parked_where FROM work WHERE key = 'r-1'"))
                    .isEqualTo("REJECTED unknown-code /type"));
            await().atMost(SOON).untilAsserted(() -> assertThat(good).hasValue(1));

            refuse.set(false);
            long id = ledger.count("SELECT id FROM work WHERE key = 'r-1'");
            TestNode.write(ledger, writer, new Release("work/" + id));
            awaitNothingDue();
        }
        assertThat(good).hasValue(2);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE parked_at IS NOT NULL"))
                .isZero();
    }

    @Test
    void newFactsReleaseParkedWork() throws Exception {
        var tries = new AtomicInteger();
        ask("r-1");
        try (var node = start(exchange -> {
            if (tries.incrementAndGet() == 1) {
                throw new Rejected("schema-invalid", "/");
            }
            nothing(exchange);
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.count("SELECT count(*) FROM work WHERE parked_kind IS NOT NULL"))
                    .isEqualTo(1));
            ask("r-1");
            awaitNothingDue();
        }
        assertThat(tries).hasValue(2);
    }

    @Test
    void newFactsDuringARunThatIsRefusedAreNotParkedWithIt() {
        ask("r-1");
        WorkClaim claim = claim(writer, Duration.ofSeconds(30)).get(0);
        ask("r-1");

        writer.committer()
                .commit(List.of(Finished.failed(claim, policy.classify(new Rejected("schema-invalid", "/")))));

        assertThat(claim(writer, Duration.ofSeconds(30))).singleElement().satisfies(next -> {
            assertThat(next.requested()).isEqualTo(2);
            assertThat(next.attempt()).isEqualTo(1);
        });
    }

    @Test
    void whatIsUnavailableClimbsTheLadderAndParksAtItsEnd() throws Exception {
        var tries = new AtomicInteger();
        ask("r-1");
        try (var node = start(exchange -> {
            tries.incrementAndGet();
            throw TestPolicy.unavailable();
        })) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.count("SELECT count(*) FROM work WHERE parked_kind = 'UNAVAILABLE'"))
                    .isEqualTo(1));
        }
        assertThat(tries).hasValue(3);
    }

    @Test
    void aRequestShortensALadderToAMinuteAndNoFurther() {
        policy.wait = Duration.ofHours(1);
        ask("r-1");
        WorkClaim claim = claim(writer, Duration.ofSeconds(30)).get(0);
        writer.committer().commit(List.of(Finished.failed(claim, policy.classify(TestPolicy.unavailable()))));
        assertThat(dueInSeconds()).isGreaterThan(3000);

        ask("r-1");

        assertThat(dueInSeconds()).isBetween(50L, 60L);
    }

    @Test
    void aRouteThatForgetsItsEffectsIsADefectNamedAfterIt() throws Exception {
        ask("r-1");
        try (var node = start(exchange -> exchange.getMessage().setBody("done, I think"))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            ledger.text("SELECT parked_kind || ': ' || parked_detail FROM work"))
                    .isEqualTo("DEFECT: route the-route ended without Effects as its body"));
        }
    }

    @Test
    void workForSomethingThatIsNotThereParksAndHoldsUpNoOther() throws Exception {
        var synced = new AtomicInteger();
        ledger.cases(1);
        TestNode.write(
                ledger,
                writer,
                RequestWork.now(Step.CASE_SYNC, "SP-2026-999999"),
                RequestWork.now(Step.CASE_SYNC, TestLedger.reference(1)));
        var routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:case-sync").process(exchange -> {
                    synced.incrementAndGet();
                    nothing(exchange);
                });
            }
        };
        try (var node = TestNode.start(ledger, policy, "one", routes)) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(synced).hasValue(1);
                assertThat(ledger.count("SELECT count(*) FROM work WHERE parked_code = 'nothing-there'"))
                        .isEqualTo(1);
            });
        }
    }

    private TestNode start(Processor step) throws Exception {
        return TestNode.start(ledger, policy, "one", route(step));
    }

    private static RouteBuilder route(Processor step) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:incident-fetch").routeId("the-route").process(step);
            }
        };
    }

    /** As an operator does: the consumer stops claiming at once, and the call returns when nothing is under way any more. */
    private static void suspend(TestNode node) {
        var suspending = new Thread(() -> {
            try {
                node.camel.getRouteController().suspendRoute("the-route");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        suspending.start();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        ((Taker) node.camel.getRoute("the-route").getConsumer()).free())
                .isZero());
    }

    private static void nothing(Exchange exchange) {
        exchange.getMessage().setBody(Effects.none());
    }

    private void ask(String key) {
        TestNode.write(ledger, writer, RequestWork.now(Step.INCIDENT_FETCH, key));
    }

    private static List<WorkClaim> claim(LedgerNode node, Duration lease) {
        return new WorkRows(node.database()).claim(Map.of(Step.INCIDENT_FETCH, 10), lease);
    }

    private long dueInSeconds() {
        return ledger.count("SELECT floor(extract(epoch FROM next_at - now())) FROM work");
    }

    private void awaitNothingDue() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger.count("SELECT count(*) FROM work WHERE requested > done"))
                        .isZero());
    }
}
