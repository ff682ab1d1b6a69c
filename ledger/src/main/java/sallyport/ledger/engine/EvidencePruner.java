package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.EvidencePruning;

/** First the statement, published; then the entries, oldest first, in transactions of their own. */
final class EvidencePruner implements EvidencePruning {

    private static final Logger log = LoggerFactory.getLogger(EvidencePruner.class);

    /** How far one statement goes at most, and how many entries one transaction removes. */
    private static final long MOST = 200_000;

    private static final int BATCH = 2_000;

    private static final String REMOVE =
            """
            DELETE FROM evidence WHERE id IN (
              SELECT id FROM evidence WHERE chain_no <= :to ORDER BY chain_no LIMIT :most)
            """;

    private static final String HASH_OF = "SELECT hash FROM evidence WHERE chain_no = :no";

    private final Database database;
    private final CheckpointWriter checkpoints;
    private final CheckpointRows rows;

    EvidencePruner(Database database, CheckpointWriter checkpoints) {
        this.database = database;
        this.checkpoints = checkpoints;
        this.rows = checkpoints.rows();
    }

    @Override
    public synchronized long pruneTo(Instant before) {
        checkpoints.publishPending();
        long removed = removeStated();
        Optional<Long> to = next(before);
        while (to.isPresent()) {
            checkpoints.pruned(to.get(), hashOf(to.get()), before);
            removed += removeStated();
            to = next(before);
        }
        if (removed > 0) {
            log.info("evidence log: {} entries cut off for retention", removed);
        }
        return removed;
    }

    /** The last entry before the first that is not older; empty when there is none to cut off. */
    private Optional<Long> next(Instant before) {
        long signed = rows.lastPublished(Checkpoint.CHECKPOINT)
                .map(CheckpointRows.Row::chainNo)
                .orElse(0L);
        long pruned = prunedTo();
        long limit = Math.min(signed, pruned + MOST);
        Long firstKept = database
                .sql()
                .queryForList(
                        """
                        SELECT chain_no FROM evidence
                         WHERE chain_no > :pruned AND chain_no <= :limit AND at >= least(:before, clock_timestamp())
                         ORDER BY chain_no LIMIT 1
                        """,
                        with("pruned", pruned).addValue("limit", limit).addValue("before", time(before)),
                        Long.class)
                .stream()
                .findFirst()
                .orElse(limit + 1);
        return firstKept - 1 > pruned ? Optional.of(firstKept - 1) : Optional.empty();
    }

    private long prunedTo() {
        return rows.lastPublished(Checkpoint.PRUNED)
                .map(CheckpointRows.Row::prunedTo)
                .orElse(0L);
    }

    private String hashOf(long no) {
        byte[] hash = database.sql().queryForList(HASH_OF, with("no", no), byte[].class).stream()
                .findFirst()
                .orElseThrow(
                        () -> new CheckpointTrouble("entry " + no + " of the evidence log is missing: see verify"));
        return HexFormat.of().formatHex(hash);
    }

    private long removeStated() {
        Optional<CheckpointRows.Row> statement = rows.lastPublished(Checkpoint.PRUNED);
        if (statement.isEmpty()) {
            return 0;
        }
        long all = 0;
        int some;
        do {
            var parameters = with("to", statement.get().prunedTo()).addValue("most", BATCH);
            some = database.inTransaction(() -> database.sql().update(REMOVE, parameters));
            all += some;
        } while (some == BATCH);
        rows.forget(statement.get().filesFrom());
        return all;
    }
}
