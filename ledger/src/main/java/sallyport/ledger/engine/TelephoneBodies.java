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
import sallyport.ledger.TelephoneState;
import sallyport.ledger.TelephoneWork;
import sallyport.ledger.TelephoneWork.Candidate;

/** Mails with telephone reports, and telephone reports with the incident reports that they may have announced. */
final class TelephoneBodies {

    /** The nearest in time: a prison in turmoil has that many in a day, and the one that was meant is among the nearest. */
    private static final int MOST_CANDIDATES = 40;

    private static final String MAILS =
            """
            SELECT %s
              FROM source_record s JOIN source_version v ON v.id = s.latest_version
             WHERE s.system = 'telephone-mails' AND s.record_id = ANY(:keys::text[])
            """
                    .formatted(Bodies.Sources.COLUMNS);

    private static final String REPORTS =
            """
            SELECT %s, t.state AS telephone_state, t.told_at,
                   EXISTS (SELECT 1 FROM case_record cr WHERE cr.record = s.id) AS in_case,
                   ARRAY(SELECT i.record_id FROM telephone_match m JOIN source_record i ON i.id = m.incident
                          WHERE m.telephone = s.id AND m.state = 'REFUSED') AS refused
              FROM source_record s
              JOIN source_version v ON v.id = s.latest_version
              LEFT JOIN telephone_report t ON t.record = s.id
             WHERE s.system = 'telephone-reports' AND s.record_id = ANY(:keys::text[])
            """
                    .formatted(Bodies.Sources.COLUMNS);

    /** A day more on either side than a match may be away: days are London's, and times are not. */
    private static final String CANDIDATES =
            """
            SELECT near.told_of, near.case_id, rc.reference, %s
              FROM (SELECT p.record_id AS told_of, i.id, cr.case_id
                      FROM source_record p
                      JOIN telephone_report t ON t.record = p.id
                     CROSS JOIN LATERAL (
                           SELECT r.id FROM source_record r
                            WHERE t.state IN ('WAITING', 'ASKED') AND r.system = 'incident-reporting' AND r.prison = t.prison
                              AND r.occurred_on BETWEEN (t.occurred_at AT TIME ZONE 'Europe/London')::date - 4
                                                    AND (t.occurred_at AT TIME ZONE 'Europe/London')::date + 4
                              AND r.gone_at IS NULL AND r.disposition <> 'WITHDRAWN'
                            ORDER BY abs(extract(epoch FROM r.occurred_at - t.occurred_at)), r.id
                            LIMIT :most) AS i
                      LEFT JOIN case_record cr ON cr.record = i.id
                     WHERE p.system = 'telephone-reports' AND p.record_id = ANY(:keys::text[])
                    UNION ALL
                    SELECT p.record_id, m.incident, cr.case_id
                      FROM source_record p
                      JOIN telephone_report t ON t.record = p.id AND t.state = 'LINKED'
                      JOIN telephone_match m ON m.telephone = p.id AND m.state = 'LINKED'
                      LEFT JOIN case_record cr ON cr.record = m.incident
                     WHERE p.system = 'telephone-reports' AND p.record_id = ANY(:keys::text[])) AS near
              JOIN source_record s ON s.id = near.id
              JOIN source_version v ON v.id = s.latest_version AND v.erased_by IS NULL
              LEFT JOIN referral_case rc ON rc.id = near.case_id
             ORDER BY near.told_of, s.id
            """
                    .formatted(Bodies.Sources.COLUMNS);

    private final Database database;

    TelephoneBodies(Database database) {
        this.database = database;
    }

    /** By record id. */
    Map<String, SourceVersion> mails(Collection<String> keys) {
        var mails = new HashMap<String, SourceVersion>();
        database.sql().query(MAILS, with("keys", texts(keys)), row -> {
            SourceVersion mail = Bodies.Sources.read(row);
            mails.put(mail.key().recordId(), mail);
        });
        return mails;
    }

    /** By record id. */
    Map<String, TelephoneWork> reports(Collection<String> keys) {
        var candidates = new HashMap<String, List<Candidate>>();
        database.sql().query(CANDIDATES, with("keys", texts(keys)).addValue("most", MOST_CANDIDATES), row -> {
            candidates
                    .computeIfAbsent(row.getString("told_of"), told -> new ArrayList<>())
                    .add(new Candidate(
                            Bodies.Sources.read(row),
                            row.getObject("case_id", Long.class),
                            row.getString("reference")));
        });
        var reports = new HashMap<String, TelephoneWork>();
        database.sql().query(REPORTS, with("keys", texts(keys)), row -> {
            SourceVersion report = Bodies.Sources.read(row);
            String state = row.getString("telephone_state");
            reports.put(
                    report.key().recordId(),
                    new TelephoneWork(
                            report,
                            state == null ? null : TelephoneState.valueOf(state),
                            CaseRows.instant(row, "told_at"),
                            candidates.getOrDefault(report.key().recordId(), List.of()),
                            Set.of((String[]) row.getArray("refused").getArray()),
                            row.getBoolean("in_case")));
        });
        return reports;
    }
}
