package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.Rung;

/** What is awaited of each force, and what is overdue, within a scope. */
public final class Ladders {

    private final JdbcClient jdbc;

    public Ladders(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * What one force owes.
     *
     * @param waiting rungs in time
     * @param warned rungs soon due
     * @param overdue rungs not given in time
     */
    public record Force(String force, long waiting, long warned, long overdue) {}

    /** One rung that did not come in time. */
    public record Overdue(
            String caseReference,
            String lane,
            int packageVersion,
            Rung rung,
            String owner,
            Instant startedAt,
            Instant overdueAt) {}

    /** The most overdue first. */
    public List<Force> forces(Scope scope) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT substr(k.lane, strpos(k.lane, ':') + 1) AS force,
                               count(*) FILTER (WHERE k.state = 'WAITING') AS waiting,
                               count(*) FILTER (WHERE k.state = 'WARNED') AS warned,
                               count(*) FILTER (WHERE k.state = 'OVERDUE') AS overdue
                          FROM receipt_clock k JOIN referral_case c ON c.id = k.case_id
                         WHERE k.ended_at IS NULL AND %s
                         GROUP BY k.lane ORDER BY overdue DESC, warned DESC, k.lane
                        """
                                .formatted(Scope.covers("c"))))
                .query((rs, n) -> new Force(
                        rs.getString("force"), rs.getLong("waiting"), rs.getLong("warned"), rs.getLong("overdue")))
                .list();
    }

    /** The longest overdue first. */
    public List<Overdue> overdue(Scope scope, int most) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT c.reference, k.lane, k.package_version, k.rung, k.owner, k.started_at, k.overdue_at
                          FROM receipt_clock k JOIN referral_case c ON c.id = k.case_id
                         WHERE k.ended_at IS NULL AND k.state = 'OVERDUE' AND %s
                         ORDER BY k.overdue_at, k.id LIMIT :most
                        """
                                .formatted(Scope.covers("c"))))
                .param("most", most)
                .query((rs, n) -> new Overdue(
                        rs.getString("reference"),
                        rs.getString("lane"),
                        rs.getInt("package_version"),
                        Rung.valueOf(rs.getString("rung")),
                        rs.getString("owner"),
                        instant(rs, "started_at"),
                        instant(rs, "overdue_at")))
                .list();
    }
}
