package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.maybeInstant;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import sallyport.ledger.SourceKey;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;

/**
 * The account of a day's incident reports: each report in exactly one place, against the source's own list. A report counts for the
 * prison and day of its latest version, and for the force of its case, or else for the one that the table names for its prison.
 */
public final class Accounting {

    /** Records listed by name when an account does not come out even. */
    public static final int MOST_NAMED = 200;

    /**
     * One row per report of the day, held here or listed there.
     *
     * <p>Parked is what stands still on its way: no case yet and its fetch or triage parked, or a case in progress whose package or
     * delivery is. What stops later, a supplement say, is counted where its case stands.
     */
    private static final String REPORTS =
            """
            WITH by_table AS (
              SELECT prison, force FROM unnest(string_to_array(:tablePrisons, ','), string_to_array(:tableForces, ','))
                AS t(prison, force)),
            list AS (
              SELECT d.prison, d.listed_at, d.ids FROM source_day d
               WHERE d.system = :system AND d.day = :day AND (:prison::text IS NULL OR d.prison = :prison)),
            listed AS (
              SELECT list.prison, list.listed_at, i.record_id FROM list CROSS JOIN LATERAL unnest(list.ids) AS i(record_id)),
            held AS (
              SELECT r.id, r.record_id, r.prison, r.gone_at, r.latest_version, r.disposition FROM source_record r
               WHERE r.system = :system AND r.occurred_on = :day AND (:prison::text IS NULL OR r.prison = :prison)),
            matched AS (
              SELECT coalesce(h.prison, l.prison) AS prison, coalesce(h.record_id, l.record_id) AS record_id,
                     l.record_id IS NOT NULL AS is_listed, h.id IS NOT NULL AS is_of_the_day, h.id
                FROM listed l FULL JOIN held h ON h.record_id = l.record_id AND h.prison = l.prison),
            placed AS (
              SELECT b.prison, b.record_id, b.is_listed, list.listed_at, r.gone_at, v.fetched_at, r.disposition, c.state,
                     coalesce(c.force, t.force) AS force,
                     -- One that cannot be read has neither prison nor day of its own.
                     (b.is_of_the_day OR r.prison IS NULL) AND v.id IS NOT NULL AND r.gone_at IS NULL AS is_here,
                     EXISTS (SELECT 1 FROM work w
                              WHERE w.step IN ('incident-fetch', 'triage') AND w.key = b.record_id
                                AND w.parked_kind IS NOT NULL) AS is_stuck,
                     c.id IS NOT NULL AND c.state = 'IN_PROGRESS'
                     AND (EXISTS (SELECT 1 FROM lane_case lc
                                   WHERE lc.case_id = c.id AND lc.parked_reason IS NOT NULL AND lc.lane LIKE 'force:%%')
                          OR EXISTS (SELECT 1 FROM work w
                                      WHERE w.step = 'assembly' AND w.key = c.reference AND w.parked_kind IS NOT NULL))
                     AS is_case_stuck
                FROM matched b
                LEFT JOIN list ON list.prison = b.prison
                LEFT JOIN source_record r ON r.system = :system AND r.record_id = b.record_id
                LEFT JOIN source_version v ON v.id = r.latest_version
                LEFT JOIN case_record cr ON cr.record = r.id
                LEFT JOIN referral_case c ON c.id = cr.case_id
                LEFT JOIN by_table t ON t.prison = b.prison),
            report AS (
              SELECT e.prison, e.force, e.record_id, e.listed_at, e.is_listed,
                     CASE WHEN NOT e.is_here THEN CASE WHEN e.is_listed AND e.gone_at IS NULL AND e.is_stuck THEN 'PARKED' END
                          WHEN e.state IS NULL AND e.is_stuck THEN 'PARKED'
                          WHEN e.state IS NULL AND e.disposition IN ('WATCHED', 'WITHDRAWN', 'NOT_REFERABLE')
                            THEN e.disposition
                          WHEN e.state IS NULL THEN 'IN_PROGRESS'
                          WHEN e.is_case_stuck THEN 'PARKED'
                          ELSE e.state END AS stands,
                     CASE WHEN e.listed_at IS NULL THEN NULL
                          WHEN e.is_here AND NOT e.is_listed
                            THEN CASE WHEN e.fetched_at > e.listed_at THEN 'NEW' ELSE 'MISSING_THERE' END
                          WHEN NOT e.is_here AND e.is_listed
                            THEN CASE WHEN e.gone_at > e.listed_at OR e.gone_at IS NULL AND e.fetched_at > e.listed_at THEN 'LEFT'
                                      WHEN e.gone_at IS NULL AND e.is_stuck THEN NULL
                                      ELSE 'MISSING_HERE' END
                     END AS difference
                FROM placed e
               WHERE (e.is_here OR e.is_listed)
                 AND (:force::text IS NULL OR e.force = :force)
                 AND %s)
            """
                    .formatted(Scope.covers("e"));

    private static final String LISTS =
            """
            WITH by_table AS (
              SELECT prison, force FROM unnest(string_to_array(:tablePrisons, ','), string_to_array(:tableForces, ','))
                AS t(prison, force)),
            e AS (
              SELECT d.prison, t.force FROM source_day d LEFT JOIN by_table t ON t.prison = d.prison
               WHERE d.system = :system AND d.day = :day AND (:prison::text IS NULL OR d.prison = :prison))
            SELECT count(DISTINCT e.prison) FROM e WHERE (:force::text IS NULL OR e.force = :force) AND %s
            """
                    .formatted(Scope.covers("e"));

    private final JdbcClient jdbc;

    public Accounting(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Where a report can stand, in the order of the account. */
    public enum Place {
        WATCHED,
        WITHDRAWN,
        NOT_REFERABLE,
        AWAITING_DECISION,
        KEPT_INTERNAL,
        IN_PROGRESS,
        DELIVERED,
        CLOSED,
        PARKED
    }

    /**
     * One prison's reports that go to one force.
     *
     * @param counts how many stand where; every place, 0 where there is none
     * @param listedAt when the source was last asked for its list; null when never
     * @param source how many the source listed; null when it was never asked
     * @param cameSince stored since the list was read, so not in it
     * @param leftSince in the list, and deleted or moved to another day since
     * @param missingHere in the list and not in the ledger
     * @param missingThere in the ledger and not in the list
     * @param difference what must be zero: the places together against the source's own count; null when the source was never asked
     */
    public record Account(
            String prison,
            @Nullable String force,
            Map<Place, Long> counts,
            long total,
            @Nullable Instant listedAt,
            @Nullable Long source,
            long cameSince,
            long leftSince,
            long missingHere,
            long missingThere,
            @Nullable Long difference) {

        /** Uneven also where one is missing here and another there, which makes a difference of zero. */
        public Standing standing() {
            if (missingHere > 0 || missingThere > 0) {
                return Standing.UNEVEN;
            }
            return listedAt == null ? Standing.UNKNOWN : Standing.EVEN;
        }
    }

    /** What an account shows; UNKNOWN where the source's list is still to be read, since then nothing was compared. */
    public enum Standing {
        EVEN,
        UNKNOWN,
        UNEVEN
    }

    /** A report by its id. {@code what} is MISSING_HERE or MISSING_THERE. */
    public record Missing(String prison, @Nullable String force, String recordId, String what) {}

    /**
     * A day's account.
     *
     * @param lists prisons whose own list of the day was read, an empty one too
     * @param missing at most {@value #MOST_NAMED}, by prison
     */
    public record Day(LocalDate day, long lists, List<Account> accounts, List<Missing> missing) {

        public Day {
            accounts = List.copyOf(accounts);
            missing = List.copyOf(missing);
        }

        /** That of the worst account; unknown while no list at all was read. */
        public Standing standing() {
            return accounts.stream()
                    .map(Account::standing)
                    .reduce(
                            lists == 0 ? Standing.UNKNOWN : Standing.EVEN,
                            (one, other) -> one.compareTo(other) > 0 ? one : other);
        }

        public long total() {
            return accounts.stream().mapToLong(Account::total).sum();
        }
    }

    /**
     * @param prison null for all
     * @param force null for all
     */
    public Day day(LocalDate day, @Nullable String prison, @Nullable String force, Scope scope) {
        String counts = String.join(
                ", ",
                Arrays.stream(Place.values())
                        .map(place -> "count(*) FILTER (WHERE stands = '%1$s') AS %1$s".formatted(place))
                        .toList());
        List<Account> accounts = bound(
                        REPORTS
                                + "SELECT prison, force, " + counts
                                + """
                                , count(stands) AS total, max(listed_at) AS listed_at, count(*) FILTER (WHERE is_listed) AS source,
                                       count(*) FILTER (WHERE difference = 'NEW') AS came,
                                       count(*) FILTER (WHERE difference = 'LEFT') AS went,
                                       count(*) FILTER (WHERE difference = 'MISSING_HERE') AS missing_here,
                                       count(*) FILTER (WHERE difference = 'MISSING_THERE') AS missing_there
                                  FROM report GROUP BY prison, force ORDER BY prison, force NULLS FIRST
                                """,
                        day,
                        prison,
                        force,
                        scope)
                .query((rs, n) -> {
                    Map<Place, Long> standing = new TreeMap<>();
                    for (Place place : Place.values()) {
                        standing.put(place, rs.getLong(place.name()));
                    }
                    Instant listedAt = maybeInstant(rs, "listed_at");
                    Long source = listedAt == null ? null : rs.getLong("source");
                    long total = rs.getLong("total");
                    long came = rs.getLong("came");
                    long went = rs.getLong("went");
                    return new Account(
                            rs.getString("prison"),
                            rs.getString("force"),
                            standing,
                            total,
                            listedAt,
                            source,
                            came,
                            went,
                            rs.getLong("missing_here"),
                            rs.getLong("missing_there"),
                            source == null ? null : total - (source + came - went));
                })
                .list();
        boolean uneven = accounts.stream().anyMatch(account -> account.standing() == Standing.UNEVEN);
        return new Day(
                day,
                bound(LISTS, day, prison, force, scope).query(Long.class).single(),
                accounts,
                uneven ? missing(day, prison, force, scope) : List.of());
    }

    private List<Missing> missing(LocalDate day, @Nullable String prison, @Nullable String force, Scope scope) {
        return bound(
                        REPORTS
                                + """
                                SELECT prison, force, record_id, difference FROM report
                                 WHERE difference IN ('MISSING_HERE', 'MISSING_THERE')
                                 ORDER BY prison, difference, record_id LIMIT %d
                                """
                                        .formatted(MOST_NAMED),
                        day,
                        prison,
                        force,
                        scope)
                .query((rs, n) -> new Missing(
                        rs.getString("prison"),
                        rs.getString("force"),
                        rs.getString("record_id"),
                        rs.getString("difference")))
                .list();
    }

    private StatementSpec bound(
            String sql, LocalDate day, @Nullable String prison, @Nullable String force, Scope scope) {
        List<PrisonForce> table = List.copyOf(PrisonForces.all());
        return scope.bind(jdbc.sql(sql))
                .param("system", SourceKey.INCIDENTS)
                .param("day", day)
                .param("prison", prison)
                .param("force", force)
                .param(
                        "tablePrisons",
                        String.join(
                                ",", table.stream().map(PrisonForce::prisonId).toList()))
                .param(
                        "tableForces",
                        String.join(
                                ",",
                                table.stream().map(each -> each.force().value()).toList()));
    }
}
