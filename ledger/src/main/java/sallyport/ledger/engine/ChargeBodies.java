package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.ChargeState;
import sallyport.ledger.ChargeWork;
import sallyport.ledger.ChargeWork.Candidate;
import sallyport.ledger.ReferralCase;
import sallyport.mappings.adjudication.AdjudicationStatus;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.adjudication.ChargeMatch;

/** Charges that are referred to the police, with the cases of incidents that they may be about. */
final class ChargeBodies {

    private static final String CHARGES =
            """
            SELECT %s, c.state AS charge_state, c.version AS charge_version, c.prisoner_number, c.known_at, c.alone,
                   c.settled_by, c.reason AS settled_why,
                   ARRAY(SELECT m.case_id FROM referred_charge_match m WHERE m.charge = c.record AND m.state = 'REFUSED') AS refused,
                   EXISTS (SELECT 1 FROM case_record o JOIN source_record f ON f.id = o.record AND f.system = s.system
                             JOIN source_version w ON w.id = f.latest_version AND w.erased_by IS NULL
                            WHERE o.case_id = rc.id AND o.record <> s.id AND w.status = ANY(:standing::text[])) AS others_stand,
                   %s
              FROM source_record s
              JOIN referred_charge c ON c.record = s.id
              JOIN source_version v ON v.id = s.latest_version
              LEFT JOIN case_record cr ON cr.record = s.id
              LEFT JOIN referral_case rc ON rc.id = cr.case_id
             WHERE s.system = 'adjudication-charges' AND s.record_id = ANY(:keys::text[])
            """
                    .formatted(Bodies.Sources.COLUMNS, CaseRows.COLUMNS);

    /** Of a linked charge the case it was linked with. */
    private static final String CANDIDATES =
            """
            SELECT s.record_id AS charge_of, p.roles, %s
              FROM source_record s
              JOIN referred_charge c ON c.record = s.id
             CROSS JOIN LATERAL (
                   SELECT p.case_id, array_agg(p.role ORDER BY p.role) AS roles FROM case_person p
                    WHERE p.prisoner_number = c.prisoner_number AND NOT p.former GROUP BY p.case_id) AS p
              JOIN referral_case rc ON rc.id = p.case_id
             WHERE s.system = 'adjudication-charges' AND s.record_id = ANY(:keys::text[]) AND c.state IN ('WAITING', 'ASKED', 'OWN')
               AND rc.occurred_text IS NOT NULL AND rc.state <> 'WITHDRAWN' AND rc.prison = c.prison
               AND abs(extract(epoch FROM rc.occurred_at - c.occurred_at)) <= :furthest
               AND NOT EXISTS (SELECT 1 FROM referred_charge_match l WHERE l.charge = s.id AND l.state = 'LINKED')
            UNION ALL
            SELECT s.record_id, ARRAY[]::text[], %s
              FROM source_record s
              JOIN referred_charge_match m ON m.charge = s.id AND m.state = 'LINKED'
              JOIN referral_case rc ON rc.id = m.case_id
             WHERE s.system = 'adjudication-charges' AND s.record_id = ANY(:keys::text[])
             ORDER BY charge_of, case_id
            """
                    .formatted(CaseRows.COLUMNS, CaseRows.COLUMNS);

    private static final String REFERRED =
            """
            SELECT c.prisoner_number, s.record_id FROM referred_charge c JOIN source_record s ON s.id = c.record
             WHERE c.prisoner_number = ANY(:keys::text[]) AND c.state <> 'DROPPED'
            """;

    static final String[] STANDING =
            ChargeAlone.STANDING.stream().map(AdjudicationStatus::name).toArray(String[]::new);

    private final Database database;

    ChargeBodies(Database database) {
        this.database = database;
    }

    /** By charge number. */
    Map<String, ChargeWork> load(Collection<String> keys) {
        var candidates = new HashMap<String, List<Candidate>>();
        database.sql()
                .query(
                        CANDIDATES,
                        with("keys", texts(keys)).addValue("furthest", seconds(ChargeMatch.furthestApart())),
                        row -> {
                            candidates
                                    .computeIfAbsent(row.getString("charge_of"), none -> new ArrayList<>())
                                    .add(new Candidate(CaseRows.read(row), Set.of((String[])
                                            row.getArray("roles").getArray())));
                        });
        var charges = new HashMap<String, ChargeWork>();
        database.sql().query(CHARGES, with("keys", texts(keys)).addValue("standing", STANDING), row -> {
            var charge = Bodies.Sources.read(row);
            @Nullable ReferralCase inCase = CaseRows.readIfThere(row);
            charges.put(
                    charge.key().recordId(),
                    new ChargeWork(
                            charge,
                            ChargeState.valueOf(row.getString("charge_state")),
                            row.getLong("charge_version"),
                            row.getString("prisoner_number"),
                            CaseRows.known(row, "known_at"),
                            row.getBoolean("alone"),
                            candidates.getOrDefault(charge.key().recordId(), List.of()),
                            Set.of((Long[]) row.getArray("refused").getArray()),
                            inCase,
                            row.getBoolean("others_stand"),
                            row.getString("settled_by"),
                            row.getString("settled_why")));
        });
        return charges;
    }

    /** Numbers of referred charges, by prisoner. */
    Map<String, Set<String>> referred(Collection<String> prisonerNumbers) {
        var found = new HashMap<String, Set<String>>();
        database.sql().query(REFERRED, with("keys", texts(prisonerNumbers)), row -> {
            found.computeIfAbsent(row.getString("prisoner_number"), none -> new TreeSet<>())
                    .add(row.getString("record_id"));
        });
        return found;
    }
}
