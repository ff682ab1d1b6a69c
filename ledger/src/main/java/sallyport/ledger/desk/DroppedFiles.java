package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.hex;
import static sallyport.ledger.desk.Columns.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of the files that were dropped. They are about no case, so only whoever sees everything sees them. */
public final class DroppedFiles {

    /** Rows on one page. */
    public static final int MAX_SIZE = 100;

    private static final String ROWS = " FROM dropped_file WHERE :all AND (:state::text IS NULL OR state = :state)";

    private final JdbcClient jdbc;

    DroppedFiles(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** What became of one. */
    public enum State {
        TAKEN,
        /** All of it but what is named. */
        PARTLY,
        /** Nothing of it. */
        REFUSED
    }

    /**
     * One file.
     *
     * @param sha256 of its bytes; the digits in its name in {@code done} or {@code rejected} are the first of these
     * @param why what was not taken and why, one line each, never a value
     */
    public record Row(String feed, String sha256, long size, State state, List<String> why, Instant at) {}

    /**
     * The latest first.
     *
     * @throws IllegalArgumentException when a bound is broken
     */
    public Page<Row> latest(@Nullable State state, Scope scope, int page, int size) {
        if (page < 0 || size < 1 || size > MAX_SIZE || (long) page * size > CaseQuery.MAX_OFFSET) {
            throw new IllegalArgumentException("page or size out of bounds");
        }
        long total =
                bound("SELECT count(*)" + ROWS, state, scope).query(Long.class).single();
        List<Row> rows = bound(
                        "SELECT *" + ROWS + " ORDER BY at DESC, id DESC LIMIT :size OFFSET :offset", state, scope)
                .param("size", size)
                .param("offset", (long) page * size)
                .query((rs, n) -> row(rs))
                .list();
        return new Page<>(rows, page, size, total);
    }

    private JdbcClient.StatementSpec bound(String sql, @Nullable State state, Scope scope) {
        return jdbc.sql(sql).param("all", scope.seesEverything()).param("state", state == null ? null : state.name());
    }

    private static Row row(ResultSet rs) throws SQLException {
        return new Row(
                rs.getString("feed"),
                hex(rs, "sha256"),
                rs.getLong("size"),
                State.valueOf(rs.getString("state")),
                rs.getString("why").lines().toList(),
                instant(rs, "at"));
    }
}
