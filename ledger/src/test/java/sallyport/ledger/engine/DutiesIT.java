package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node at a time, the same one while it lives, and nothing written by one that froze. */
class DutiesIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private TestLedger ledger;
    private Duties one;
    private Duties two;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        var database = new Database(ledger.dataSource());
        one = new Duties(database, "one");
        two = new Duties(database, "two");
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void staysWithOneNodeUntilItsLeaseIsOver() {
        assertThat(one.inTurn("chain", SHORT, fence -> fence)).contains(1L);
        assertThat(one.inTurn("chain", SHORT, fence -> fence)).contains(1L);
        assertThat(two.inTurn("chain", LONG, fence -> fence)).isEmpty();
        assertThat(two.inTurn("purge", LONG, fence -> fence)).contains(1L);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> two.inTurn("chain", LONG, fence -> fence).equals(java.util.Optional.of(2L)));
        assertThat(one.inTurn("chain", SHORT, fence -> fence)).isEmpty();
    }

    @Test
    void aProcessStartedAgainUnderTheSameNameIsSomebodyElse() {
        one.inTurn("chain", LONG, fence -> fence);

        assertThat(new Duties(new Database(ledger.dataSource()), "one").inTurn("chain", LONG, fence -> fence))
                .isEmpty();
    }

    @Test
    void nobodyWaitsForANodeThatFrozeInTheMiddle() throws Exception {
        one.inTurn("chain", Duration.ofMillis(1), fence -> fence);
        var inside = new CountDownLatch(1);
        var thaw = new CountDownLatch(1);
        var failure = new AtomicReference<Throwable>();
        // Its lease is over at once, its transaction is not.
        var frozen = new Thread(() -> {
            try {
                one.inTurn("chain", Duration.ofMillis(1), fence -> {
                    inside.countDown();
                    try {
                        thaw.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return ledgerWrite(fence);
                });
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        frozen.start();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(two.inTurn("chain", LONG, fence -> fence)).isEmpty();

        // What the server does by itself after a while: it ends the session of one that stands still in a transaction.
        ledger.jdbc.queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND state = 'idle in transaction'");
        assertThat(two.inTurn("chain", LONG, fence -> fence)).contains(2L);
        thaw.countDown();
        frozen.join(10_000);
        assertThat(failure.get()).isNotNull();
        assertThat(ledger.count("SELECT count(*) FROM tally")).isZero();
    }

    @Test
    void sessionsThatStandStillInATransactionAreEndedByTheServer() {
        assertThat(ledger.text("SHOW idle_in_transaction_session_timeout")).isEqualTo("15s");
    }

    @Test
    void whatFailedIsNotWritten() {
        assertThatThrownBy(() -> one.inTurn("chain", LONG, fence -> {
                    ledgerWrite(fence);
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");

        assertThat(ledger.count("SELECT count(*) FROM tally")).isZero();
    }

    private long ledgerWrite(long fence) {
        var database = new Database(ledger.dataSource());
        database.sql()
                .update(
                        "INSERT INTO tally (day, what, n) VALUES (current_date, 'duty', :n)",
                        Database.with("n", fence));
        return fence;
    }
}
