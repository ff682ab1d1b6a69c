package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people were told of, within a scope: what is about no force is for those who see everything. */
public final class Alerts {

    private final JdbcClient jdbc;

    public Alerts(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * @param kind LANE, CAUSE, EVIDENCE, RECEIPTS, DECISIONS, DECISIONS_SOON
     * @param subject what it is about
     * @param what in words
     * @param todo what to do
     * @param count how many things it is about
     * @param clearedAt null while it is open
     */
    public record Alert(
            long id,
            String kind,
            String subject,
            String what,
            String todo,
            long count,
            Instant openedAt,
            @Nullable Instant clearedAt) {}

    /** The newest first. */
    public List<Alert> open(Scope scope) {
        return found("a.state IN ('OPEN', 'FALLING')", scope, 200);
    }

    /** Open and cleared, the newest first. */
    public List<Alert> latest(Scope scope, int most) {
        return found("a.opened_at IS NOT NULL", scope, most);
    }

    private List<Alert> found(String condition, Scope scope, int most) {
        return jdbc.sql(
                        """
                        SELECT a.id, a.kind, a.subject, a.what, a.todo, a.count, a.opened_at, a.cleared_at
                          FROM alert a
                         WHERE %s AND (:all OR a.force = ANY(string_to_array(:forces, ',')))
                         ORDER BY a.opened_at DESC, a.id DESC LIMIT :most
                        """
                                .formatted(condition))
                .param("all", scope.seesEverything())
                .param("forces", String.join(",", scope.forces()))
                .param("most", most)
                .query((rs, n) -> new Alert(
                        rs.getLong("id"),
                        rs.getString("kind"),
                        rs.getString("subject"),
                        rs.getString("what"),
                        rs.getString("todo"),
                        rs.getLong("count"),
                        instant(rs, "opened_at"),
                        maybeInstant(rs, "cleared_at")))
                .list();
    }
}
