package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.UseOfForceState;
import sallyport.ledger.UseOfForceWork;
import sallyport.ledger.UseOfForceWork.Candidate;

/** Use of force reports with the incident reports that they may belong to, in two queries whatever their number. */
final class UseOfForceBodies {

    /** The nearest in time: a prison in turmoil has that many in a day, and the right one is among the nearest. */
    private static final int MOST_CANDIDATES = 40;

    private static final String REPORTS =
            """
            SELECT %s, u.state AS use_of_force_state,
                   EXISTS (SELECT 1 FROM case_record cr WHERE cr.record = s.id) AS in_case,
                   ARRAY(SELECT i.record_id FROM use_of_force_match m JOIN source_record i ON i.id = m.incident
                          WHERE m.report = s.id AND m.state = 'REFUSED') AS refused
              FROM source_record s
              JOIN source_version v ON v.id = s.latest_version
              LEFT JOIN use_of_force_report u ON u.record = s.id
             WHERE s.system = 'use-of-force' AND s.record_id = ANY(:keys::text[])
            """
                    .formatted(Bodies.Sources.COLUMNS);

    /** A day more on either side than a match may be away: days are London's, and times are not. */
    private static final String CANDIDATES =
            """
            SELECT near.report_of, near.case_id, rc.reference, rc.approved_at IS NOT NULL AS approved, %s
              FROM (SELECT p.record_id AS report_of, i.id, cr.case_id
                      FROM source_record p
                      LEFT JOIN use_of_force_report u ON u.record = p.id
                     CROSS JOIN LATERAL (
                           SELECT r.id FROM source_record r
                            WHERE coalesce(u.state, 'WAITING') IN ('WAITING', 'ASKED')
                              AND r.system = 'incident-reporting' AND r.prison = p.prison
                              AND r.occurred_on BETWEEN p.occurred_on - 2 AND p.occurred_on + 2
                              AND r.gone_at IS NULL AND r.disposition <> 'WITHDRAWN'
                            ORDER BY abs(extract(epoch FROM r.occurred_at - p.occurred_at)), r.id
                            LIMIT :most) AS i
                      LEFT JOIN case_record cr ON cr.record = i.id
                     WHERE p.system = 'use-of-force' AND p.record_id = ANY(:keys::text[])
                    UNION ALL
                    SELECT p.record_id, m.incident, cr.case_id
                      FROM source_record p
                      JOIN use_of_force_report u ON u.record = p.id AND u.state = 'LINKED'
                      JOIN use_of_force_match m ON m.report = p.id AND m.state = 'LINKED'
                      LEFT JOIN case_record cr ON cr.record = m.incident
                     WHERE p.system = 'use-of-force' AND p.record_id = ANY(:keys::text[])) AS near
              JOIN source_record s ON s.id = near.id
              JOIN source_version v ON v.id = s.latest_version AND v.erased_by IS NULL
              LEFT JOIN referral_case rc ON rc.id = near.case_id
             ORDER BY near.report_of, s.id
            """
                    .formatted(Bodies.Sources.COLUMNS);

    private final Database database;

    UseOfForceBodies(Database database) {
        this.database = database;
    }

    /** By record id. */
    Map<String, UseOfForceWork> reports(Collection<String> keys) {
        var candidates = new HashMap<String, List<Candidate>>();
        database.sql().query(CANDIDATES, with("keys", texts(keys)).addValue("most", MOST_CANDIDATES), row -> {
            candidates
                    .computeIfAbsent(row.getString("report_of"), report -> new ArrayList<>())
                    .add(new Candidate(
                            Bodies.Sources.read(row),
                            row.getObject("case_id", Long.class),
                            row.getString("reference"),
                            row.getBoolean("approved")));
        });
        var reports = new HashMap<String, UseOfForceWork>();
        database.sql().query(REPORTS, with("keys", texts(keys)), row -> {
            SourceVersion report = Bodies.Sources.read(row);
            String state = row.getString("use_of_force_state");
            reports.put(
                    report.key().recordId(),
                    new UseOfForceWork(
                            report,
                            state == null ? null : UseOfForceState.valueOf(state),
                            candidates.getOrDefault(report.key().recordId(), List.of()),
                            Set.of((String[]) row.getArray("refused").getArray()),
                            row.getBoolean("in_case")));
        });
        return reports;
    }
}
