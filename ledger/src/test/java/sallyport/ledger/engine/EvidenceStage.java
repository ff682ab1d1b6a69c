package sallyport.ledger.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import sallyport.ledger.EvidencePruning;

/** A ledger with an evidence log, a directory for its checkpoints and a key; two nodes that write them. */
final class EvidenceStage implements AutoCloseable {

    static final Duration EVERY = Duration.ofMillis(100);

    final TestLedger ledger = TestLedger.create();
    final Database database = new Database(ledger.dataSource());
    final Path folder;
    final EvidenceProperties properties;
    final CheckpointDirectory directory;
    final EvidenceKeys keys;
    final CheckpointWriter one;
    final CheckpointWriter two;
    final EvidencePruning pruning;
    final ChainWriter chain;

    EvidenceStage() {
        try {
            folder = Files.createTempDirectory("evidence");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties = properties(folder.resolve("checkpoints"), folder.resolve("key.pem"));
        directory = new CheckpointDirectory(properties.checkpoints());
        keys = EvidenceKeys.forSigning(properties);
        one = writer("one");
        two = writer("two");
        pruning = new EvidencePruner(database, one);
        chain = new ChainWriter(database, new Duties(database, "chain"), new LedgerMetrics(new SimpleMeterRegistry()));
    }

    static EvidenceProperties properties(Path checkpoints, Path key) {
        return new EvidenceProperties(
                checkpoints, key, null, true, EVERY, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofHours(1));
    }

    CheckpointWriter writer(String node) {
        return new CheckpointWriter(
                database, ledger.dataSource(), new Duties(database, node), directory, keys, properties);
    }

    /** Entries of every shape, chained. */
    void entries(int n) {
        entries(n, Instant.now());
    }

    void entries(int n, Instant at) {
        ledger.jdbc.update(
                """
                INSERT INTO evidence (at, kind, case_reference, subject, actor, reason, recipient, payload_sha256,
                                      mapping_version, rule_version, detail)
                SELECT ?::timestamptz + i * interval '1 microsecond',
                       (ARRAY['COLLECTION', 'ALTERATION', 'CONSULTATION', 'DISCLOSURE', 'COMBINATION', 'ERASURE'])[i % 6 + 1],
                       'SP-2026-' || lpad((i % 50)::text, 6, '0'),
                       CASE WHEN i % 3 = 0 THEN md5(i::text) END, 'actor ' || i % 7, 'reason é ' || i,
                       CASE WHEN i % 6 = 3 THEN 'force:46' END, CASE WHEN i % 2 = 0 THEN sha256(i::text::bytea) END,
                       CASE WHEN i % 2 = 0 THEN 'm1' END, CASE WHEN i % 5 = 0 THEN 'r1' END,
                       CASE WHEN i % 4 = 0 THEN '' WHEN i % 4 = 1 THEN 'detail' END
                  FROM generate_series(1, ?::int) i
                """,
                Database.time(at), n);
        chain.chain();
    }

    /** Makes a checkpoint now, however short ago the last one was. */
    void checkpoint() {
        long before = last();
        for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); last() == before; ) {
            one.run();
            if (System.nanoTime() > end) {
                throw new AssertionError("no checkpoint was made");
            }
        }
    }

    long last() {
        try {
            return directory.exists() ? directory.last().orElse(0) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkpoint read(long no) {
        try {
            return directory.read(no).flatMap(Checkpoint::read).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a superuser does whom no trigger stops. */
    void tamper(String sql, Object... arguments) {
        ledger.jdbc.execute("ALTER TABLE evidence DISABLE TRIGGER ALL");
        ledger.jdbc.execute("ALTER TABLE evidence_checkpoint DISABLE TRIGGER ALL");
        ledger.jdbc.update(sql, arguments);
        ledger.jdbc.execute("ALTER TABLE evidence ENABLE TRIGGER ALL");
        ledger.jdbc.execute("ALTER TABLE evidence_checkpoint ENABLE TRIGGER ALL");
    }

    @Override
    public void close() {
        ledger.close();
    }
}
