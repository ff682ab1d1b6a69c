package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;

/** The establishments of the prison register beside the force of each, and what does not fit. Within a scope. */
public final class Establishments {

    private static final String LIST =
            """
            WITH places AS (
              SELECT coalesce(e.prison, t.prison) AS prison, t.force, e.name, e.active, e.contracted, e.types, e.operators, e.addresses,
                     e.seen_at, e.gone_at
                FROM establishment e
                FULL JOIN unnest(string_to_array(:tablePrisons, ','), string_to_array(:tableForces, ',')) AS t(prison, force)
                  ON t.prison = e.prison)
            SELECT p.*,
                   (SELECT count(*) FROM referral_case c WHERE c.prison = p.prison
                       AND c.state NOT IN ('CLOSED', 'WITHDRAWN', 'KEPT_INTERNAL')) AS open_cases,
                   ARRAY(SELECT k.detail FROM task k WHERE k.kind = 'REGISTER' AND k.prison = p.prison AND k.closed_at IS NULL
                          ORDER BY k.subject) AS differences
              FROM places p WHERE %s ORDER BY p.prison
            """
                    .formatted(Scope.covers("p"));

    private final JdbcClient jdbc;

    Establishments(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * One establishment.
     *
     * @param name by the register; by the table of prisons and forces where the register does not have it
     * @param registered whether the register has it now
     * @param active null where the register never had it
     * @param force PNC code; null where the table has no row
     * @param forceCertain false where a person confirms the force for each case
     * @param nearBoundary whether the force hangs on the postcode
     * @param differences open work items about it, in words
     * @param seenAt when the register last had it
     */
    public record Establishment(
            String prison,
            String name,
            boolean registered,
            @Nullable Boolean active,
            boolean contracted,
            List<String> types,
            List<String> operators,
            List<String> addresses,
            @Nullable String force,
            @Nullable String forceName,
            boolean forceCertain,
            boolean nearBoundary,
            long openCases,
            List<String> differences,
            @Nullable Instant seenAt) {}

    /** By id. */
    public List<Establishment> list(Scope scope) {
        List<PrisonForce> table = List.copyOf(PrisonForces.all());
        return scope.bind(jdbc.sql(LIST))
                .param(
                        "tablePrisons",
                        String.join(
                                ",", table.stream().map(PrisonForce::prisonId).toList()))
                .param(
                        "tableForces",
                        String.join(
                                ",",
                                table.stream().map(each -> each.force().value()).toList()))
                .query((rs, n) -> establishment(rs))
                .list();
    }

    private static Establishment establishment(ResultSet rs) throws SQLException {
        String prison = rs.getString("prison");
        @Nullable PrisonForce row = PrisonForces.suggestion(prison).orElse(null);
        String name = rs.getString("name");
        return new Establishment(
                prison,
                name != null ? name : row != null ? row.prisonName() : prison,
                name != null && maybeInstant(rs, "gone_at") == null,
                (Boolean) rs.getObject("active"),
                rs.getBoolean("contracted"),
                texts(rs, "types"),
                texts(rs, "operators"),
                texts(rs, "addresses"),
                row == null ? null : row.force().value(),
                row == null ? null : row.forceName(),
                row != null && row.certain(),
                row != null && row.boundary(),
                rs.getLong("open_cases"),
                texts(rs, "differences"),
                name == null ? null : instant(rs, "seen_at"));
    }

    private static List<String> texts(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
