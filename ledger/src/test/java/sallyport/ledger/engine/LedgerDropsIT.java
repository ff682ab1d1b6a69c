package sallyport.ledger.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Drops;
import sallyport.ledger.Drops.DropId;
import sallyport.ledger.Effect;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;

/** Dropped files: each is committed once with all it leads to, or not at all, whoever looks. */
class LedgerDropsIT {

    private static final String FEED = "notices";

    private TestLedger ledger;
    private Drops one;
    private Drops two;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        one = drops("one");
        two = drops("two");
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    private Drops drops(String node) {
        var policy = new TestPolicy();
        return new LedgerDrops(new LedgerNode(
                ledger.dataSource(),
                policy,
                policy,
                TestLedger.quick(node, Duration.ofSeconds(5)),
                new SimpleMeterRegistry(),
                Clock.systemUTC()));
    }

    @Test
    void commitsAFileWithAllItLeadsToOnce() {
        var file = file("a");

        assertThat(one.take(file, out -> rows(out, 450))).hasValueSatisfying(kept -> {
            assertThat(kept.seenBefore()).isFalse();
            assertThat(kept.why()).isEmpty();
        });
        assertThat(one.take(file, out -> {
                    throw new IllegalStateException("read again");
                }))
                .hasValueSatisfying(kept -> assertThat(kept.seenBefore()).isTrue());

        assertThat(ledger.count("SELECT count(*) FROM source_version")).isEqualTo(450);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'telephone-match' AND requested = 1"))
                .isEqualTo(450);
        assertThat(ledger.text("SELECT state FROM dropped_file")).isEqualTo("TAKEN");
        // Another feed's file is another file.
        assertThat(one.take(new DropId("others", file.sha256(), 1), out -> List.of()))
                .hasValueSatisfying(kept -> assertThat(kept.seenBefore()).isFalse());
    }

    @Test
    void writesNothingOfAFileThatIsRefusedOnItsLastRow() {
        assertThatThrownBy(() -> one.take(file("a"), out -> {
                    rows(out, 450);
                    throw new Rejected("unknown-column", "/rows/451");
                }))
                .isInstanceOf(Rejected.class);

        assertThat(ledger.count("SELECT count(*) FROM source_version")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM dropped_file")).isZero();
    }

    @Test
    void aBulkExtractMayTakeLongerThanOtherTransactions() {
        assertThat(one.take(file("a"), out -> {
                    // On the connection of the transaction, which otherwise ends after twenty seconds.
                    ledger.jdbc.execute("SELECT pg_sleep(21)");
                    return rows(out, 450);
                }))
                .isPresent();

        assertThat(ledger.count("SELECT count(*) FROM source_version")).isEqualTo(450);
        assertThat(ledger.text("SELECT state FROM dropped_file")).isEqualTo("TAKEN");
    }

    @Test
    void remembersWhatWasLeftOutAndReadsARefusedFileAgain() {
        var partly = file("a");
        one.take(partly, out -> List.of("row 2: unknown-prison", "row 7: missing-value"));
        assertThat(one.take(partly, out -> List.of())).hasValueSatisfying(kept -> assertThat(kept.why())
                .containsExactly("row 2: unknown-prison", "row 7: missing-value"));

        var refused = file("b");
        assertThat(one.refuse(FEED, refused, List.of("no"), task("b"))).isTrue();
        assertThat(one.refuse(FEED, refused, List.of("no"), task("b"))).isTrue();
        assertThat(ledger.count("SELECT count(*) FROM task WHERE kind = 'DROPPED_FILE'"))
                .isEqualTo(1);
        assertThat(one.take(refused, out -> List.of()))
                .hasValueSatisfying(kept -> assertThat(kept.seenBefore()).isFalse());
        assertThat(ledger.count("SELECT count(*) FROM dropped_file WHERE state = 'TAKEN'"))
                .isEqualTo(1);
    }

    @Test
    void ofTwoNodesOneLooksAfterAFeed() {
        assertThat(one.mine(FEED)).isTrue();
        assertThat(two.mine(FEED)).isFalse();
        assertThat(two.take(file("a"), out -> rows(out, 1))).isEmpty();
        assertThat(two.refuse(FEED, file("a"), List.of("no"), task("a"))).isFalse();
        assertThat(ledger.count("SELECT count(*) FROM dropped_file")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM task")).isZero();
        assertThat(two.mine("others")).isTrue();

        // The node is gone.
        ledger.jdbc.update("UPDATE duty SET until = now() - interval '1 s'");
        assertThat(two.take(file("a"), out -> rows(out, 1))).isPresent();
        assertThat(one.mine(FEED)).isFalse();
    }

    @Test
    void nodesThatTakeTheSameFileAtTheSameTimeWriteItOnce() throws Exception {
        AtomicInteger read = new AtomicInteger();
        var nodes = List.of(one, two, drops("three"));
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            for (int n = 0; n < 20; n++) {
                var file = file("file " + n);
                var together = new CountDownLatch(nodes.size());
                List<Future<Boolean>> all = nodes.stream()
                        .map(node -> threads.submit(() -> {
                            together.countDown();
                            together.await();
                            return node.take(file, out -> {
                                        read.incrementAndGet();
                                        return rows(out, 3);
                                    })
                                    .isPresent();
                        }))
                        .toList();
                boolean anybody = false;
                for (var each : all) {
                    anybody |= each.get();
                }
                assertThat(anybody).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(read).hasValue(20);
        assertThat(ledger.count("SELECT count(*) FROM dropped_file")).isEqualTo(20);
    }

    @Test
    void sayingWhatIsWrongOpensOneWorkItemAndClosesIt() {
        one.trouble(FEED, "not there");
        one.trouble(FEED, "not there");
        assertThat(ledger.count("SELECT count(*) FROM task WHERE closed_at IS NULL AND detail = 'not there'"))
                .isEqualTo(1);
        one.trouble(FEED, null);
        one.trouble(FEED, null);
        assertThat(ledger.count("SELECT count(*) FROM task WHERE closed_at IS NULL"))
                .isZero();
    }

    @Test
    void onlyAClaimedStepChangesACaseOrMovesAPoll() {
        assertThatThrownBy(() -> one.take(file("a"), out -> {
                    out.accept(new Effect.AdvancePoll("x", Duration.ZERO));
                    return List.of();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.count("SELECT count(*) FROM dropped_file")).isZero();
    }

    private static DropId file(String words) {
        return new DropId(FEED, Sha256.of(words.getBytes(UTF_8)), words.length());
    }

    private static Effect.OpenTask task(String subject) {
        return new Effect.OpenTask(Drops.TASK, subject, null, null, null, "look", null);
    }

    private static List<String> rows(java.util.function.Consumer<Effect> out, int n) {
        for (int row = 0; row < n; row++) {
            out.accept(new Effect.StoreSource(
                    new SourceKey("rows", Integer.toString(row)),
                    ("row " + row).getBytes(UTF_8),
                    null,
                    null,
                    false,
                    Instant.parse("2026-03-01T10:00:00Z"),
                    "dropped-files",
                    null,
                    null,
                    Step.TELEPHONE_MATCH));
        }
        return List.of();
    }
}
