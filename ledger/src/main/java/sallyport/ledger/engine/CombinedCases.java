package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Effect.CancelUnsent;
import sallyport.ledger.Effect.CombineCases;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.Step;

/**
 * Two cases become one, under the locks of both, which the guard of the batch has taken in the order of their ids. The one survives that
 * the force has, or may have, already; if that is true of both or of none, the older. What belongs to the matter moves to the survivor;
 * what was sent, received and decided under the other reference stays with it, as it was.
 */
final class CombinedCases {

    /** Sent is what a force may hold: what was cancelled, or provably never arrived, is not. */
    private static final String CASES =
            """
            SELECT c.id, c.reference, c.opened_at,
                   EXISTS (SELECT 1 FROM lane_case x JOIN lane l ON l.name = x.lane AND l.family = 'FORCE'
                             JOIN lane_item i ON i.lane_case = x.id
                            WHERE x.case_id = c.id AND i.package_version IS NOT NULL AND i.state <> 'CANCELLED'
                              AND (i.state = 'DONE' OR EXISTS (SELECT 1 FROM attempt a WHERE a.lane_item = i.id
                                                                  AND a.may_have_reached AND a.outcome <> 'REJECTED'))) AS sent
              FROM referral_case c WHERE c.id IN (:one, :other)
            """;

    private static final List<String> MOVE = List.of(
            "UPDATE case_record SET case_id = :survivor WHERE case_id = :other",
            // A file that is in both is there already.
            """
            UPDATE document d SET case_id = :survivor
             WHERE d.case_id = :other
               AND (d.state = 'RECEIVING' OR NOT EXISTS (SELECT 1 FROM document k WHERE k.case_id = :survivor AND k.sha256 = d.sha256
                                                            AND k.state <> 'RECEIVING'))
            """,
            // What people asked the prison's systems for, with what came; a photograph that is in both is the
            // survivor's.
            """
            UPDATE photo_request r
               SET case_id = :survivor,
                   document = coalesce((SELECT k.id FROM document d
                                          JOIN document k ON k.case_id = :survivor AND k.sha256 = d.sha256 AND k.state <> 'RECEIVING'
                                         WHERE d.id = r.document), r.document)
             WHERE r.case_id = :other
            """,
            "UPDATE case_note_request SET case_id = :survivor WHERE case_id = :other",
            "UPDATE prison_document_search SET case_id = :survivor WHERE case_id = :other",
            // One document of the prisons' service is in a case once: who has taken it has it.
            """
            DELETE FROM prison_document k USING prison_document p
             WHERE k.case_id = :survivor AND k.state <> 'TAKEN' AND p.case_id = :other AND p.uuid = k.uuid AND p.state = 'TAKEN'
            """,
            """
            DELETE FROM prison_document p USING prison_document k
             WHERE p.case_id = :other AND k.case_id = :survivor AND p.uuid = k.uuid
            """,
            """
            UPDATE prison_document r
               SET case_id = :survivor,
                   document = coalesce((SELECT k.id FROM document d
                                          JOIN document k ON k.case_id = :survivor AND k.sha256 = d.sha256 AND k.state <> 'RECEIVING'
                                         WHERE d.id = r.document), r.document)
             WHERE r.case_id = :other
            """,
            // A series that the other one began or went on is with the survivor now.
            """
            INSERT INTO case_series (case_id, kind, subject, other)
            SELECT s.case_id, s.kind, s.subject, :survivor FROM case_series s
             WHERE s.other = :other AND s.case_id <> :survivor
             ORDER BY s.case_id, s.kind, s.subject
            ON CONFLICT (case_id, kind, subject, other) DO NOTHING
            """,
            // Answers are never changed, so they are said again; what the survivor was asked itself counts more.
            """
            INSERT INTO case_fact (case_id, item, version, state, content, sha256, actor, at)
            SELECT :survivor, f.item, f.version, f.state, f.content, f.sha256, f.actor, f.at FROM case_fact f
             WHERE f.case_id = :other AND f.erased_by IS NULL
               AND NOT EXISTS (SELECT 1 FROM case_fact k WHERE k.case_id = :survivor AND k.item = f.item)
             ORDER BY f.id
            """,
            """
            INSERT INTO case_person (case_id, prisoner_number, role, former)
            SELECT :survivor, p.prisoner_number, p.role, p.former FROM case_person p WHERE p.case_id = :other
             ORDER BY p.prisoner_number, p.role
            ON CONFLICT (case_id, prisoner_number, role) DO UPDATE SET former = case_person.former AND EXCLUDED.former
            """,
            // The packages of the other one are held as well as the records that have moved.
            """
            INSERT INTO legal_hold (case_id, placed_by, placed_why, placed_at)
            SELECT :survivor, h.placed_by, h.placed_why, h.placed_at FROM legal_hold h
             WHERE h.case_id = :other AND h.released_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM legal_hold k WHERE k.case_id = :survivor AND k.released_at IS NULL)
            """,
            """
            UPDATE task SET case_id = :survivor WHERE case_id = :other AND closed_at IS NULL AND kind NOT IN ('RECEIPT', 'TELEPHONE')
            """,
            "DELETE FROM referred_charge_match WHERE case_id = :other AND state = 'PROPOSED'");

    /** The survivor takes what it lacks: the incident, an approval, an ending, what the police said. */
    private static final String SURVIVES =
            """
            UPDATE referral_case s
               SET row_version = s.row_version + 1, changed_at = now(),
                   incident_reference = coalesce(s.incident_reference, o.incident_reference),
                   family = CASE WHEN takes.incident THEN o.family ELSE s.family END,
                   occurred_at = CASE WHEN takes.incident THEN o.occurred_at ELSE s.occurred_at END,
                   occurred_text = CASE WHEN takes.incident THEN o.occurred_text ELSE s.occurred_text END,
                   verdict = CASE WHEN takes.incident AND o.verdict IN ('MANDATORY', 'DISCRETIONARY') THEN o.verdict ELSE s.verdict END,
                   class = CASE WHEN 'IMMEDIATE' IN (s.class, o.class) THEN 'IMMEDIATE' ELSE s.class END,
                   force = coalesce(s.force, o.force),
                   state = CASE WHEN takes.approval THEN o.state
                                WHEN o.state = 'CLOSED' AND s.outcome_type IS NULL THEN 'CLOSED' ELSE s.state END,
                   decide_by = least(s.decide_by, o.decide_by),
                   approved_at = CASE WHEN takes.approval THEN o.approved_at ELSE s.approved_at END,
                   approved_by = CASE WHEN takes.approval THEN o.approved_by ELSE s.approved_by END,
                   approval_reason = CASE WHEN takes.approval THEN o.approval_reason ELSE s.approval_reason END,
                   review_code = CASE WHEN s.review_code = 'may-be-the-same' THEN NULL ELSE s.review_code END,
                   review_detail = CASE WHEN s.review_code = 'may-be-the-same' THEN NULL ELSE s.review_detail END,
                   crime_reference = coalesce(s.crime_reference, o.crime_reference), officer = coalesce(s.officer, o.officer),
                   outcome_type = coalesce(s.outcome_type, o.outcome_type), outcome_at = coalesce(s.outcome_at, o.outcome_at),
                   held = s.held OR o.held
              FROM referral_case o,
                   LATERAL (SELECT s2.incident_reference IS NULL AND o.incident_reference IS NOT NULL AS incident,
                                   s2.approved_at IS NULL AND o.approved_at IS NOT NULL AS approval
                              FROM referral_case s2 WHERE s2.id = :survivor) AS takes
             WHERE s.id = :survivor AND o.id = :other
            """;

    /** Taken back as a duplicate, by the way every withdrawal goes; nothing is sent where nothing was. */
    private static final String OTHER =
            """
            UPDATE referral_case
               SET row_version = row_version + 1, changed_at = now(), state = 'WITHDRAWN', incident_reference = NULL,
                   combined_into = :survivor,
                   review_code = CASE WHEN approved_at IS NULL THEN NULL ELSE 'confirmed' END,
                   review_detail = CASE WHEN approved_at IS NULL THEN NULL ELSE 'DUPLICATE: combined with ' || :reference END
             WHERE id = :other
            """;

    private static final String EARLIER =
            "UPDATE referral_case SET combined_into = :survivor WHERE combined_into = :other";

    private static final String CHARGES =
            """
            UPDATE referred_charge c SET state = 'LINKED', version = c.version + 1, changed_at = now()
              FROM case_record r, referral_case s
             WHERE c.record = r.record AND r.case_id = s.id AND s.id = :survivor AND s.incident_reference IS NOT NULL AND c.state = 'OWN'
            """;

    private static final String DECIDED =
            """
            INSERT INTO decision (case_id, kind, verdict, explanation, actor, reason)
            SELECT c.id, 'COMBINATION', c.verdict, '{}', :actor, :reason FROM referral_case c
             WHERE c.id IN (:survivor, :other) ORDER BY c.id
            """;

    private static final String LOGGED =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, detail)
            VALUES ('COMBINATION', :reference, :actor, :reason, 'combined with ' || :otherReference || ', which leads here from now on'),
                   ('COMBINATION', :otherReference, :actor, :reason, 'combined into ' || :reference)
            """;

    private static final String INCIDENTS =
            """
            SELECT f.record_id FROM case_record r JOIN source_record f ON f.id = r.record
             WHERE r.case_id = :survivor AND f.system = 'incident-reporting' ORDER BY f.id
            """;

    private final Database database;
    private final ReceiptClocks clocks;
    private final LaneRows lanes;

    CombinedCases(Database database, ReceiptClocks clocks, LaneRows lanes) {
        this.database = database;
        this.clocks = clocks;
        this.lanes = lanes;
    }

    private record Standing(long id, String reference, Instant openedAt, boolean sent) {}

    /** Returns the work that follows: both are assembled again, the survivor into a supplement and the other into its withdrawal. */
    List<RequestWork> write(List<CombineCases> combinations) {
        var asked = new ArrayList<RequestWork>();
        for (CombineCases combination : combinations) {
            asked.addAll(combine(combination));
        }
        return asked;
    }

    private List<RequestWork> combine(CombineCases wish) {
        List<Standing> both = new ArrayList<>(database.sql()
                .query(
                        CASES,
                        with("one", wish.one().id())
                                .addValue("other", wish.other().id()),
                        (row, n) -> new Standing(
                                row.getLong("id"),
                                row.getString("reference"),
                                CaseRows.known(row, "opened_at"),
                                row.getBoolean("sent"))));
        if (both.size() != 2) {
            throw new IllegalStateException("a step combined a case that does not exist, or a case with itself");
        }
        both.sort(Comparator.comparing((Standing each) -> !each.sent())
                .thenComparing(Standing::openedAt)
                .thenComparing(Standing::id));
        Standing survivor = both.get(0);
        Standing other = both.get(1);
        MapSqlParameterSource names = with("survivor", survivor.id())
                .addValue("other", other.id())
                .addValue("reference", survivor.reference())
                .addValue("otherReference", other.reference())
                .addValue("actor", wish.actor())
                .addValue("reason", wish.reason());
        MOVE.forEach(move -> database.sql().update(move, names));
        database.sql().update(SURVIVES, names);
        database.sql().update(OTHER, names);
        database.sql().update(EARLIER, names);
        database.sql().update(CHARGES, names);
        database.sql().update(DECIDED, names);
        database.sql().update(LOGGED, names);
        lanes.cancelUnsent(List.of(new CancelUnsent(other.id(), LaneFamily.FORCE)));
        clocks.combined(other.id(), "the case is combined with " + survivor.reference());
        var asked = new ArrayList<RequestWork>();
        for (Standing each : both) {
            asked.add(RequestWork.now(Step.ASSEMBLY, each.reference()));
            asked.add(RequestWork.now(Step.CASE_SYNC, each.reference()));
        }
        // The report says anew who is in the case, and what the rules make of it.
        database.sql()
                .queryForList(INCIDENTS, names, String.class)
                .forEach(incident -> asked.add(RequestWork.now(Step.TRIAGE, incident)));
        return asked;
    }
}
