package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.Effect.IntelligenceNoticed;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Step;
import sallyport.ledger.StoredNotice;
import sallyport.mappings.intelligence.HandlingCodes;

/**
 * Notices of intelligence. Which case one fits is looked up whenever it is asked, so a case that opens later, or whose people change,
 * has its notices by itself.
 */
final class IntelligenceRows {

    private static final String NOTICED =
            """
            INSERT INTO intelligence_notice AS n (record, issued_at, state, prison, incident, prisoner_number, from_at, until_at,
                                                  handling, unit, expires)
            SELECT s.id, :issuedAt, :state, :prison, :incident, :prisoner, :from, :until, :handling, :unit, :expires
              FROM source_record s WHERE s.system = 'intelligence-notices' AND s.record_id = :reference
            ON CONFLICT (record) DO UPDATE
               SET issued_at = EXCLUDED.issued_at, state = EXCLUDED.state,
                   prison = coalesce(EXCLUDED.prison, n.prison),
                   incident = CASE WHEN EXCLUDED.state = 'CURRENT' THEN EXCLUDED.incident ELSE n.incident END,
                   prisoner_number = CASE WHEN EXCLUDED.state = 'CURRENT' THEN EXCLUDED.prisoner_number ELSE n.prisoner_number END,
                   from_at = CASE WHEN EXCLUDED.state = 'CURRENT' THEN EXCLUDED.from_at ELSE n.from_at END,
                   until_at = CASE WHEN EXCLUDED.state = 'CURRENT' THEN EXCLUDED.until_at ELSE n.until_at END,
                   handling = coalesce(EXCLUDED.handling, n.handling), unit = coalesce(EXCLUDED.unit, n.unit),
                   expires = coalesce(EXCLUDED.expires, n.expires), changed_at = now()
             WHERE n.issued_at < EXCLUDED.issued_at
            """;

    /** Approved cases that still want to hear of new facts. */
    private static final String APPROVED =
            """
            SELECT s.record_id, c.reference
              FROM source_record s
              JOIN intelligence_fit f ON f.notice = s.id
              JOIN referral_case c ON c.id = f.case_id
             WHERE s.system = 'intelligence-notices' AND s.record_id = ANY(:references::text[])
               AND c.approved_at IS NOT NULL AND c.state = ANY(:open::text[])
             ORDER BY c.reference
            """;

    private static final String OF_CASES =
            """
            SELECT f.case_id, s.record_id, v.version_no, v.sha256, n.handling, n.prison, n.unit
              FROM intelligence_fit f
              JOIN intelligence_notice n ON n.record = f.notice
              JOIN source_record s ON s.id = n.record
              JOIN source_version v ON v.id = s.latest_version
             WHERE f.case_id = ANY(:cases::bigint[]) AND n.handling = ANY(:toForce::text[])
             ORDER BY f.case_id, s.record_id
            """;

    private final Database database;

    IntelligenceRows(Database database) {
        this.database = database;
    }

    /** After the records are stored; returns what is to be assembled again. */
    List<RequestWork> write(List<IntelligenceNoticed> noticed) {
        if (noticed.isEmpty()) {
            return List.of();
        }
        var byReference = new HashMap<String, IntelligenceNoticed>();
        noticed.forEach(notice -> byReference.put(notice.key().recordId(), notice));
        // A case that a notice fitted must hear that it does no more.
        Map<String, String> cases = new LinkedHashMap<>(approved(byReference.keySet()));
        int[] written = database.forEach(NOTICED, noticed, notice -> {
            var about = notice.about();
            return with("reference", notice.key().recordId())
                    .addValue("issuedAt", time(notice.issuedAt()))
                    .addValue("state", about == null ? "WITHDRAWN" : "CURRENT")
                    .addValue("prison", about == null ? null : about.prison(), Types.VARCHAR)
                    .addValue("incident", about == null ? null : about.incident(), Types.VARCHAR)
                    .addValue("prisoner", about == null ? null : about.prisoner(), Types.VARCHAR)
                    .addValue("from", about == null ? null : time(about.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                    .addValue("until", about == null ? null : time(about.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                    .addValue("handling", about == null ? null : about.handling(), Types.VARCHAR)
                    .addValue("unit", about == null ? null : about.unit(), Types.VARCHAR)
                    .addValue("expires", about == null ? null : about.expires(), Types.DATE);
        });
        var changed = new HashSet<String>();
        for (int row = 0; row < written.length; row++) {
            if (written[row] != 0) {
                changed.add(noticed.get(row).key().recordId());
            }
        }
        approved(byReference.keySet()).forEach(cases::putIfAbsent);
        var asked = new ArrayList<RequestWork>();
        cases.forEach((reference, notice) -> {
            if (changed.contains(notice)) {
                IntelligenceNoticed why = byReference.get(notice);
                asked.add(new RequestWork(Step.ASSEMBLY, reference, why.quiet(), why.atMost()));
            }
        });
        return asked;
    }

    /** By case reference, with one of the notices that fit it. */
    Map<String, String> approved(Collection<String> references) {
        Map<String, String> cases = new LinkedHashMap<>();
        database.sql()
                .query(
                        APPROVED,
                        with("references", references.toArray(String[]::new)).addValue("open", CaseWriter.OPEN),
                        row -> {
                            cases.put(row.getString("reference"), row.getString("record_id"));
                        });
        return cases;
    }

    /** By case; only those of which a force may know. */
    Map<Long, List<StoredNotice>> ofCases(Collection<Long> cases) {
        var notices = new HashMap<Long, List<StoredNotice>>();
        database.sql()
                .query(
                        OF_CASES,
                        with("cases", longs(cases))
                                .addValue("toForce", HandlingCodes.toForce().toArray(String[]::new)),
                        row -> {
                            notices.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                                    .add(new StoredNotice(
                                            row.getString("record_id"),
                                            row.getInt("version_no"),
                                            row.getBytes("sha256"),
                                            row.getString("handling"),
                                            row.getString("prison"),
                                            row.getString("unit")));
                        });
        return notices;
    }
}
