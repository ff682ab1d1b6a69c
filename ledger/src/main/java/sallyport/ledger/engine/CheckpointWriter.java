package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import sallyport.ledger.Chore;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.Finding;

/**
 * Signs how far the evidence log goes, and puts it outside the database. What is new since the last checkpoint is walked along
 * first: a change made since then is not signed over. The statement is committed before its file is written, so a node that froze
 * and thaws writes that file or finds it there, and can write no other. When nothing can be signed or written, {@link EvidenceGate}
 * shuts after a while.
 */
final class CheckpointWriter implements Chore {

    private static final Logger log = LoggerFactory.getLogger(CheckpointWriter.class);

    private static final String DUTY = "checkpoint";

    private final Database database;
    private final DataSource dataSource;
    private final Duties duties;
    private final CheckpointRows rows;
    private final CheckpointDirectory directory;
    private final EvidenceKeys keys;
    private final EvidenceProperties properties;
    private boolean keyPublished;

    CheckpointWriter(
            Database database,
            DataSource dataSource,
            Duties duties,
            CheckpointDirectory directory,
            EvidenceKeys keys,
            EvidenceProperties properties) {
        this.database = database;
        this.dataSource = dataSource;
        this.duties = duties;
        this.rows = new CheckpointRows(database);
        this.directory = directory;
        this.keys = keys;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "checkpoint";
    }

    /** More often than one is due: another node's may come late. */
    @Override
    public Duration every() {
        return properties.every().dividedBy(4);
    }

    @Override
    public void run() {
        try {
            make();
        } catch (CheckpointTrouble trouble) {
            // Perhaps only this node's: another one may take the duty over at once.
            duties.inTurn(DUTY, Duration.ZERO, fence -> true);
            throw trouble;
        }
    }

    private void make() {
        if (!inTurn(() -> true).orElse(false)) {
            return;
        }
        publishPending();
        Optional<CheckpointRows.Row> last = rows.last();
        if (!isDue(last)) {
            return;
        }
        Optional<Checkpoint> next = next(last);
        if (next.isPresent() && inTurn(() -> write(last, next.get())).orElse(false)) {
            FaultPoint.CHECKPOINT_SIGNED.reached();
            publishPending();
        }
    }

    private Optional<Boolean> inTurn(Supplier<Boolean> work) {
        Duration lease = properties.every().plus(Duration.ofSeconds(30));
        return duties.inTurn(DUTY, lease, fence -> work.get());
    }

    private boolean isDue(Optional<CheckpointRows.Row> last) {
        return last.isEmpty() || !now().isBefore(last.get().at().plus(properties.every()));
    }

    private Instant now() {
        OffsetDateTime now = database.sql()
                .queryForObject("SELECT clock_timestamp()", new EmptySqlParameterSource(), OffsetDateTime.class);
        return now == null ? Instant.EPOCH : now.toInstant();
    }

    /** What is to be signed; empty when there is nothing new. */
    private Optional<Checkpoint> next(Optional<CheckpointRows.Row> last) {
        // All that the last checkpoint was about may be cut off: then from there, which is what the last row of all is
        // about.
        Optional<CheckpointRows.Row> from = rows.lastOf(Checkpoint.CHECKPOINT).or(() -> last);
        Tail tail = walk(
                from.map(CheckpointRows.Row::chainNo).orElse(0L),
                from.map(CheckpointRows.Row::hash).orElse(Checkpoint.ZEROS));
        if (tail.entries() == 0) {
            return Optional.empty();
        }
        long prunedTo = last.map(CheckpointRows.Row::prunedTo).orElse(0L);
        return Optional.of(new Checkpoint(
                        last.map(CheckpointRows.Row::no).orElse(0L) + 1,
                        Checkpoint.CHECKPOINT,
                        now(),
                        tail.no(),
                        tail.hash(),
                        tail.no() - prunedTo,
                        last.map(CheckpointRows.Row::sha256).orElse(Checkpoint.ZEROS),
                        prunedTo,
                        last.map(CheckpointRows.Row::prunedHash).orElse(Checkpoint.ZEROS),
                        last.map(CheckpointRows.Row::filesFrom).orElse(1L),
                        null,
                        "",
                        "")
                .signed(keys));
    }

    private record Tail(long no, String hash, long entries) {}

    /** Along all entries since the last checkpoint; outside any turn, for there may be many. */
    private Tail walk(long no, String hash) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (var walk = ChainWalk.after(connection, no, hash)) {
                Optional<Finding> finding = walk.to(Long.MAX_VALUE);
                if (finding.isPresent()) {
                    throw new CheckpointTrouble(
                            "the evidence log is not signed: " + finding.get().text());
                }
                return new Tail(walk.no(), walk.hash(), walk.entries());
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new CheckpointTrouble("the evidence log cannot be read: " + Faults.inShort(e), e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private boolean write(Optional<CheckpointRows.Row> last, Checkpoint next) {
        rows.lock();
        // Another statement came between: this one would not follow it.
        if (!rows.last().map(CheckpointRows.Row::no).equals(last.map(CheckpointRows.Row::no))) {
            return false;
        }
        rows.insert(next);
        return true;
    }

    /**
     * States that the log is cut off up to this entry, and publishes it.
     *
     * @throws CheckpointTrouble when it cannot be published; it is then tried again with the next checkpoint
     */
    void pruned(long chainNo, String hash, @Nullable Instant before) {
        publishPending();
        database.inTransaction(() -> {
            rows.lock();
            CheckpointRows.Row last = rows.last()
                    .orElseThrow(() ->
                            new CheckpointTrouble("there is no checkpoint that the pruned log could be checked by"));
            long filesFrom = rows.firstBeyond(chainNo).orElse(last.no() + 1);
            rows.insert(new Checkpoint(
                            last.no() + 1,
                            Checkpoint.PRUNED,
                            now(),
                            chainNo,
                            hash,
                            0,
                            last.sha256(),
                            chainNo,
                            hash,
                            Math.max(filesFrom, last.filesFrom()),
                            before,
                            "",
                            "")
                    .signed(keys));
            database.sql()
                    .update(
                            """
                            INSERT INTO evidence (kind, actor, reason, detail)
                            VALUES ('ERASURE', 'sallyport', 'retention of the evidence log', :detail)
                            """,
                            with(
                                    "detail",
                                    "entries up to " + chainNo + " cut off, stated by checkpoint " + (last.no() + 1)));
            return true;
        });
        publishPending();
    }

    /** In the order of their numbers; whoever comes first. */
    void publishPending() {
        for (CheckpointRows.Row row : rows.pending()) {
            directory.publish(row.no(), row.file(), row.no() == 1);
            FaultPoint.CHECKPOINT_PUBLISHED.reached();
            rows.published(row.no());
            log.debug("checkpoint {} published", row.no());
        }
        if (!keyPublished && directory.exists()) {
            directory.publishKey(keys.id(), keys.publicKey());
            keyPublished = true;
        }
    }

    CheckpointRows rows() {
        return rows;
    }
}
