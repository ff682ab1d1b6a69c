package sallyport.ledger.engine;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.Finding;
import sallyport.ledger.Verification;

/**
 * Checks files and entries side by side, in one snapshot of the database. Files that were listed before the snapshot, and those
 * that it knows to be published, speak of entries that are in it: what is added meanwhile is left for the next time.
 */
public final class EvidenceVerifier implements EvidenceCheck {

    private static final Logger log = LoggerFactory.getLogger(EvidenceVerifier.class);

    private final DataSource dataSource;
    private final EvidenceProperties properties;
    private final Clock clock;
    private final AtomicBoolean underWay = new AtomicBoolean();

    public EvidenceVerifier(DataSource dataSource, EvidenceProperties properties, Clock clock) {
        this.dataSource = dataSource;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Verification verify() {
        Instant at = clock.instant();
        long began = System.nanoTime();
        String refusal;
        // It reads everything there is: one at a time is enough for a node.
        if (!underWay.compareAndSet(false, true)) {
            return Verification.refused(at, took(began), "another check is under way on this node: wait for it.");
        }
        try {
            return new Run(EvidenceKeys.forVerifying(properties), at, began).verify();
        } catch (Refusal e) {
            refusal = e.getMessage();
        } catch (InvalidConfigurationPropertyValueException e) {
            refusal = e.getName() + " " + e.getReason() + ".";
        } catch (SQLException e) {
            refusal = "the database does not answer as it should (" + Faults.inShort(e) + ").";
        } catch (IOException e) {
            refusal = "the checkpoints in " + properties.checkpoints() + " cannot be read ("
                    + e.getClass().getSimpleName() + ").";
        } catch (RuntimeException e) {
            log.error("the evidence log could not be checked: {}", Faults.trace(e));
            refusal = "a defect of the hub (" + Faults.inShort(e) + "), see its log.";
        } finally {
            underWay.set(false);
        }
        return Verification.refused(at, took(began), refusal);
    }

    private static Duration took(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    /** One check. */
    private final class Run {

        private final EvidenceKeys keys;
        private final Instant at;
        private final long began;
        private final CheckpointDirectory directory = new CheckpointDirectory(properties.checkpoints());
        private final List<Finding> findings = new ArrayList<>();
        private @Nullable Finding entryFinding;
        private long found;
        private long valid;
        private long covered;

        Run(EvidenceKeys keys, Instant at, long began) {
            this.keys = keys;
            this.at = at;
            this.began = began;
        }

        Verification verify() throws SQLException, IOException, Refusal {
            long listed = directory.exists() ? directory.last().orElse(0) : 0;
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                try {
                    return verify(connection, listed);
                } finally {
                    connection.rollback();
                }
            }
        }

        private Verification verify(Connection connection, long listed) throws SQLException, IOException, Refusal {
            try (var settings = connection.createStatement()) {
                // However long it takes; and in the order of the index, instead of sorting the whole log first.
                settings.execute("SET LOCAL statement_timeout = 0");
                settings.execute("SET LOCAL enable_sort = off");
            }
            long known = number(
                    connection, "SELECT coalesce(max(no), 0) FROM evidence_checkpoint WHERE published_at IS NOT NULL");
            if (known > 0 && !directory.exists()) {
                throw new Refusal("there is no directory " + directory.root() + ", and the database knows of " + known
                        + " checkpoints: is sallyport.evidence.checkpoints right, and the directory mounted?");
            }
            long last = Math.max(listed, known);
            Optional<Checkpoint> newest = newest(last);
            long from = newest.map(Checkpoint::filesFrom).orElse(1L);
            long prunedTo = newest.map(Checkpoint::prunedTo).orElse(0L);
            String prunedHash = newest.map(Checkpoint::prunedHash).orElse(Checkpoint.ZEROS);
            try (var walk = ChainWalk.whole(connection, prunedTo, prunedHash);
                    var remembered = new Remembered(connection, from)) {
                covered = prunedTo;
                files(from, last, prunedTo, walk, remembered);
                if (entryFinding == null) {
                    entryFinding = walk.to(Long.MAX_VALUE).orElse(null);
                }
                if (entryFinding != null) {
                    found++;
                    findings.add(entryFinding);
                }
                long first = walk.entries() == 0 ? prunedTo + 1 : walk.no() - walk.entries() + 1;
                return new Verification(
                        found == 0 ? Verification.State.INTACT : Verification.State.TAMPERED,
                        at,
                        took(began),
                        first,
                        walk.entries(),
                        covered,
                        valid,
                        last,
                        number(connection, "SELECT count(*) FROM evidence WHERE chain_no IS NULL"),
                        findings,
                        found,
                        null);
            }
        }

        /** The newest one that can be believed: it says what is cut off, and which files are still needed. */
        private Optional<Checkpoint> newest(long last) throws IOException {
            for (long no = last; no > 0; no--) {
                Optional<Checkpoint> read = directory.read(no).flatMap(Checkpoint::read);
                if (read.isPresent() && read.get().no() == no && isSigned(read.get())) {
                    return read;
                }
            }
            return Optional.empty();
        }

        private boolean isSigned(Checkpoint checkpoint) {
            return keys.verifies(checkpoint.key(), checkpoint.statement(), checkpoint.signature());
        }

        private void files(long from, long last, long prunedTo, ChainWalk walk, Remembered remembered)
                throws SQLException, IOException {
            Checkpoint before = null;
            boolean gap = from > 1;
            for (long no = from; no <= last; no++) {
                Optional<byte[]> bytes = directory.read(no);
                Optional<Checkpoint> read = bytes.flatMap(Checkpoint::read);
                Optional<Finding> wrong = wrong(no, bytes, read, gap ? null : before, gap);
                if (wrong.isPresent()) {
                    report(wrong.get());
                    gap = true;
                    continue;
                }
                Checkpoint checkpoint = read.orElseThrow();
                remembered(checkpoint, remembered.sha256(no)).ifPresentOrElse(this::report, () -> valid++);
                entries(checkpoint, prunedTo, walk);
                before = checkpoint;
                gap = false;
            }
        }

        /**
         * @param before the file before, if that was in order
         * @param gap whether it was not, or is no longer needed
         */
        private Optional<Finding> wrong(
                long no, Optional<byte[]> bytes, Optional<Checkpoint> read, @Nullable Checkpoint before, boolean gap) {
            if (bytes.isEmpty()) {
                return Optional.of(Findings.checkpoint("missing", no, "is missing: its file was removed."));
            }
            if (read.isEmpty()) {
                return Optional.of(Findings.checkpoint(
                        "damaged", no, "was cut short or changed: it does not read as the hub writes it."));
            }
            Checkpoint checkpoint = read.get();
            if (!keys.believes(checkpoint.key())) {
                return Optional.of(Findings.checkpoint(
                        "foreign-key",
                        no,
                        "is signed with the key " + checkpoint.key() + ", which is not one of those to be believed."));
            }
            if (!isSigned(checkpoint)) {
                return Optional.of(Findings.checkpoint("changed", no, "was changed: its signature does not fit."));
            }
            if (checkpoint.no() != no) {
                return Optional.of(Findings.checkpoint(
                        "exchanged", no, "was replaced by a copy of checkpoint " + checkpoint.no() + "."));
            }
            String previous = before == null ? Checkpoint.ZEROS : before.sha256();
            if (!gap && !checkpoint.previous().equals(previous)) {
                return Optional.of(Findings.checkpoint("out-of-order", no, "does not follow the one before it."));
            }
            if (before != null && !follows(before, checkpoint)) {
                return Optional.of(
                        Findings.checkpoint("inconsistent", no, "says what cannot be, after the one before it."));
            }
            return Optional.empty();
        }

        /** What the database says of a file that is in order; the signature is what counts. */
        private static Optional<Finding> remembered(Checkpoint checkpoint, Optional<String> inDatabase) {
            long no = checkpoint.no();
            if (inDatabase.isEmpty()) {
                return Optional.of(Findings.checkpoint(
                        "unknown",
                        no,
                        "is not known to the database: that was changed, or is older than the checkpoints."));
            }
            if (!inDatabase.get().equals(checkpoint.sha256())) {
                return Optional.of(Findings.checkpoint(
                        "replaced", no, "is not the one that the database knows: one of the two was replaced."));
            }
            return Optional.empty();
        }

        private static boolean follows(Checkpoint before, Checkpoint next) {
            boolean sameCut = next.prunedTo() == before.prunedTo()
                    && next.prunedHash().equals(before.prunedHash())
                    && next.filesFrom() == before.filesFrom();
            return next.isPruned()
                    ? next.prunedTo() > before.prunedTo() && next.chainNo() == next.prunedTo()
                    : sameCut && (before.isPruned() || next.chainNo() > before.chainNo());
        }

        /** Holds the entries against what the checkpoint says of them. */
        private void entries(Checkpoint checkpoint, long prunedTo, ChainWalk walk) throws SQLException {
            if (entryFinding != null || checkpoint.isPruned() || checkpoint.chainNo() <= prunedTo) {
                return;
            }
            Optional<Finding> finding = walk.to(checkpoint.chainNo());
            if (finding.isPresent()) {
                entryFinding = finding.get();
            } else if (walk.no() < checkpoint.chainNo()) {
                entryFinding = Findings.cutOff(walk.no() + 1, checkpoint.chainNo(), checkpoint.no());
            } else if (walk.no() > checkpoint.chainNo() || !walk.hash().equals(checkpoint.hash())) {
                entryFinding = Findings.rewritten(covered + 1, checkpoint.chainNo(), checkpoint.no());
            } else {
                covered = checkpoint.chainNo();
            }
        }

        private void report(Finding finding) {
            found++;
            // One place is kept for what is wrong with the entries.
            if (findings.size() < Verification.MOST - 1) {
                findings.add(finding);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** What the database remembers of the files, in their order. */
    private static final class Remembered implements AutoCloseable {

        private final PreparedStatement statement;
        private final ResultSet rows;
        private boolean there;

        Remembered(Connection connection, long from) throws SQLException {
            statement =
                    connection.prepareStatement("SELECT no, sha256 FROM evidence_checkpoint WHERE no >= ? ORDER BY no");
            statement.setFetchSize(1000);
            statement.setLong(1, from);
            rows = statement.executeQuery();
            there = rows.next();
        }

        Optional<String> sha256(long no) throws SQLException {
            while (there && rows.getLong(1) < no) {
                there = rows.next();
            }
            byte[] sha256 = there && rows.getLong(1) == no ? rows.getBytes(2) : null;
            return sha256 == null
                    ? Optional.empty()
                    : Optional.of(HexFormat.of().formatHex(sha256));
        }

        @Override
        public void close() throws SQLException {
            try (statement) {
                rows.close();
            }
        }
    }
}
