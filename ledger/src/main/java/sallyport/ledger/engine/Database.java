package sallyport.ledger.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Short transactions on PostgreSQL, at read committed, with a time limit: a step that hangs gives its connection back and the
 * caller sees an exception.
 */
final class Database {

    /** Longer than any batch takes on a busy machine, shorter than the shortest lease. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final NamedParameterJdbcTemplate sql;
    private final TransactionTemplate transactions;

    Database(DataSource dataSource) {
        this(dataSource, LIMIT);
    }

    private Database(DataSource dataSource, Duration limit) {
        sql = new NamedParameterJdbcTemplate(dataSource);
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transactions.setTimeout((int) limit.toSeconds());
    }

    /** The same, for transactions that may last as long as this: they hold a connection and what they wrote for so long. */
    Database lasting(Duration limit) {
        return new Database(Objects.requireNonNull(sql.getJdbcTemplate().getDataSource()), limit);
    }

    NamedParameterJdbcTemplate sql() {
        return sql;
    }

    /** Commits what {@code body} wrote, or nothing when it throws. */
    <T> T inTransaction(Supplier<T> body) {
        T result = transactions.execute(status -> body.get());
        if (result == null) {
            throw new IllegalStateException("a transaction must say what it did");
        }
        return result;
    }

    /** As {@link #inTransaction}, and once more from the start when another transaction was in the way. */
    <T> T inTransactionAgain(Supplier<T> body) {
        for (int left = 5; ; left--) {
            try {
                return inTransaction(body);
            } catch (RuntimeException e) {
                if (left == 0 || Faults.meaning(e) != Faults.Meaning.AGAIN) {
                    throw e;
                }
            }
        }
    }

    /** Whether there is a database that can do anything at all. */
    boolean answers() {
        try {
            sql.getJdbcOperations().execute("SELECT 1");
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Runs one statement for each row, in order, in few round trips. */
    <R> int[] forEach(String statement, List<R> rows, Function<R, MapSqlParameterSource> parameters) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        return sql.batchUpdate(statement, rows.stream().map(parameters).toArray(MapSqlParameterSource[]::new));
    }

    /** Runs one statement for all rows at once; returns how many it changed. */
    int forAll(String statement, Unnested<?> rows) {
        return rows.isEmpty() ? 0 : sql.update(statement, rows.values());
    }

    static MapSqlParameterSource with(String name, @Nullable Object value) {
        return new MapSqlParameterSource(name, value);
    }

    /** The driver takes no {@link Instant}. */
    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Long[] longs(Collection<Long> values) {
        return values.toArray(Long[]::new);
    }

    static String[] texts(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
