package sallyport.ledger.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import sallyport.ledger.Finding;
import sallyport.mappings.canonical.Sha256;

/**
 * Walks along the chain from entry to entry, a thousand at a time whatever its length, and stops at the first one that is not what
 * it was. The transaction is the caller's.
 */
final class ChainWalk implements AutoCloseable {

    private static final int FETCH = 1000;

    private static final String ENTRIES =
            """
            SELECT id, at, kind, case_reference, subject, actor, reason, recipient, payload_sha256, mapping_version,
                   rule_version, detail, chain_no, previous_hash, hash
              FROM evidence WHERE chain_no IS NOT NULL AND chain_no > ? ORDER BY chain_no
            """;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final long prunedTo;
    private final String prunedHash;
    private boolean begun;
    private boolean ended;
    private long no;
    private byte[] hash;
    private long entries;

    private ChainWalk(Connection connection, long after, long prunedTo, String prunedHash) throws SQLException {
        this.prunedTo = prunedTo;
        this.prunedHash = prunedHash;
        this.no = prunedTo;
        this.hash = HexFormat.of().parseHex(prunedHash);
        statement = connection.prepareStatement(ENTRIES);
        statement.setFetchSize(FETCH);
        statement.setLong(1, after);
        rows = statement.executeQuery();
    }

    /** Over all that there is: from the end of what is cut off, or from before it where the cutting is under way. */
    static ChainWalk whole(Connection connection, long prunedTo, String prunedHash) throws SQLException {
        return new ChainWalk(connection, Long.MIN_VALUE, prunedTo, prunedHash);
    }

    /** Over what follows this entry. */
    static ChainWalk after(Connection connection, long no, String hash) throws SQLException {
        return new ChainWalk(connection, no, no, hash);
    }

    /** The entry that was reached, and its hash. */
    long no() {
        return no;
    }

    String hash() {
        return HexFormat.of().formatHex(hash);
    }

    /** How many entries were found as they were. */
    long entries() {
        return entries;
    }

    /** Walks to this entry, or to the end of the log if that comes first; empty when all are as they were. */
    Optional<Finding> to(long goal) throws SQLException {
        while (no < goal && !ended) {
            if (!rows.next()) {
                ended = true;
                // Entries that were being cut off, and not up to where the statement says.
                return begun && no < prunedTo ? Optional.of(Findings.missing(no + 1)) : Optional.empty();
            }
            long next = rows.getLong("chain_no");
            long id = rows.getLong("id");
            if (!begun) {
                begun = true;
                if (next < 1) {
                    return Optional.of(Findings.foreign(next, id));
                }
                if (next <= prunedTo) {
                    no = next - 1;
                    byte[] previous = rows.getBytes("previous_hash");
                    hash = previous == null ? new byte[0] : previous;
                }
            }
            if (next == no) {
                return Optional.of(Findings.twice(next, id));
            }
            if (next > no + 1) {
                return Optional.of(Findings.missing(no + 1));
            }
            byte[] previous = rows.getBytes("previous_hash");
            byte[] stored = rows.getBytes("hash");
            if (previous == null || stored == null || !Arrays.equals(stored, hashed(previous, rows))) {
                return Optional.of(Findings.changed(next, id));
            }
            if (!Arrays.equals(previous, hash)) {
                return Optional.of(Findings.outOfOrder(next, id));
            }
            no = next;
            hash = stored;
            entries++;
            if (no == prunedTo && !hash().equals(prunedHash)) {
                return Optional.of(Findings.prunedElsewhere(next, id));
            }
        }
        return Optional.empty();
    }

    private static byte[] hashed(byte[] previous, ResultSet row) throws SQLException {
        try {
            return Sha256.of(previous, ChainWriter.canonical(row));
        } catch (RuntimeException noSuchValue) {
            // A time beyond all times, or none: the hub writes neither.
            return new byte[0];
        }
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            rows.close();
        }
    }
}
