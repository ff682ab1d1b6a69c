package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What is parked, work and lanes alike, each with the case it is about where it is about one. */
final class ParkedSql {

    /** The case that a row of {@code work w} is about; null where it is about none. */
    static final String WORK_CASE =
            """
            CASE w.step
              WHEN 'assembly' THEN (SELECT id FROM referral_case WHERE reference = w.key)
              WHEN 'case-sync' THEN (SELECT id FROM referral_case WHERE reference = w.key)
              WHEN 'incident-fetch' THEN (
                SELECT cr.case_id FROM source_record r JOIN case_record cr ON cr.record = r.id
                WHERE r.system = 'incident-reporting' AND r.record_id = w.key)
              WHEN 'triage' THEN (
                SELECT cr.case_id FROM source_record r JOIN case_record cr ON cr.record = r.id
                WHERE r.system = 'incident-reporting' AND r.record_id = w.key)
              WHEN 'case-note-request' THEN (
                SELECT q.case_id FROM case_note_request q WHERE q.id = w.key::bigint)
              WHEN 'photo-request' THEN (
                SELECT q.case_id FROM photo_request q WHERE q.id = w.key::bigint)
              WHEN 'prison-document-search' THEN (
                SELECT q.case_id FROM prison_document_search q WHERE q.id = w.key::bigint)
              WHEN 'prison-document-take' THEN (
                SELECT q.case_id FROM prison_document q WHERE q.id = w.key::bigint)
              WHEN 'command' THEN (
                SELECT c.id FROM command k JOIN referral_case c ON c.reference = k.target
                WHERE k.id = w.key::bigint)
              WHEN 'outcome' THEN (
                SELECT c.id FROM inbound n JOIN referral_case c ON c.reference = n.case_reference
                WHERE n.id = w.key::bigint)
            END
            """;

    /** A common table expression: {@code WITH parked AS (…)}. */
    static final String WITH_PARKED =
            """
            WITH parked AS (
              SELECT 'lane/' || lc.id AS what, lc.lane AS of, lc.case_id, lc.parked_reason AS kind, lc.parked_code AS code,
                     lc.parked_where AS place, lc.parked_detail AS detail, coalesce(lc.parked_at, lc.next_at) AS since,
                     (SELECT greatest(count(*) - 1, 0) FROM lane_item i
                       WHERE i.lane_case = lc.id AND i.state NOT IN ('DONE', 'CANCELLED')) AS behind
                FROM lane_case lc
               WHERE lc.parked_reason IS NOT NULL
              UNION ALL
              SELECT 'work/' || w.id, w.step,
                     """
                    + WORK_CASE
                    + """
                     ,
                     w.parked_kind, w.parked_code, w.parked_where, w.parked_detail, coalesce(w.parked_at, w.next_at), 0
                FROM work w
               WHERE w.parked_kind IS NOT NULL
            )
            """;

    /** Which parked things a scope covers: what is about no case is for those who see everything. */
    static final String IN_SCOPE = "(CASE WHEN c.id IS NULL THEN :scopeAll ELSE " + Scope.covers("c") + " END)";

    private ParkedSql() {}

    static Parked row(ResultSet rs, int n) throws SQLException {
        return new Parked(
                rs.getString("what"),
                rs.getString("of"),
                rs.getString("reference"),
                rs.getString("kind"),
                rs.getString("code"),
                rs.getString("place"),
                rs.getString("detail"),
                instant(rs, "since"),
                rs.getLong("behind"));
    }
}
