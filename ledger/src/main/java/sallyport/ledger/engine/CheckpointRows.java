package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;

/** Checkpoints as the database remembers them. */
final class CheckpointRows {

    private static final String COLUMNS =
            "no, kind, chain_no, hash, pruned_to, pruned_hash, files_from, sha256, file, at";

    private final Database database;

    CheckpointRows(Database database) {
        this.database = database;
    }

    /** A statement that was committed; its file may still have to be published. */
    record Row(
            long no,
            String kind,
            Instant at,
            long chainNo,
            String hash,
            long prunedTo,
            String prunedHash,
            long filesFrom,
            String sha256,
            String file) {

        static Row of(ResultSet row) throws SQLException {
            var hex = HexFormat.of();
            return new Row(
                    row.getLong("no"),
                    row.getString("kind"),
                    CaseRows.known(row, "at"),
                    row.getLong("chain_no"),
                    hex.formatHex(row.getBytes("hash")),
                    row.getLong("pruned_to"),
                    hex.formatHex(row.getBytes("pruned_hash")),
                    row.getLong("files_from"),
                    hex.formatHex(row.getBytes("sha256")),
                    row.getString("file"));
        }
    }

    /** The numbers are given out by one transaction at a time; the caller's. */
    void lock() {
        database.sql().getJdbcOperations().execute("LOCK TABLE evidence_checkpoint IN SHARE ROW EXCLUSIVE MODE");
    }

    Optional<Row> last() {
        return one("SELECT " + COLUMNS + " FROM evidence_checkpoint ORDER BY no DESC LIMIT 1");
    }

    Optional<Row> lastPublished(String kind) {
        return one("SELECT " + COLUMNS + " FROM evidence_checkpoint WHERE kind = '" + kind.toUpperCase(Locale.ROOT)
                + "' AND published_at IS NOT NULL ORDER BY no DESC LIMIT 1");
    }

    /** The last of this kind, published or not. */
    Optional<Row> lastOf(String kind) {
        return one("SELECT " + COLUMNS + " FROM evidence_checkpoint WHERE kind = '" + kind.toUpperCase(Locale.ROOT)
                + "' ORDER BY no DESC LIMIT 1");
    }

    /** In the order of their numbers. */
    List<Row> pending() {
        return database.sql()
                .query(
                        "SELECT " + COLUMNS + " FROM evidence_checkpoint WHERE published_at IS NULL ORDER BY no",
                        new EmptySqlParameterSource(),
                        (row, n) -> Row.of(row));
    }

    /** The first checkpoint that goes beyond this entry; empty when none does. */
    Optional<Long> firstBeyond(long chainNo) {
        return database
                .sql()
                .queryForList(
                        """
                        SELECT no FROM evidence_checkpoint
                         WHERE kind = 'CHECKPOINT' AND published_at IS NOT NULL AND chain_no > :chainNo ORDER BY no LIMIT 1
                        """,
                        with("chainNo", chainNo),
                        Long.class)
                .stream()
                .findFirst();
    }

    void insert(Checkpoint checkpoint) {
        var hex = HexFormat.of();
        database.sql()
                .update(
                        """
                        INSERT INTO evidence_checkpoint (no, kind, at, chain_no, hash, pruned_to, pruned_hash, files_from, sha256, file)
                        VALUES (:no, :kind, :at, :chainNo, :hash, :prunedTo, :prunedHash, :filesFrom, :sha256, :file)
                        """,
                        with("no", checkpoint.no())
                                .addValue("kind", checkpoint.kind().toUpperCase(Locale.ROOT))
                                .addValue("at", time(checkpoint.at()))
                                .addValue("chainNo", checkpoint.chainNo())
                                .addValue("hash", hex.parseHex(checkpoint.hash()))
                                .addValue("prunedTo", checkpoint.prunedTo())
                                .addValue("prunedHash", hex.parseHex(checkpoint.prunedHash()))
                                .addValue("filesFrom", checkpoint.filesFrom())
                                .addValue("sha256", hex.parseHex(checkpoint.sha256()))
                                .addValue("file", checkpoint.file()));
    }

    void published(long no) {
        database.sql()
                .update(
                        "UPDATE evidence_checkpoint SET published_at = clock_timestamp() WHERE no = :no AND published_at IS NULL",
                        with("no", no));
    }

    /** Rows whose files nobody needs any more. */
    void forget(long before) {
        database.sql().update("DELETE FROM evidence_checkpoint WHERE no < :before", with("before", before));
    }

    private Optional<Row> one(String sql) {
        return database.sql().query(sql, new EmptySqlParameterSource(), (row, n) -> Row.of(row)).stream()
                .findFirst();
    }
}
