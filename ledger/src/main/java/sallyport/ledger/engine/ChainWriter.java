package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.with;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.FaultPoint;
import sallyport.mappings.canonical.Sha256;

/**
 * Chains the evidence log: {@code hash = SHA-256(previous hash, canonical bytes of the entry)}, the first previous hash being 32
 * zero bytes. One writer at a time on all nodes, by lease. Entries that commit late get a
 * later number than their id suggests; the chain's order is that of {@code chain_no}.
 */
final class ChainWriter {

    private static final String DUTY = "chain";
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final int MOST = 1000;

    private static final String UNCHAINED =
            """
            SELECT id, at, kind, case_reference, subject, actor, reason, recipient, payload_sha256, mapping_version,
                   rule_version, detail
              FROM evidence WHERE chain_no IS NULL ORDER BY id LIMIT :most
            """;

    /** Seconds since the first entry that is not chained yet was written; null when all are. */
    static final String LAG =
            "(SELECT extract(epoch FROM clock_timestamp() - at)::float8 FROM evidence WHERE chain_no IS NULL ORDER BY id LIMIT 1)";

    private static final String CHAINED =
            """
            UPDATE evidence e SET chain_no = l.no, previous_hash = l.previous, hash = l.hash
              FROM unnest(:ids::bigint[], :nos::bigint[], :previous::bytea[], :hashes::bytea[]) AS l(id, no, previous, hash)
             WHERE e.id = l.id
            """;

    private final Database database;
    private final Duties duties;
    private final LedgerMetrics metrics;

    ChainWriter(Database database, Duties duties, LedgerMetrics metrics) {
        this.database = database;
        this.duties = duties;
        this.metrics = metrics;
    }

    /** Chains what there is; returns how many entries, 0 when there was nothing or another node is at it. */
    int chain() {
        int all = 0;
        int some;
        do {
            some = duties.inTurn(DUTY, LEASE, fence -> some()).orElse(0);
            all += some;
        } while (some == MOST);
        Double lag = database.sql()
                .queryForObject(
                        "SELECT coalesce(" + LAG + ", 0)",
                        new org.springframework.jdbc.core.namedparam.EmptySqlParameterSource(),
                        Double.class);
        metrics.chainLag(lag == null ? 0 : lag);
        return all;
    }

    private int some() {
        var entries = database.sql().query(UNCHAINED, with("most", MOST), (row, n) -> Entry.of(row));
        if (entries.isEmpty()) {
            return 0;
        }
        Link last = last();
        var links = new ArrayList<Link>();
        for (Entry entry : entries) {
            last = new Link(entry.id, last.no + 1, last.hash, Sha256.of(last.hash, entry.canonical));
            links.add(last);
        }
        database.sql()
                .update(
                        CHAINED,
                        with("ids", longs(links.stream().map(Link::id).toList()))
                                .addValue(
                                        "nos",
                                        longs(links.stream().map(Link::no).toList()))
                                .addValue(
                                        "previous",
                                        links.stream().map(Link::previous).toArray(byte[][]::new))
                                .addValue(
                                        "hashes", links.stream().map(Link::hash).toArray(byte[][]::new)));
        FaultPoint.CHAIN_WRITTEN.reached();
        return links.size();
    }

    private Link last() {
        List<Link> last = database.sql()
                .query(
                        """
                        SELECT id, chain_no, previous_hash, hash FROM evidence
                         WHERE chain_no IS NOT NULL ORDER BY chain_no DESC LIMIT 1
                        """,
                        (row, n) -> new Link(
                                row.getLong("id"),
                                row.getLong("chain_no"),
                                row.getBytes("previous_hash"),
                                row.getBytes("hash")));
        return last.isEmpty() ? pruned() : last.get(0);
    }

    /** Where all entries are cut off the chain goes on from what the last of them was. */
    private Link pruned() {
        return database
                .sql()
                .query(
                        """
                        SELECT pruned_to, pruned_hash FROM evidence_checkpoint
                         WHERE kind = 'PRUNED' AND published_at IS NOT NULL ORDER BY no DESC LIMIT 1
                        """,
                        (row, n) -> new Link(0, row.getLong("pruned_to"), new byte[32], row.getBytes("pruned_hash")))
                .stream()
                .findFirst()
                .orElseGet(() -> new Link(0, 0, new byte[32], new byte[32]));
    }

    private record Link(long id, long no, byte[] previous, byte[] hash) {}

    private record Entry(long id, byte[] canonical) {

        static Entry of(ResultSet row) throws SQLException {
            return new Entry(row.getLong("id"), ChainWriter.canonical(row));
        }
    }

    /**
     * The bytes that are hashed: id (8 bytes), time in microseconds since 1970 (8 bytes), then each column in the order of the
     * table as a length (4 bytes, -1 for null) and its bytes, text in UTF-8.
     */
    static byte[] canonical(ResultSet row) throws SQLException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(row.getLong("id"));
            Instant at = CaseRows.known(row, "at");
            out.writeLong(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000));
            for (String column : List.of("kind", "case_reference", "subject", "actor", "reason", "recipient")) {
                write(out, text(row, column));
            }
            write(out, row.getBytes("payload_sha256"));
            for (String column : List.of("mapping_version", "rule_version", "detail")) {
                write(out, text(row, column));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte @Nullable [] text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
