package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.ReportWork;
import sallyport.ledger.ReportWork.Candidate;
import sallyport.ledger.SourceVersion;

/** Reports with the incident reports that they may belong to, in two queries whatever their number. */
final class ReportBodies {

    /** The nearest in time: a prison in turmoil has that many in a day, and the one that is meant is among the nearest. */
    private static final int MOST_CANDIDATES = 40;

    private static final String REPORTS =
            """
            SELECT %s, r.state AS report_state, r.reported_at,
                   EXISTS (SELECT 1 FROM case_record cr WHERE cr.record = s.id) AS in_case,
                   ARRAY(SELECT i.record_id FROM report_match m JOIN source_record i ON i.id = m.incident
                          WHERE m.report = s.id AND m.state = 'REFUSED') AS refused
              FROM source_record s
              JOIN source_version v ON v.id = s.latest_version
              LEFT JOIN matched_report r ON r.record = s.id
             WHERE s.system = :system AND s.record_id = ANY(:keys::text[])
            """
                    .formatted(Bodies.Sources.COLUMNS);

    private static final String CANDIDATES =
            """
            SELECT near.report_of, near.case_id, rc.reference, rc.approved_at IS NOT NULL AS approved, %s
              FROM (SELECT p.record_id AS report_of, i.id, cr.case_id
                      FROM source_record p
                      LEFT JOIN matched_report mr ON mr.record = p.id
                     CROSS JOIN LATERAL (
                           SELECT r.id FROM source_record r
                            WHERE coalesce(mr.state, 'WAITING') IN ('WAITING', 'ASKED')
                              AND r.system = 'incident-reporting' AND r.prison = p.prison
                              AND r.occurred_on BETWEEN p.occurred_on - :days AND p.occurred_on + :days
                              AND r.gone_at IS NULL AND r.disposition <> 'WITHDRAWN'
                            ORDER BY abs(extract(epoch FROM r.occurred_at - p.occurred_at)), r.id
                            LIMIT :most) AS i
                      LEFT JOIN case_record cr ON cr.record = i.id
                     WHERE p.system = :system AND p.record_id = ANY(:keys::text[])
                    UNION ALL
                    SELECT p.record_id, m.incident, cr.case_id
                      FROM source_record p
                      JOIN matched_report mr ON mr.record = p.id AND mr.state = 'LINKED'
                      JOIN report_match m ON m.report = p.id AND m.state = 'LINKED'
                      LEFT JOIN case_record cr ON cr.record = m.incident
                     WHERE p.system = :system AND p.record_id = ANY(:keys::text[])) AS near
              JOIN source_record s ON s.id = near.id
              JOIN source_version v ON v.id = s.latest_version AND v.erased_by IS NULL
              LEFT JOIN referral_case rc ON rc.id = near.case_id
             ORDER BY near.report_of, s.id
            """
                    .formatted(Bodies.Sources.COLUMNS);

    private final Database database;

    ReportBodies(Database database) {
        this.database = database;
    }

    /** By record id. */
    Map<String, ReportWork> load(ReportKind kind, Collection<String> keys) {
        var asked = with("keys", texts(keys))
                .addValue("system", kind.system())
                .addValue("days", kind.daysAround())
                .addValue("most", MOST_CANDIDATES);
        var candidates = new HashMap<String, List<Candidate>>();
        database.sql().query(CANDIDATES, asked, row -> {
            candidates
                    .computeIfAbsent(row.getString("report_of"), report -> new ArrayList<>())
                    .add(new Candidate(
                            Bodies.Sources.read(row),
                            row.getObject("case_id", Long.class),
                            row.getString("reference"),
                            row.getBoolean("approved")));
        });
        var reports = new HashMap<String, ReportWork>();
        database.sql().query(REPORTS, asked, row -> {
            SourceVersion report = Bodies.Sources.read(row);
            String state = row.getString("report_state");
            reports.put(
                    report.key().recordId(),
                    new ReportWork(
                            report,
                            state == null ? null : ReportState.valueOf(state),
                            CaseRows.instant(row, "reported_at"),
                            candidates.getOrDefault(report.key().recordId(), List.of()),
                            Set.of((String[]) row.getArray("refused").getArray()),
                            row.getBoolean("in_case")));
        });
        return reports;
    }
}
