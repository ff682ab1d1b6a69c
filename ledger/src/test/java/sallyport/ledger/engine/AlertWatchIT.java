package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.AlertChannels;
import sallyport.ledger.AlertWork;
import sallyport.ledger.Step;
import sallyport.ledger.desk.Causes;

/** One alert when trouble has lasted, one when it is over, whatever happens in between and however many nodes look. */
class AlertWatchIT {

    private static final AlertProperties SETTINGS = new AlertProperties(
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            3,
            10,
            Duration.ofSeconds(60),
            Duration.ofHours(4),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));

    private final TestPolicy policy = new TestPolicy();
    private final Hands hands = new Hands();
    private TestLedger ledger;
    private LedgerNode node;
    private AlertWatch one;

    private static final class Hands extends Clock {

        private volatile Instant now = Instant.now();

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
        node = node("one");
        one = watch(node, () -> Set.of("webhook", "mail"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private LedgerNode node(String name) {
        return TestNode.node(ledger, policy, TestLedger.quick(name, Duration.ofSeconds(30)));
    }

    private AlertWatch watch(LedgerNode of, AlertChannels channels) {
        return new AlertWatch(
                of.database(),
                of.duties(),
                new Causes(ledger.dataSource()),
                policy,
                channels,
                SETTINGS,
                hands,
                () -> {});
    }

    @Test
    void aStormIsOneAlertAndItsEndIsOne() {
        storm(412);
        look(Duration.ZERO);
        assertThat(alerts()).containsExactly("LANE force:46 RISING");
        assertThat(told()).isEmpty();

        look(Duration.ofSeconds(61));
        look(Duration.ofSeconds(10));
        assertThat(alerts()).containsExactly("LANE force:46 OPEN");
        assertThat(told()).containsExactly("1/OPENED/mail", "1/OPENED/webhook");
        assertThat(ledger.text("SELECT what FROM alert"))
                .startsWith("What is for force 46 is held up: 400 cases wait, 12 are parked, the oldest since ")
                .endsWith(" The certificate of force 46 expired at 02:14 on 29 Nov 2026.");
        assertThat(ledger.text("SELECT todo FROM alert")).startsWith("Tell force 46 to renew it.");
        assertThat(ledger.text("SELECT force || ' ' || count FROM alert")).isEqualTo("46 412");

        over();
        look(Duration.ofSeconds(10));
        assertThat(alerts()).containsExactly("LANE force:46 FALLING");
        look(Duration.ofMinutes(4));
        assertThat(told()).hasSize(2);
        look(Duration.ofMinutes(2));
        look(Duration.ofMinutes(10));
        assertThat(alerts()).containsExactly("LANE force:46 CLEARED");
        assertThat(told()).containsExactly("1/CLEARED/mail", "1/CLEARED/webhook", "1/OPENED/mail", "1/OPENED/webhook");
    }

    @Test
    void whatFlapsWakesNobody() {
        for (int n = 0; n < 10; n++) {
            storm(20);
            look(Duration.ofSeconds(30));
            over();
            look(Duration.ofSeconds(30));
            ledger.jdbc.update("DELETE FROM lane_item");
        }
        assertThat(alerts()).isEmpty();
        assertThat(told()).isEmpty();

        storm(20);
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        assertThat(told()).hasSize(2);
        for (int n = 0; n < 10; n++) {
            over();
            look(Duration.ofMinutes(2));
            ledger.jdbc.update("DELETE FROM lane_item");
            storm(20);
            look(Duration.ofMinutes(2));
        }
        assertThat(alerts()).containsExactly("LANE force:46 OPEN");
        assertThat(told()).as("told of as open all the time").hasSize(2);
    }

    @Test
    void aLaneIsHeldUpWhenSomethingIsOldSoonerWhenItIsUrgent() {
        ledger.cases(2);
        TestNode.write(
                ledger, node, TestLedger.promise("force:46", 1, "m-1"), TestLedger.promise("force:13", 2, "m-2"));
        ledger.jdbc.update("UPDATE lane_case SET class = 'IMMEDIATE' WHERE lane = 'force:13'");
        hands.now = Instant.now().plus(Duration.ofMinutes(6));
        look(Duration.ZERO);
        assertThat(alerts()).containsExactly("LANE force:13 RISING");
        look(Duration.ofMinutes(10));
        assertThat(alerts()).containsExactly("LANE force:13 OPEN", "LANE force:46 RISING");

        ledger.jdbc.update("UPDATE lane SET suspended = true WHERE name = 'force:46'");
        look(Duration.ofMinutes(10));
        assertThat(alerts()).as("an operator's own word wakes nobody").containsExactly("LANE force:13 OPEN");
    }

    @Test
    void anOpenBreakerHoldsALaneUp() {
        ledger.cases(1);
        TestNode.write(ledger, node, TestLedger.promise("force:46", 1, "m-1"));
        policy.broken.add("ihub");
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        assertThat(alerts()).containsExactly("LANE force:46 OPEN");
    }

    @Test
    void faultsAndRefusalsAreAlertedByTheirCause() {
        parkedWork(1, "DEFECT", "IllegalStateException");
        parkedWork(9, "REJECTED", "schema-invalid");
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        assertThat(alerts()).containsExactly("CAUSE triage DEFECT IllegalStateException OPEN");

        parkedWork(1, "REJECTED", "schema-invalid");
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        assertThat(alerts())
                .containsExactly(
                        "CAUSE triage DEFECT IllegalStateException OPEN", "CAUSE triage REJECTED schema-invalid OPEN");
        assertThat(ledger.text("SELECT what FROM alert WHERE subject LIKE '%schema%'"))
                .startsWith("10 failures, 1 cause: ");
    }

    @Test
    void aPrisonSystemThatIsAwayForAWeekendIsNoAlertWhileEverythingIsTriedAgain() {
        ledger.jdbc.update(
                """
                INSERT INTO work (step, key, attempt, first_asked_at, latest_at, next_at)
                SELECT step, gen_random_uuid()::text, 360, now() - interval '60 hours', now() - interval '60 hours', now() + interval '8 minutes'
                  FROM unnest('{incident-fetch,adjudication-fetch,case-note-fetch,prisoner-alert-fetch,assembly}'::text[]) AS step,
                       generate_series(1, 200)
                """);
        ledger.jdbc.update(
                """
                INSERT INTO poll_source (system, stream, next_at, attempt)
                VALUES ('incident-reporting', 'changes', now() + interval '8 minutes', 360)
                """);

        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        assertThat(alerts()).isEmpty();

        ledger.jdbc.update(
                "UPDATE work SET parked_kind = 'UNAVAILABLE', parked_code = 'connection-refused', parked_at = now()");
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        assertThat(alerts()).as("once it parks it is").hasSize(5);
    }

    @Test
    void whatIsOverdueAndAnEvidenceLogThatIsLateAreAlerted() {
        ledger.cases(3);
        ledger.jdbc.update("INSERT INTO lane (name, family) VALUES ('force:46', 'FORCE')");
        ledger.jdbc.update(
                """
                INSERT INTO receipt_clock (case_id, lane, package_version, rung, owner, started_at, warn_at, overdue_at, state)
                SELECT id, 'force:46', 1, 'OUTCOME', 'force-crime-desk', now(), now(), now(), 'OVERDUE' FROM referral_case
                """);
        ledger.jdbc.update("UPDATE referral_case SET state = 'AWAITING_DECISION', decide_by = now() - interval '1 hour'"
                + " WHERE id = 1");
        ledger.jdbc.update("INSERT INTO evidence (at, kind, actor, reason) VALUES (now() - interval '90 seconds',"
                + " 'COLLECTION', 'x', 'y')");
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));

        assertThat(alerts())
                .containsExactly("DECISIONS decisions OPEN", "EVIDENCE chain OPEN", "RECEIPTS force:46 OPEN");
        assertThat(ledger.text("SELECT what FROM alert WHERE kind = 'RECEIPTS'"))
                .isEqualTo("3 receipts from force 46 are overdue.");
    }

    @Test
    void whoeverDecidesIsWarnedBeforeTheTimeOfAnImmediateCaseIsOverAndForEachPrison() {
        ledger.cases(5);
        ledger.jdbc.update("UPDATE referral_case SET state = 'AWAITING_DECISION', class = 'IMMEDIATE', prison = 'MDI',"
                + " decide_by = now() + interval '3 hours'");
        ledger.jdbc.update("UPDATE referral_case SET prison = 'LEI' WHERE id = 2");
        ledger.jdbc.update("UPDATE referral_case SET class = 'ROUTINE', prison = 'WWI' WHERE id = 3");
        ledger.jdbc.update(
                "UPDATE referral_case SET decide_by = now() + interval '5 hours', prison = 'BXI' WHERE id = 4");
        ledger.jdbc.update("UPDATE referral_case SET state = 'IN_PROGRESS', prison = 'PVI' WHERE id = 5");
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));

        assertThat(alerts()).containsExactly("DECISIONS_SOON LEI OPEN", "DECISIONS_SOON MDI OPEN");
        assertThat(ledger.text("SELECT what FROM alert WHERE subject = 'MDI'"))
                .startsWith(
                        "1 case of the 24-hour class from prison MDI waits for a decision, and its time is over at ");

        look(Duration.ofHours(4));
        look(Duration.ofMinutes(2));
        assertThat(alerts())
                .as("over is another alert")
                .contains("DECISIONS decisions OPEN", "DECISIONS_SOON LEI FALLING", "DECISIONS_SOON BXI OPEN");
    }

    @Test
    void manyNodesThatLookAtOnceTellOnce() throws Exception {
        storm(412);
        var watches = List.of(
                one,
                watch(node("two"), () -> Set.of("webhook", "mail")),
                watch(node("three"), () -> Set.of("webhook", "mail")));
        var pool = Executors.newFixedThreadPool(6);
        try {
            for (Duration later : List.of(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMinutes(2))) {
                hands.now = hands.now.plus(later);
                List<Callable<Object>> looks = new ArrayList<>();
                for (int n = 0; n < 12; n++) {
                    looks.add(Executors.callable(watches.get(n % 3)::run));
                }
                for (var look : pool.invokeAll(looks)) {
                    look.get();
                }
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(alerts()).containsExactly("LANE force:46 OPEN");
        assertThat(told()).hasSize(2);
    }

    /** The node dies between the change of state and the promise to tell: neither is there, and the next look does both. */
    @Test
    void theStateAndThePromiseToTellAreOneTransaction() {
        storm(412);
        look(Duration.ZERO);
        AlertWatch dies = watch(node, () -> {
            throw new IllegalStateException("the power is cut");
        });
        hands.now = hands.now.plus(Duration.ofMinutes(2));

        assertThatThrownBy(dies::run).isInstanceOf(IllegalStateException.class);

        assertThat(alerts()).containsExactly("LANE force:46 RISING");
        assertThat(told()).isEmpty();
        look(Duration.ZERO);
        assertThat(alerts()).containsExactly("LANE force:46 OPEN");
        assertThat(told()).hasSize(2);
    }

    @Test
    void nobodyIsToldWhereNoChannelIsSetAndTheAlertIsThereAllTheSame() {
        AlertWatch quiet = watch(node, AlertChannels.NONE);
        storm(20);
        quiet.run();
        hands.now = hands.now.plus(Duration.ofMinutes(2));
        quiet.run();

        assertThat(alerts()).containsExactly("LANE force:46 OPEN");
        assertThat(told()).isEmpty();
    }

    @Test
    void theEndIsNotToldBeforeTheBeginning() {
        storm(20);
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        over();
        look(Duration.ZERO);
        look(Duration.ofMinutes(6));
        var bodies = new Bodies(node.database());
        var keys = List.of("1/OPENED/webhook", "1/CLEARED/webhook", "999/OPENED/mail", "nonsense");

        assertThat(((AlertWork) bodies.load(Step.ALERT, keys).get("1/OPENED/webhook")).untold())
                .isFalse();
        AlertWork end = (AlertWork) bodies.load(Step.ALERT, keys).get("1/CLEARED/webhook");
        assertThat(end.untold()).isTrue();
        assertThat(end.channel()).isEqualTo("webhook");
        assertThat(end.clearedAt()).isNotNull();
        assertThat(bodies.load(Step.ALERT, keys)).hasSize(2);

        ledger.jdbc.update("UPDATE work SET done = requested WHERE key = '1/OPENED/webhook'");
        assertThat(((AlertWork) bodies.load(Step.ALERT, keys).get("1/CLEARED/webhook")).untold())
                .isFalse();
    }

    @Test
    void whatIsLongOverIsForgotten() {
        storm(20);
        look(Duration.ZERO);
        look(Duration.ofMinutes(2));
        over();
        look(Duration.ZERO);
        look(Duration.ofMinutes(6));
        assertThat(told()).hasSize(4);

        look(Duration.ofDays(181));

        assertThat(alerts()).isEmpty();
        assertThat(told()).isEmpty();
    }

    private void look(Duration later) {
        hands.now = hands.now.plus(later);
        one.run();
    }

    /** So many cases of force 46 behind an expired certificate: 12 parked, 3 tried again, the others waiting. */
    private void storm(int cases) {
        ledger.jdbc.update(
                """
                INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family)
                SELECT i, 'SP-2026-' || lpad(i::text, 6, '0'), 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', '46', 'ASSAULT'
                  FROM generate_series(1, ?::int) i ON CONFLICT DO NOTHING
                """,
                cases);
        ledger.jdbc.update("INSERT INTO lane (name, family) VALUES ('force:46', 'FORCE') ON CONFLICT DO NOTHING");
        ledger.jdbc.update(
                """
                INSERT INTO lane_case (lane, case_id) SELECT 'force:46', generate_series(1, ?::int) ON CONFLICT DO NOTHING
                """,
                cases);
        ledger.jdbc.update(
                """
                INSERT INTO lane_item (lane_case, seq, kind, message_id, class, channels)
                SELECT id, next_seq, 'PACKAGE', 'm-' || id || '-' || next_seq, 'ROUTINE', '{ihub}' FROM lane_case
                """);
        ledger.jdbc.update(
                "UPDATE lane_case c SET head_item = i.id, next_seq = next_seq + 1 FROM lane_item i WHERE i.lane_case = c.id");
        ledger.jdbc.update(
                """
                UPDATE lane_case
                   SET failing_kind = 'UNAVAILABLE', failing_code = 'certificate-expired', failing_since = now(),
                       failing_detail = 'certificate-expired: force46.example:443, expired at 2026-11-29T02:14:00Z'
                 WHERE case_id <= 15
                """);
        ledger.jdbc.update(
                """
                UPDATE lane_case
                   SET parked_reason = 'UNAVAILABLE', parked_code = failing_code, parked_detail = failing_detail, parked_at = now()
                 WHERE case_id <= 12
                """);
    }

    /** Everything went out. */
    private void over() {
        ledger.jdbc.update(
                "UPDATE lane_case SET head_item = NULL, parked_reason = NULL, parked_code = NULL, parked_detail = NULL");
        ledger.jdbc.update("UPDATE lane_item SET state = 'DONE'");
    }

    private void parkedWork(int n, String kind, String code) {
        ledger.jdbc.update(
                """
                INSERT INTO work (step, key, parked_kind, parked_code, parked_at)
                SELECT 'triage', gen_random_uuid()::text, ?, ?, now() FROM generate_series(1, ?::int)
                """,
                kind,
                code,
                n);
    }

    private List<String> alerts() {
        return ledger.jdbc.queryForList(
                "SELECT kind || ' ' || subject || ' ' || state FROM alert ORDER BY 1", String.class);
    }

    private List<String> told() {
        return ledger.jdbc.queryForList("SELECT key FROM work WHERE step = 'alert' ORDER BY key", String.class);
    }
}
