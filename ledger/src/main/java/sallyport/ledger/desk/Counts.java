package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;
import static sallyport.ledger.desk.Columns.texts;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.CaseState;

/** What waits for people, and how much of it, within a scope; what is about no case is counted for those who see everything. */
public final class Counts {

    private final JdbcClient jdbc;
    private final Clock clock;

    public Counts(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /**
     * @param byState every state, 0 where there is none
     * @param overdue waiting for approval past their time
     * @param review cases at which a person must look again
     */
    public record Cases(Map<CaseState, Long> byState, long overdue, long review) {

        public long waiting() {
            return byState.getOrDefault(CaseState.AWAITING_DECISION, 0L);
        }
    }

    /**
     * Parked work and lanes with one cause between them.
     *
     * @param of the steps and lanes it is found in, at most five
     */
    public record Cause(String kind, @Nullable String code, long count, Instant since, List<String> of) {}

    /**
     * @param queued cases with something to send
     * @param parked cases stopped until a person acts
     * @param oldest when the oldest of the heads was promised
     */
    public record Lane(
            String name,
            String family,
            boolean suspended,
            @Nullable String suspendedBy,
            @Nullable String suspendedWhy,
            long queued,
            long parked,
            @Nullable Instant oldest) {}

    public Cases cases(Scope scope) {
        Map<CaseState, Long> byState = new EnumMap<>(CaseState.class);
        for (CaseState state : CaseState.values()) {
            byState.put(state, 0L);
        }
        long[] overdueAndReview = new long[2];
        scope.bind(jdbc.sql(
                        """
                        SELECT c.state, count(*) AS n, count(nullif(c.review_code, 'confirmed')) AS review,
                               count(*) FILTER (WHERE c.state = 'AWAITING_DECISION' AND c.decide_by < :now) AS overdue
                          FROM referral_case c WHERE %s GROUP BY c.state
                        """
                                .formatted(Scope.covers("c"))))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(rs -> {
                    byState.put(CaseState.valueOf(rs.getString("state")), rs.getLong("n"));
                    overdueAndReview[0] += rs.getLong("overdue");
                    overdueAndReview[1] += rs.getLong("review");
                });
        return new Cases(byState, overdueAndReview[0], overdueAndReview[1]);
    }

    /** The most frequent cause first. */
    public List<Cause> causes(Scope scope) {
        return scope.bind(jdbc.sql(ParkedSql.WITH_PARKED
                        + """
                        SELECT p.kind, p.code, count(*) AS n, min(p.since) AS since,
                               array_agg(DISTINCT p.of ORDER BY p.of) AS of
                          FROM parked p LEFT JOIN referral_case c ON c.id = p.case_id
                         WHERE %s GROUP BY p.kind, p.code ORDER BY n DESC, p.kind, p.code LIMIT 100
                        """
                                .formatted(ParkedSql.IN_SCOPE)))
                .query((rs, n) -> new Cause(
                        rs.getString("kind"),
                        rs.getString("code"),
                        rs.getLong("n"),
                        instant(rs, "since"),
                        texts(rs, "of").stream().limit(5).toList()))
                .list();
    }

    /** What is parked for one cause, the longest first; null code means those without one. */
    public List<Parked> parked(String kind, @Nullable String code, Scope scope, int most) {
        return scope.bind(jdbc.sql(ParkedSql.WITH_PARKED
                        + """
                        SELECT p.*, c.reference FROM parked p LEFT JOIN referral_case c ON c.id = p.case_id
                         WHERE p.kind = :kind AND p.code IS NOT DISTINCT FROM :code::text AND %s
                         ORDER BY p.since, p.what LIMIT :most
                        """
                                .formatted(ParkedSql.IN_SCOPE)))
                .param("kind", kind)
                .param("code", code)
                .param("most", most)
                .query(ParkedSql::row)
                .list();
    }

    /** Lanes with something queued or parked, or suspended. */
    public List<Lane> lanes(Scope scope) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT l.name, l.family, l.suspended, l.suspended_by, l.suspended_why,
                               coalesce(h.queued, 0) AS queued, coalesce(h.parked, 0) AS parked, h.oldest
                          FROM lane l
                          LEFT JOIN (
                            SELECT lc.lane, count(*) FILTER (WHERE lc.parked_reason IS NULL) AS queued,
                                   count(lc.parked_reason) AS parked, min(i.promised_at) AS oldest
                              FROM lane_case lc
                              JOIN lane_item i ON i.id = lc.head_item
                              JOIN referral_case c ON c.id = lc.case_id
                             WHERE lc.head_item IS NOT NULL AND %s
                             GROUP BY lc.lane) h ON h.lane = l.name
                         WHERE h.lane IS NOT NULL OR (l.suspended AND :scopeAll)
                         ORDER BY parked DESC, queued DESC, l.name
                        """
                                .formatted(Scope.covers("c"))))
                .query((rs, n) -> new Lane(
                        rs.getString("name"),
                        rs.getString("family"),
                        rs.getBoolean("suspended"),
                        rs.getString("suspended_by"),
                        rs.getString("suspended_why"),
                        rs.getLong("queued"),
                        rs.getLong("parked"),
                        maybeInstant(rs, "oldest")))
                .list();
    }
}
