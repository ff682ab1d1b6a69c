package sallyport.ledger.desk;

/**
 * What fails now, parked or waiting for its next try, each with its cause: where, which kind, which code. A code is a word of a
 * bounded list; one that is not is shown as {@code other}, so that causes stay few whatever a partner says.
 */
final class FailureSql {

    /**
     * {@code WITH … failures AS (…)}. What missed its deadline fails by what kept it, its own last failure or its lane's: the
     * deadline alone is no cause.
     */
    static final String WITH_FAILURES =
            """
            WITH held AS (
              SELECT id, lane, case_id, head_item, parked_reason, parked_code, parked_detail, parked_at, next_at,
                     failing_kind, failing_code, failing_detail, failing_since
                FROM lane_case WHERE parked_reason IS NOT NULL
              UNION ALL
              SELECT id, lane, case_id, head_item, NULL, NULL, NULL, NULL, next_at,
                     failing_kind, failing_code, failing_detail, failing_since
                FROM lane_case WHERE failing_since IS NOT NULL AND parked_reason IS NULL AND head_item IS NOT NULL),
            kept AS (
              SELECT DISTINCT ON (lane) lane, failing_code, failing_detail
                FROM held WHERE failing_since IS NOT NULL ORDER BY lane, failing_since DESC, id),
            work_case AS (
              SELECT w.id,
                     """
                    + ParkedSql.WORK_CASE
                    + """
                     AS case_id
                FROM work w WHERE w.parked_kind IS NOT NULL),
            failures AS (
              SELECT what, of, case_id, parked, kind, place, detail, since, latest,
                     CASE WHEN code ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$' THEN code ELSE 'other' END AS code
                FROM (
                  SELECT 'lane/' || h.id AS what, h.lane AS of, h.case_id, h.parked_reason IS NOT NULL AS parked,
                         coalesce(h.parked_reason, h.failing_kind) AS kind,
                         CASE WHEN h.parked_code = 'deadline-passed'
                              THEN coalesce(h.failing_code, k.failing_code, h.parked_code)
                              ELSE coalesce(h.parked_code, h.failing_code) END AS code,
                         NULL AS place,
                         CASE WHEN h.parked_code = 'deadline-passed'
                              THEN coalesce(h.failing_detail, k.failing_detail, h.parked_detail)
                              ELSE coalesce(h.parked_detail, h.failing_detail) END AS detail,
                         least(h.failing_since, coalesce(h.parked_at, h.failing_since, h.next_at)) AS since,
                         greatest(h.parked_at, h.failing_since,
                                  (SELECT max(a.finished_at) FROM attempt a WHERE a.lane_item = h.head_item)) AS latest
                    FROM held h LEFT JOIN kept k ON k.lane = h.lane
                  UNION ALL
                  SELECT 'work/' || w.id, w.step, wc.case_id, true, w.parked_kind, w.parked_code, w.parked_where,
                         w.parked_detail, coalesce(w.parked_at, w.next_at), coalesce(w.parked_at, w.next_at)
                    FROM work w JOIN work_case wc ON wc.id = w.id) AS each)
            """;

    /** Of {@code failures f LEFT JOIN referral_case c}: what is about no case is for those who see everything. */
    static final String IN_SCOPE = ParkedSql.IN_SCOPE;

    private FailureSql() {}
}
