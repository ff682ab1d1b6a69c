package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect.AddReceipt;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.ReceiptPolicy;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Rung;

/** Clocks start with a promise, are met by what comes, and end with the case; what nobody answers becomes a task, once. */
class ReceiptClocksIT {

    private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private final TestPolicy policy = new TestPolicy();
    private final Hands hands = new Hands();
    private TestLedger ledger;
    private LedgerNode one;
    private LedgerNode two;

    /** Force 46 gives DELIVERED by cjse and is given an hour more than others. */
    private static final ReceiptPolicy RECEIPTS = new ReceiptPolicy() {
        @Override
        public List<Awaited> awaited(String lane, @Nullable String channel, CaseClass caseClass, boolean withdrawal) {
            long more = lane.equals("force:46") ? 1 : 0;
            var awaited = new ArrayList<Awaited>();
            if (channel == null) {
                awaited.add(of(Rung.ACCEPTED, Awaited.OPERATOR, 1, 2 + more));
                return awaited;
            }
            if (channel.equals("cjse")) {
                awaited.add(of(Rung.DELIVERED, Awaited.OPERATOR, 1, 2 + more));
            }
            if (!withdrawal) {
                awaited.add(of(Rung.CRIME_REFERENCE, Awaited.CRIME_DESK, 12, 24));
                awaited.add(of(Rung.OUTCOME, Awaited.CRIME_DESK, 100, 200));
            }
            return awaited;
        }

        private static Awaited of(Rung rung, String owner, long warn, long overdue) {
            return new Awaited(rung, owner, Duration.ofHours(warn), Duration.ofHours(overdue));
        }
    };

    /** A clock that a test moves. */
    private static final class Hands extends Clock {

        private volatile Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void open() {
        ledger = TestLedger.create();
        ledger.cases(20);
        one = node("one");
        two = node("two");
    }

    private LedgerNode node(String name) {
        return node(name, new SimpleMeterRegistry());
    }

    private LedgerNode node(String name, MeterRegistry meters) {
        return new LedgerNode(
                ledger.dataSource(),
                policy,
                policy,
                RECEIPTS,
                TestLedger.quick(name, Duration.ofSeconds(30)),
                meters,
                hands);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatIsDueSoonAndOverdueIsMeasuredByLane() {
        var meters = new SimpleMeterRegistry();
        LedgerNode node = node("three", meters);
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        TestNode.write(ledger, one, TestLedger.promise("force:46", 2, "m-2", "cjse"));
        after(Duration.ofMinutes(121));

        node.sample();

        assertThat(meters.get("sallyport.ledger.receipts.overdue")
                        .tag("lane", "force:13")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("sallyport.ledger.receipts.due.soon")
                        .tag("lane", "force:46")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("sallyport.ledger.receipts.overdue")
                        .tag("lane", "force:46")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void aPackageThatNobodyAcceptsIsWarnedOfAndThenATaskForWhomeverMustAct() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        assertThat(clocks(1)).containsExactly("1 ACCEPTED WAITING");

        after(Duration.ofMinutes(59));
        assertThat(clocks(1)).containsExactly("1 ACCEPTED WAITING");
        after(Duration.ofMinutes(61));
        assertThat(clocks(1)).containsExactly("1 ACCEPTED WARNED");
        assertThat(tasks()).isEmpty();
        after(Duration.ofMinutes(121));
        after(Duration.ofMinutes(122));
        assertThat(clocks(1)).containsExactly("1 ACCEPTED OVERDUE");
        assertThat(tasks()).containsExactly("receipt/SP-2026-000001/force:13/v1/ACCEPTED open");
        assertThat(ledger.text("SELECT detail FROM task"))
                .isEqualTo(
                        "No \"accepted\" from force 13 for package 1 in the time for it. Who must act: hub operator.");
        assertThat(ledger.text(
                        "SELECT force || prison || case_id || to_char(due_at AT TIME ZONE 'UTC', 'HH24:MI') FROM task"))
                .isEqualTo("46MDI110:00");
    }

    @Test
    void whatComesMeetsItsClockClosesItsTaskAndStartsTheNext() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        after(Duration.ofHours(3));
        assertThat(tasks()).containsExactly("receipt/SP-2026-000001/force:13/v1/ACCEPTED open");

        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.ACCEPTED));

        assertThat(tasks()).containsExactly("receipt/SP-2026-000001/force:13/v1/ACCEPTED it came");
        assertThat(clocks(1))
                .containsExactly(
                        "1 ACCEPTED MET", "1 DELIVERED WAITING", "1 CRIME_REFERENCE WAITING", "1 OUTCOME WAITING");
        assertThat(ledger.text("SELECT encode(r.evidence_sha256, 'hex') || ' ' || (r.deadline = k.overdue_at)"
                        + " FROM receipt_clock k JOIN receipt r ON r.id = k.receipt"))
                .isEqualTo("07".repeat(32) + " true");
    }

    @Test
    void aForceHasTimesOfItsOwn() {
        TestNode.write(
                ledger,
                one,
                TestLedger.promise("force:13", 1, "m-1", "cjse"),
                TestLedger.promise("force:46", 2, "m-2", "cjse"));

        after(Duration.ofMinutes(121));

        assertThat(clocks(1)).containsExactly("1 ACCEPTED OVERDUE");
        assertThat(clocks(2)).containsExactly("1 ACCEPTED WARNED");
    }

    @Test
    void whatAChannelNeverGivesIsNotWaitedFor() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "ihub"));
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.ACCEPTED));

        assertThat(clocks(1)).containsExactly("1 ACCEPTED MET", "1 CRIME_REFERENCE WAITING", "1 OUTCOME WAITING");
    }

    @Test
    void aHigherRungImpliesTheLowerOnesOfThePackagesThatTheForceHad() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.ACCEPTED));

        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.CRIME_REFERENCE));

        assertThat(clocks(1))
                .containsExactly("1 ACCEPTED MET", "1 DELIVERED MET", "1 CRIME_REFERENCE MET", "1 OUTCOME WAITING");
        assertThat(ledger.text("SELECT ended_why FROM receipt_clock WHERE rung = 'DELIVERED'"))
                .isEqualTo("implied by crime reference");
    }

    @Test
    void whatAForceGivesOnceIsAwaitedOnceWhateverPackagesFollow() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "ihub"));
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.ACCEPTED));
        var supplement = new sallyport.ledger.Effect.Promise(
                sallyport.ledger.LaneFamily.FORCE,
                "force:13",
                1,
                "PACKAGE",
                "m-2",
                2,
                CaseClass.ROUTINE,
                TestLedger.promise("force:13", 1, "m-2", "ihub").renderings());
        TestNode.write(ledger, one, supplement);
        TestNode.write(ledger, one, supplement);
        TestNode.write(ledger, one, receipt(1, "force:13", 2, Rung.ACCEPTED));
        assertThat(clocks(1))
                .containsExactly("1 ACCEPTED MET", "1 CRIME_REFERENCE WAITING", "1 OUTCOME WAITING", "2 ACCEPTED MET");

        TestNode.write(ledger, one, receipt(1, "force:13", 2, Rung.CRIME_REFERENCE));
        assertThat(clocks(1))
                .containsExactly("1 ACCEPTED MET", "1 CRIME_REFERENCE MET", "1 OUTCOME WAITING", "2 ACCEPTED MET");
    }

    @Test
    void whatCameBeforeIsNotAwaited() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.CRIME_REFERENCE));
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.ACCEPTED));

        assertThat(clocks(1)).containsExactly("1 ACCEPTED MET", "1 OUTCOME WAITING");
    }

    @Test
    void nothingIsAwaitedOfACaseThatHasEnded() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.ACCEPTED));
        after(Duration.ofHours(30));
        assertThat(tasks()).hasSize(2).allMatch(task -> task.endsWith(" open"));

        ReferralCase closed = TestLedger.referralCase(1).withState(CaseState.CLOSED);
        TestNode.write(ledger, one, receipt(1, "force:13", 1, Rung.OUTCOME), new ChangeCase(closed));

        assertThat(clocks(1))
                .containsExactly("1 ACCEPTED MET", "1 DELIVERED MET", "1 CRIME_REFERENCE MET", "1 OUTCOME MET");
        TestNode.write(ledger, one, TestLedger.promise("force:13", 2, "m-3", "cjse"));
        TestNode.write(ledger, one, new ChangeCase(TestLedger.referralCase(2).withState(CaseState.WITHDRAWN)));
        assertThat(clocks(2)).containsExactly("1 ACCEPTED STOPPED");
        after(Duration.ofDays(300));
        assertThat(tasks()).hasSize(2).noneMatch(task -> task.endsWith(" open"));
    }

    @Test
    void whatIsTakenOutOfItsLaneIsNotAwaited() {
        TestNode.write(ledger, one, TestLedger.promise("force:13", 1, "m-1", "cjse"));
        after(Duration.ofHours(3));
        ledger.jdbc.update("UPDATE lane_item SET state = 'CANCELLED'");

        after(Duration.ofHours(4));

        assertThat(clocks(1)).containsExactly("1 ACCEPTED STOPPED");
        assertThat(tasks()).containsExactly("receipt/SP-2026-000001/force:13/v1/ACCEPTED it is not sent");
    }

    @Test
    void twoNodesOpenOneTask() throws Exception {
        for (int caseId = 1; caseId <= 20; caseId++) {
            TestNode.write(ledger, one, TestLedger.promise("force:13", caseId, "m-" + caseId, "cjse"));
        }
        hands.now = START.plus(Duration.ofHours(3));
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> runs = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                LedgerNode node = n % 2 == 0 ? one : two;
                runs.add(Executors.callable(node.clocks()::run));
            }
            for (var run : pool.invokeAll(runs)) {
                run.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(ledger.count("SELECT count(*) FROM task")).isEqualTo(20);
        assertThat(ledger.count("SELECT count(*) FROM receipt_clock WHERE state = 'OVERDUE'"))
                .isEqualTo(20);
    }

    @Test
    void manyAreOverdueInFewStatements() {
        ledger.cases(20, 3000);
        ledger.jdbc.update("INSERT INTO lane (name, family) VALUES ('force:13', 'FORCE')");
        ledger.jdbc.update(
                """
                INSERT INTO receipt_clock (case_id, lane, package_version, rung, owner, started_at, warn_at, overdue_at, next_at)
                SELECT id, 'force:13', 1, 'OUTCOME', 'force-crime-desk', '2026-11-01', '2026-11-01', '2026-11-02', '2026-11-02'
                  FROM referral_case
                """);
        long began = System.nanoTime();

        one.clocks().run();

        System.out.printf("3,000 receipts overdue: %,d ms%n", (System.nanoTime() - began) / 1_000_000);
        assertThat(ledger.count("SELECT count(*) FROM task WHERE closed_at IS NULL"))
                .isEqualTo(3000);
    }

    private void after(Duration time) {
        hands.now = START.plus(time);
        one.clocks().run();
    }

    private AddReceipt receipt(long caseId, String lane, int version, Rung rung) {
        byte[] evidence = new byte[32];
        java.util.Arrays.fill(evidence, (byte) 7);
        return new AddReceipt(caseId, lane, version, rung, hands.now, lane, null, evidence, null);
    }

    private List<String> clocks(long caseId) {
        return ledger.jdbc.queryForList(
                """
                SELECT package_version || ' ' || rung || ' ' || state FROM receipt_clock WHERE case_id = ?
                 ORDER BY package_version, array_position('{ACCEPTED,DELIVERED,CRIME_REFERENCE,OUTCOME}'::text[], rung)
                """,
                String.class,
                caseId);
    }

    private List<String> tasks() {
        return ledger.jdbc.queryForList(
                "SELECT subject || ' ' || coalesce(closed_why, 'open') FROM task ORDER BY id", String.class);
    }
}
