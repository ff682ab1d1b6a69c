package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Failures grouped by what they have in common: fixed as one, and released as one. Within a scope. */
public final class Causes {

    /** More causes than this are no overview any more; the largest are shown. */
    public static final int MOST = 200;

    private static final Pattern OF = Pattern.compile("[a-z][a-z0-9-]{0,39}(?::[A-Za-z0-9-]{1,40})?");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,59}");
    private static final Pattern KIND = Pattern.compile("REJECTED|UNAVAILABLE|UNKNOWN|DEFECT");

    private final JdbcClient jdbc;

    public Causes(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * What a cause is told apart by.
     *
     * @param of a lane, such as {@code force:46}, or a step inside the hub
     * @param kind REJECTED, UNAVAILABLE, UNKNOWN, DEFECT
     * @param code a stable word
     */
    public record Key(String of, String kind, String code) {

        /** @throws IllegalArgumentException when this cannot be a cause */
        public Key {
            if (!OF.matcher(of).matches()
                    || !KIND.matcher(kind).matches()
                    || !CODE.matcher(code).matches()) {
                throw new IllegalArgumentException("not a cause");
            }
        }

        /** Whether each of its failures may have arrived, so that a person settles them one by one. */
        public boolean mayHaveArrived() {
            return kind.equals("UNKNOWN") && sends();
        }

        /** Whether it is about sending to somebody; else it is work inside the hub. */
        public boolean sends() {
            return of.contains(":") || of.equals("tracker");
        }
    }

    /**
     * One cause.
     *
     * @param parked stopped until a person acts
     * @param failing waiting for their next try by themselves
     * @param queued not tried yet, waiting in the same lane
     * @param cases how many cases it is about
     * @param first when the first of those that still fail began to
     * @param last when one of them failed last
     * @param what the cause in words
     * @param todo what to do
     * @param detail what the latest of them said
     */
    public record Cause(
            String of,
            String kind,
            String code,
            long parked,
            long failing,
            long queued,
            long cases,
            Instant first,
            Instant last,
            String what,
            String todo,
            @Nullable String detail) {

        public Key key() {
            return new Key(of, kind, code);
        }

        public long count() {
            return parked + failing;
        }
    }

    /**
     * One of a cause's failures.
     *
     * @param what {@code work/<id>} or {@code lane/<id>}
     * @param where the field, for REJECTED
     */
    public record One(
            String what,
            @Nullable String caseReference,
            boolean parked,
            @Nullable String where,
            @Nullable String detail,
            Instant since) {}

    /** The largest first. */
    public List<Cause> all(Scope scope) {
        return found(scope, null);
    }

    /** Empty when nothing within the scope fails by it any more. */
    public Optional<Cause> one(Key key, Scope scope) {
        return found(scope, key).stream().findFirst();
    }

    private List<Cause> found(Scope scope, @Nullable Key key) {
        return scope.bind(jdbc.sql(FailureSql.WITH_FAILURES
                        + """
                        , causes AS (
                          SELECT f.of, f.kind, f.code, count(*) FILTER (WHERE f.parked) AS parked,
                                 count(*) FILTER (WHERE NOT f.parked) AS failing, count(DISTINCT f.case_id) AS cases,
                                 min(f.since) AS first, max(f.latest) AS last,
                                 (array_agg(f.detail ORDER BY f.latest DESC, f.what)
                                    FILTER (WHERE f.detail IS NOT NULL))[1] AS detail
                            FROM failures f LEFT JOIN referral_case c ON c.id = f.case_id
                           WHERE %s AND (:code::text IS NULL OR (f.of = :of AND f.kind = :kind AND f.code = :code))
                           GROUP BY f.of, f.kind, f.code
                           ORDER BY count(*) DESC, min(f.since), f.of, f.kind, f.code LIMIT :most),
                        queues AS (
                          SELECT lc.lane, count(*) AS queued
                            FROM lane_case lc JOIN referral_case c ON c.id = lc.case_id
                           WHERE lc.lane IN (SELECT of FROM causes) AND lc.head_item IS NOT NULL
                             AND lc.parked_reason IS NULL AND lc.failing_since IS NULL AND %s
                           GROUP BY lc.lane)
                        SELECT x.*, coalesce(q.queued, 0) AS queued
                          FROM causes x LEFT JOIN queues q ON q.lane = x.of
                         ORDER BY x.parked + x.failing DESC, x.first, x.of, x.kind, x.code
                        """
                                .formatted(FailureSql.IN_SCOPE, Scope.covers("c"))))
                .param("of", key == null ? null : key.of())
                .param("kind", key == null ? null : key.kind())
                .param("code", key == null ? null : key.code())
                .param("most", MOST)
                .query(Causes::cause)
                .list();
    }

    private static Cause cause(ResultSet rs, int n) throws SQLException {
        String detail = rs.getString("detail");
        CauseWords.Words words = CauseWords.of(rs.getString("of"), rs.getString("kind"), rs.getString("code"), detail);
        return new Cause(
                rs.getString("of"),
                rs.getString("kind"),
                rs.getString("code"),
                rs.getLong("parked"),
                rs.getLong("failing"),
                rs.getLong("queued"),
                rs.getLong("cases"),
                instant(rs, "first"),
                instant(rs, "last"),
                words.what(),
                words.todo(),
                detail);
    }

    /** Its failures, parked first, the longest first. */
    public List<One> failures(Key key, Scope scope, int most) {
        return scope.bind(jdbc.sql(FailureSql.WITH_FAILURES
                        + """
                        SELECT f.*, c.reference FROM failures f LEFT JOIN referral_case c ON c.id = f.case_id
                         WHERE f.of = :of AND f.kind = :kind AND f.code = :code AND %s
                         ORDER BY f.parked DESC, f.since, f.what LIMIT :most
                        """
                                .formatted(FailureSql.IN_SCOPE)))
                .param("of", key.of())
                .param("kind", key.kind())
                .param("code", key.code())
                .param("most", most)
                .query((rs, n) -> new One(
                        rs.getString("what"),
                        rs.getString("reference"),
                        rs.getBoolean("parked"),
                        rs.getString("place"),
                        rs.getString("detail"),
                        instant(rs, "since")))
                .list();
    }
}
