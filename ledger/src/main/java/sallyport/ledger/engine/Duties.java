package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * What one node at a time does for all nodes: chaining the evidence log, purging, looking for silence. A duty is held by lease, so
 * that it stays with one node while that node lives, and done inside the transaction that holds its row, so that a node that froze
 * and lost it writes nothing when it thaws.
 */
public final class Duties {

    /** Looked for first: ON CONFLICT by itself waits for whoever holds the row. */
    private static final String ENSURE =
            """
            INSERT INTO duty (name, holder, fence, until)
            SELECT :name, '', 0, '-infinity' WHERE NOT EXISTS (SELECT 1 FROM duty WHERE name = :name)
            ON CONFLICT DO NOTHING
            """;

    /** A row that another node's transaction holds is that node's: no waiting for one that may be frozen. */
    private static final String TAKE =
            """
            UPDATE duty
               SET fence = fence + CASE WHEN holder = :holder THEN 0 ELSE 1 END, holder = :holder,
                   until = clock_timestamp() + make_interval(secs => :lease)
             WHERE name = (SELECT name FROM duty
                            WHERE name = :name AND (holder = :holder OR until <= clock_timestamp())
                              FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING fence
            """;

    private final Database database;
    /** Of this life of this process: one that is started again under the same name is somebody else. */
    private final String holder;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Duties(Database database, String node) {
        this(node + "/" + UUID.randomUUID(), database);
    }

    private Duties(String holder, Database database) {
        this.holder = holder;
        this.database = database;
    }

    /** The same holder, in transactions that may last longer. */
    Duties lasting(Duration limit) {
        return new Duties(holder, database.lasting(limit));
    }

    /**
     * Does it now, in one transaction, if this node holds the duty or may take it over; empty when another node has it.
     *
     * @param lease for how long nobody else may take it over; longer than the time between two calls
     * @param work gets the fence, which counts up whenever the duty changes hands
     */
    public <T> Optional<T> inTurn(String name, Duration lease, LongFunction<T> work) {
        var parameters = with("name", name).addValue("holder", holder).addValue("lease", seconds(lease));
        if (!known.contains(name)) {
            // By itself: a row not yet committed by a node that froze would make everybody wait.
            database.sql().update(ENSURE, parameters);
            known.add(name);
        }
        return database.inTransaction(() -> database.sql().queryForList(TAKE, parameters, Long.class).stream()
                .findFirst()
                .map(work::apply));
    }
}
