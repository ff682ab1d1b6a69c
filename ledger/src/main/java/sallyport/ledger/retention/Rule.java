package sallyport.ledger.retention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sallyport.ledger.CaseState;

/**
 * Which records of a kind are due, in SQL, and what erasing them means. The condition is looked at three times: to count, to find
 * and lock, and once more under the locks, because what was read before a lock may be history.
 *
 * @param ref the id of one record
 * @param caseId the case it belongs to, or NULL: the case's row is locked too, so that no hold comes between
 * @param at what its term is counted from
 * @param order an index that gives the oldest first, or nearly
 * @param lock the row that everybody locks who makes a finished record unfinished
 * @param erase by name of what goes; the first are the records themselves
 */
record Rule(
        Kept kept,
        String ref,
        String type,
        String caseId,
        String at,
        String from,
        String where,
        String order,
        String lock,
        Map<String, String> erase) {

    private String due() {
        return "SELECT (" + ref + ")::text AS ref, " + caseId + " AS case_id, " + at + " AS at FROM " + from + " WHERE "
                + where;
    }

    /** {@code :cutoff}; returns how many, and what the oldest is counted from. */
    String count() {
        return "SELECT count(*) AS n, min(due.at) AS oldest FROM (" + due() + ") AS due";
    }

    /** {@code :cutoff}, {@code :most}. */
    String find() {
        return due() + " ORDER BY " + order + " LIMIT :most FOR " + lock + " SKIP LOCKED";
    }

    /** {@code :cutoff}, {@code :refs}: those of the locked ones that are due still. */
    String again() {
        return due() + " AND " + ref + " = ANY((:refs::text[])::" + type + "[])";
    }

    static List<Rule> all() {
        return List.of(
                source(
                        Kept.UNREFERRED_REPORTS,
                        "s.system = 'incident-reporting' AND s.disposition IN ('NOT_REFERABLE', 'WITHDRAWN', 'CASE')"),
                source(Kept.WATCHED_REPORTS, "s.system = 'incident-reporting' AND s.disposition = 'WATCHED'"),
                looseRecords(),
                renderings(),
                packages(),
                cases(Kept.CLOSED_CASES, "'CLOSED', 'WITHDRAWN'"),
                cases(Kept.DELIVERED_CASES, "'DELIVERED'"),
                cases(Kept.INTERNAL_CASES, "'KEPT_INTERNAL'"),
                outcomes(),
                inbound(),
                attempts(),
                plain(
                        Kept.HINTS,
                        "h.message_id",
                        "text",
                        "h.received_at",
                        "hint h",
                        "h.received_at < :cutoff",
                        "h.received_at",
                        "DELETE FROM hint WHERE message_id = ANY(:refs::text[])"),
                plain(
                        Kept.WORK,
                        "w.id",
                        "bigint",
                        "w.next_at",
                        "work w",
                        "w.requested = w.done AND w.claimed IS NULL AND w.parked_kind IS NULL AND w.next_at < :cutoff",
                        "w.id",
                        "DELETE FROM work WHERE id = ANY((:refs::text[])::bigint[])"),
                commands(),
                tasks(),
                plain(
                        Kept.TALLIES,
                        "t.day || ' ' || t.what",
                        "text",
                        "(t.day::timestamp AT TIME ZONE 'UTC')",
                        "tally t",
                        "t.day < (:cutoff AT TIME ZONE 'UTC')::date",
                        "t.day, t.what",
                        "DELETE FROM tally WHERE day || ' ' || what = ANY(:refs::text[])"),
                plain(
                        Kept.SOURCE_LISTS,
                        "d.system || ' ' || d.prison || ' ' || d.day",
                        "text",
                        "(d.day::timestamp AT TIME ZONE 'UTC')",
                        "source_day d",
                        "d.day < (:cutoff AT TIME ZONE 'UTC')::date",
                        "d.day",
                        """
                        DELETE FROM source_day d USING unnest(:refs::text[]) AS gone(ref)
                         WHERE d.system = split_part(ref, ' ', 1) AND d.prison = split_part(ref, ' ', 2)
                           AND d.day = split_part(ref, ' ', 3)::date
                        """),
                manifests(),
                unusedNotes());
    }

    /** Chosen while it is locked, a note stays: the condition is looked at once more then. */
    private static Rule unusedNotes() {
        return new Rule(
                Kept.UNUSED_NOTES,
                "f.id",
                "bigint",
                "c.id",
                "coalesce(f.chosen_at, f.found_at)",
                "case_note_found f JOIN case_note_request r ON r.id = f.request JOIN referral_case c ON c.id = r.case_id",
                """
                f.erased_by IS NULL AND f.chosen IS NOT TRUE AND f.found_at < :cutoff
                  AND coalesce(f.chosen_at, f.found_at) < :cutoff AND NOT c.held
                """,
                "f.found_at",
                "NO KEY UPDATE OF f",
                ordered(
                        "notes",
                        """
                        UPDATE case_note_found SET content = ''::bytea, chosen_why = NULL, erased_by = :erasure
                         WHERE id = ANY((:refs::text[])::bigint[])
                        """));
    }

    private static Rule manifests() {
        return new Rule(
                Kept.MANIFESTS,
                "m.force || ' ' || m.day",
                "text",
                "NULL::bigint",
                "(m.day::timestamp AT TIME ZONE 'UTC')",
                "force_manifest m",
                "m.day < (:cutoff AT TIME ZONE 'UTC')::date",
                "m.day",
                "UPDATE OF m",
                ordered("manifests", goneOf("force_manifest"), "items", goneOf("force_manifest_item")));
    }

    private static String goneOf(String table) {
        return """
               DELETE FROM %s m USING unnest(:refs::text[]) AS gone(ref)
                WHERE m.force = split_part(ref, ' ', 1) AND m.day = split_part(ref, ' ', 2)::date
               """
                .formatted(table);
    }

    private static final String PACKAGES_GO =
            """
            UPDATE package SET canonical = ''::bytea, readiness = '[]', erased_by = :erasure WHERE erased_by IS NULL AND %s
            """;

    /** Nothing of the case waits for anybody, and nobody has stopped the clock. */
    private static final String FINISHED =
            """
            c.state IN ('DELIVERED', 'CLOSED', 'WITHDRAWN', 'KEPT_INTERNAL') AND NOT c.held AND c.review_code IS NULL
               AND NOT EXISTS (SELECT 1 FROM lane_case x WHERE x.case_id = c.id AND x.head_item IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM receipt_clock q WHERE q.case_id = c.id AND q.next_at IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM lane_case x JOIN lane_item i ON i.lane_case = x.id
                                 JOIN replay_item y ON y.lane_item = i.id JOIN replay z ON z.id = y.replay
                                WHERE x.case_id = c.id AND z.ended_at IS NULL AND y.state IN ('PLANNED', 'RELEASED'))
               AND NOT EXISTS (SELECT 1 FROM document u WHERE u.case_id = c.id AND u.state = 'RECEIVING')
               AND NOT EXISTS (SELECT 1 FROM task k WHERE k.case_id = c.id AND k.closed_at IS NULL)
               AND NOT EXISTS (SELECT 1 FROM case_note_request y WHERE y.case_id = c.id AND y.state = 'ASKED')
               AND NOT EXISTS (SELECT 1 FROM photo_request y WHERE y.case_id = c.id AND y.state = 'ASKED')
               AND NOT EXISTS (SELECT 1 FROM prison_document_search y WHERE y.case_id = c.id AND y.state = 'ASKED')
               AND NOT EXISTS (SELECT 1 FROM prison_document y WHERE y.case_id = c.id AND y.state = 'ASKED')
               AND NOT EXISTS (SELECT 1 FROM work w WHERE w.step IN ('assembly', 'case-sync') AND w.key = c.reference
                                  AND (w.requested > w.done OR w.claimed IS NOT NULL))
               AND NOT EXISTS (SELECT 1 FROM command m WHERE m.target = c.reference AND m.done_at IS NULL)
               AND NOT EXISTS (SELECT 1 FROM inbound n WHERE n.case_reference = c.reference AND %s)
               AND NOT EXISTS (SELECT 1 FROM case_record l JOIN source_record f ON f.id = l.record
                                 JOIN work w ON w.step IN ('incident-fetch', 'triage') AND w.key = f.record_id
                                WHERE l.case_id = c.id AND f.system = 'incident-reporting'
                                  AND (w.requested > w.done OR w.claimed IS NOT NULL))
            """
                    .formatted(unanswered("n"));

    /** When anything last happened to the case. */
    private static final String CASE_AT =
            """
            LATERAL (SELECT greatest(c.opened_at, c.changed_at, c.outcome_at,
                (SELECT max(p.built_at) FROM package p WHERE p.case_id = c.id),
                (SELECT max(o.applied_at) FROM outcome o WHERE o.case_id = c.id),
                (SELECT max(n.received_at) FROM inbound n WHERE n.case_reference = c.reference),
                (SELECT max(greatest(i.promised_at, i.done_at)) FROM lane_case x JOIN lane_item i ON i.lane_case = x.id
                  WHERE x.case_id = c.id),
                (SELECT max(r.at) FROM receipt r WHERE r.case_id = c.id),
                (SELECT max(d.at) FROM decision d WHERE d.case_id = c.id),
                (SELECT max(f.at) FROM case_fact f WHERE f.case_id = c.id),
                (SELECT max(f.touched_at) FROM document f WHERE f.case_id = c.id),
                (SELECT max(k.closed_at) FROM task k WHERE k.case_id = c.id),
                (SELECT max(greatest(y.at, y.decided_at, y.answered_at)) FROM case_note_request y WHERE y.case_id = c.id),
                (SELECT max(greatest(y.at, y.answered_at)) FROM photo_request y WHERE y.case_id = c.id),
                (SELECT max(greatest(y.at, y.answered_at)) FROM prison_document_search y WHERE y.case_id = c.id),
                (SELECT max(greatest(y.asked_at, y.answered_at)) FROM prison_document y WHERE y.case_id = c.id),
                (SELECT max(z.chosen_at) FROM case_note_request y JOIN case_note_found z ON z.request = y.id WHERE y.case_id = c.id),
                (SELECT max(v.fetched_at) FROM case_record l JOIN source_version v ON v.record = l.record
                  WHERE l.case_id = c.id)) AS at) AS last
            """;

    /** Neither judged nor carried out, or waiting for a person. */
    private static String unanswered(String alias) {
        return """
                (%1$s.state IN ('RECEIVED', 'CONFLICT')
                 OR EXISTS (SELECT 1 FROM work w WHERE w.step = 'outcome' AND w.key = %1$s.id::text
                               AND (w.requested > w.done OR w.claimed IS NOT NULL)))"""
                .formatted(alias);
    }

    private static Rule source(Kept kept, String which) {
        return new Rule(
                kept,
                "v.id",
                "bigint",
                "(SELECT l.case_id FROM case_record l WHERE l.record = s.id)",
                "last.at",
                """
                source_version v JOIN source_record s ON s.id = v.record
                  CROSS JOIN LATERAL (SELECT greatest(s.gone_at,
                      (SELECT max(y.fetched_at) FROM source_version y WHERE y.record = s.id),
                      (SELECT max(d.at) FROM decision d WHERE d.record = s.id)) AS at) AS last
                """,
                """
                v.erased_by IS NULL AND v.fetched_at < :cutoff AND last.at < :cutoff AND %s
                  AND NOT EXISTS (SELECT 1 FROM case_record l JOIN referral_case c ON c.id = l.case_id
                                   WHERE l.record = s.id AND (c.erased_at IS NULL OR c.held))
                  AND NOT EXISTS (SELECT 1 FROM work w
                                   WHERE s.system = 'incident-reporting' AND w.step IN ('incident-fetch', 'triage')
                                     AND w.key = s.record_id AND (w.requested > w.done OR w.claimed IS NOT NULL))
                """
                        .formatted(which),
                "v.fetched_at",
                "NO KEY UPDATE OF s",
                ordered(
                        "versions",
                        """
                        UPDATE source_version SET raw = ''::bytea, erased_by = :erasure
                         WHERE id = ANY((:refs::text[])::bigint[])
                        """));
    }

    /** The register of prisons is about nobody. The alerts of people in open cases are shown, and stay until they are not; so do telephone
     * reports of which nobody knows yet what they announced, use of force reports that a person is asked about, and referred
     * charges that belong to no case yet. */
    private static Rule looseRecords() {
        Rule rule = source(
                Kept.LOOSE_RECORDS,
                """
                s.system NOT IN ('incident-reporting', 'prison-register')
                  AND NOT (s.system = 'prisoner-alerts' AND v.id = s.latest_version AND EXISTS (
                        SELECT 1 FROM case_person p JOIN referral_case c ON c.id = p.case_id
                         WHERE p.prisoner_number = split_part(s.record_id, '/', 1) AND NOT p.former
                           AND c.state IN (%s)))
                  AND NOT EXISTS (
                        SELECT 1 FROM matched_report r
                         WHERE r.record = s.id AND (r.state = 'ASKED' OR r.state = 'WAITING' AND s.system = 'telephone-reports'))
                  AND NOT (s.system = 'intelligence-notices' AND EXISTS (
                        SELECT 1 FROM intelligence_notice n WHERE n.record = s.id AND n.state = 'CURRENT'))
                  AND NOT (s.system = 'adjudication-charges' AND EXISTS (
                        SELECT 1 FROM referred_charge h WHERE h.record = s.id AND h.state IN ('WAITING', 'ASKED')))
                """
                        .formatted(CaseState.allOpen().stream()
                                .map(state -> "'" + state + "'")
                                .collect(Collectors.joining(", "))));
        return rule.alsoErasing(
                "alerts",
                """
                DELETE FROM prisoner_alert a USING source_version v JOIN source_record s ON s.latest_version = v.id
                 WHERE v.id = ANY((:refs::text[])::bigint[]) AND s.system = 'prisoner-alerts'
                   AND a.prisoner_number = split_part(s.record_id, '/', 1)
                """,
                "readings",
                """
                DELETE FROM prisoner_alert_reading a USING source_version v JOIN source_record s ON s.latest_version = v.id
                 WHERE v.id = ANY((:refs::text[])::bigint[]) AND s.system = 'prisoner-alerts' AND a.prisoner_number = s.record_id
                """,
                "matched",
                """
                DELETE FROM matched_report r USING source_version v JOIN source_record s ON s.latest_version = v.id
                 WHERE v.id = ANY((:refs::text[])::bigint[]) AND r.record = s.id
                """,
                "intelligence",
                """
                DELETE FROM intelligence_notice n USING source_version v JOIN source_record s ON s.latest_version = v.id
                 WHERE v.id = ANY((:refs::text[])::bigint[]) AND n.record = s.id
                """,
                "charges",
                """
                DELETE FROM referred_charge h USING source_version v JOIN source_record s ON s.latest_version = v.id
                 WHERE v.id = ANY((:refs::text[])::bigint[]) AND h.record = s.id
                """);
    }

    private Rule alsoErasing(String... namesAndStatements) {
        var all = new LinkedHashMap<>(erase);
        all.putAll(ordered(namesAndStatements));
        return new Rule(kept, ref, type, caseId, at, from, where, order, lock, all);
    }

    private static Rule renderings() {
        return new Rule(
                Kept.RENDERINGS,
                "i.id",
                "bigint",
                "c.id",
                "greatest(i.done_at, c.changed_at)",
                """
                lane_item i JOIN lane_case h ON h.id = i.lane_case JOIN referral_case c ON c.id = h.case_id
                """,
                """
                EXISTS (SELECT 1 FROM rendering b WHERE b.lane_item = i.id AND b.erased_by IS NULL)
                  AND i.state IN ('DONE', 'CANCELLED') AND i.done_at < :cutoff AND c.changed_at < :cutoff AND %s
                """
                        .formatted(FINISHED),
                "i.id",
                "NO KEY UPDATE OF i",
                ordered(
                        "items",
                        """
                        UPDATE rendering SET bytes = ''::bytea, erased_by = :erasure
                         WHERE lane_item = ANY((:refs::text[])::bigint[]) AND erased_by IS NULL
                        """));
    }

    private static Rule packages() {
        return new Rule(
                Kept.PACKAGES,
                "q.id",
                "bigint",
                "c.id",
                "last.at",
                "package q JOIN referral_case c ON c.id = q.case_id CROSS JOIN " + CASE_AT,
                """
                q.erased_by IS NULL AND q.built_at < :cutoff AND last.at < :cutoff
                  AND c.state IN ('CLOSED', 'WITHDRAWN', 'KEPT_INTERNAL') AND %s
                """
                        .formatted(FINISHED),
                "q.built_at",
                "NO KEY UPDATE OF q",
                ordered("packages", PACKAGES_GO.formatted("id = ANY((:refs::text[])::bigint[])")));
    }

    private static Rule cases(Kept kept, String states) {
        String these = "case_id = ANY((:refs::text[])::bigint[])";
        String named = "(SELECT reference FROM referral_case WHERE id = ANY((:refs::text[])::bigint[]))";
        return new Rule(
                kept,
                "c.id",
                "bigint",
                "NULL::bigint",
                "last.at",
                "referral_case c CROSS JOIN " + CASE_AT,
                """
                (c.erased_version IS NULL OR c.row_version > c.erased_version) AND c.changed_at < :cutoff AND last.at < :cutoff
                  AND c.state IN (%s) AND %s
                """
                        .formatted(states, FINISHED),
                "c.changed_at",
                // Stronger than for a change: nothing may come to be that names the case.
                "UPDATE OF c",
                ordered(
                        "cases",
                        """
                        UPDATE referral_case
                           SET erased_by = :erasure, erased_at = :now, row_version = row_version + 1,
                               erased_version = row_version + 1, incident_reference = NULL,
                               occurred_text = NULL, approval_reason = NULL, review_detail = NULL, crime_reference = NULL,
                               officer = NULL
                         WHERE id = ANY((:refs::text[])::bigint[])
                        """,
                        "people",
                        "DELETE FROM case_person WHERE " + these,
                        // One that was heard of lately may yet lead to somebody: merges come in no order.
                        "numbers",
                        """
                        DELETE FROM merged_number m WHERE NOT EXISTS (
                               SELECT 1 FROM case_person p WHERE p.prisoner_number IN (m.removed, m.kept))
                           AND NOT EXISTS (SELECT 1 FROM prisoner_merge g
                                            WHERE g.removed = m.removed AND g.heard_at > now() - interval '30 days')
                        """,
                        "merges",
                        """
                        DELETE FROM prisoner_merge g WHERE g.heard_at <= now() - interval '30 days'
                           AND NOT EXISTS (SELECT 1 FROM merged_number m WHERE m.removed = g.removed)
                        """,
                        "bookings",
                        """
                        DELETE FROM moved_booking b WHERE b.heard_at <= now() - interval '30 days' AND NOT EXISTS (
                               SELECT 1 FROM case_person p WHERE p.prisoner_number IN (b.from_number, b.to_number))
                        """,
                        "places",
                        "DELETE FROM case_place WHERE " + these,
                        "series",
                        "DELETE FROM case_series WHERE " + these + " OR other = ANY((:refs::text[])::bigint[])",
                        "versions",
                        """
                        UPDATE source_version SET raw = ''::bytea, erased_by = :erasure
                         WHERE erased_by IS NULL AND record IN (SELECT record FROM case_record WHERE %s)
                        """
                                .formatted(these),
                        "matched",
                        "DELETE FROM matched_report WHERE record IN (SELECT record FROM case_record WHERE " + these
                                + ")",
                        "charges",
                        "DELETE FROM referred_charge WHERE record IN (SELECT record FROM case_record WHERE " + these
                                + ")",
                        // What was said of it as one that charges of other cases might belong to.
                        "chargeMatches",
                        "DELETE FROM referred_charge_match WHERE " + these,
                        "packages",
                        PACKAGES_GO.formatted(these),
                        "facts",
                        "UPDATE case_fact SET content = ''::bytea, erased_by = :erasure WHERE erased_by IS NULL AND "
                                + these,
                        "notes",
                        """
                        UPDATE case_note_found SET content = ''::bytea, chosen_why = NULL, erased_by = :erasure
                         WHERE erased_by IS NULL AND request IN (SELECT id FROM case_note_request WHERE %s)
                        """
                                .formatted(these),
                        "photographs",
                        """
                        UPDATE photo_request SET prisoner_number = NULL, reason = NULL, erased_by = :erasure
                         WHERE erased_by IS NULL AND %s
                        """
                                .formatted(these),
                        "documentSearches",
                        """
                        UPDATE prison_document_search SET prisoner_number = NULL, reason = NULL, erased_by = :erasure
                         WHERE erased_by IS NULL AND %s
                        """
                                .formatted(these),
                        "prisonDocuments",
                        """
                        UPDATE prison_document SET prisoner_number = NULL, file_name = NULL, reason = NULL, erased_by = :erasure
                         WHERE erased_by IS NULL AND %s
                        """
                                .formatted(these),
                        "requests",
                        """
                        UPDATE case_note_request SET prisoner_number = NULL, reason = NULL, decided_why = NULL, erased_by = :erasure
                         WHERE erased_by IS NULL AND %s
                        """
                                .formatted(these),
                        "pieces",
                        "DELETE FROM document_chunk WHERE document IN (SELECT id FROM document WHERE " + these + ")",
                        "documents",
                        "UPDATE document SET file_name = NULL, erased_by = :erasure WHERE erased_by IS NULL AND "
                                + these,
                        "renderings",
                        """
                        UPDATE rendering SET bytes = ''::bytea, erased_by = :erasure
                         WHERE erased_by IS NULL AND lane_item IN (
                               SELECT i.id FROM lane_item i JOIN lane_case h ON h.id = i.lane_case WHERE h.%s)
                        """
                                .formatted(these),
                        "messages",
                        """
                        UPDATE inbound SET raw = ''::bytea, detail = NULL, erased_by = :erasure
                         WHERE erased_by IS NULL AND case_reference IN %s
                        """
                                .formatted(named),
                        "outcomes",
                        """
                        UPDATE outcome
                           SET officer = NULL, reason = NULL, crime_reference = NULL, erased_by = coalesce(erased_by, :erasure)
                         WHERE %s
                        """
                                .formatted(these),
                        "attempts",
                        """
                        DELETE FROM attempt WHERE lane_item IN (
                          SELECT i.id FROM lane_item i JOIN lane_case h ON h.id = i.lane_case WHERE h.%s)
                        """
                                .formatted(these),
                        "reasons",
                        "UPDATE decision SET reason = NULL WHERE reason IS NOT NULL AND " + these,
                        "receipts",
                        "UPDATE receipt SET detail = NULL WHERE detail IS NOT NULL AND " + these,
                        "commands",
                        "DELETE FROM command WHERE target IN " + named,
                        "tasks",
                        "DELETE FROM task WHERE " + these));
    }

    private static Rule outcomes() {
        return new Rule(
                Kept.OUTCOMES,
                "o.id",
                "bigint",
                "c.id",
                "o.applied_at",
                "outcome o JOIN referral_case c ON c.id = o.case_id",
                "o.erased_by IS NULL AND o.applied_at < :cutoff AND " + FINISHED,
                "o.applied_at",
                "NO KEY UPDATE OF o",
                ordered(
                        "outcomes",
                        """
                        UPDATE outcome SET officer = NULL, reason = NULL, erased_by = :erasure
                         WHERE id = ANY((:refs::text[])::bigint[])
                        """));
    }

    private static Rule inbound() {
        return new Rule(
                Kept.INBOUND,
                "b.id",
                "bigint",
                "c.id",
                "b.received_at",
                "inbound b LEFT JOIN referral_case c ON c.reference = b.case_reference",
                "b.erased_by IS NULL AND b.received_at < :cutoff AND NOT " + unanswered("b") + " AND (c.id IS NULL OR ("
                        + FINISHED + "))",
                "b.received_at",
                "NO KEY UPDATE OF b",
                ordered(
                        "messages",
                        """
                        UPDATE inbound SET raw = ''::bytea, detail = NULL, erased_by = :erasure
                         WHERE id = ANY((:refs::text[])::bigint[])
                        """));
    }

    private static Rule attempts() {
        return new Rule(
                Kept.ATTEMPTS,
                "a.id",
                "bigint",
                "c.id",
                "a.finished_at",
                """
                attempt a JOIN lane_item i ON i.id = a.lane_item JOIN lane_case h ON h.id = i.lane_case
                  JOIN referral_case c ON c.id = h.case_id
                """,
                "a.finished_at < :cutoff AND i.state IN ('DONE', 'CANCELLED') AND " + FINISHED,
                "a.id",
                "UPDATE OF a",
                ordered("attempts", "DELETE FROM attempt WHERE id = ANY((:refs::text[])::bigint[])"));
    }

    private static Rule commands() {
        return new Rule(
                Kept.COMMANDS,
                "m.id",
                "bigint",
                "c.id",
                "m.done_at",
                "command m LEFT JOIN referral_case c ON c.reference = m.target",
                """
                m.done_at < :cutoff AND (c.id IS NULL OR (%s))
                  AND NOT EXISTS (SELECT 1 FROM work w WHERE w.step = 'command' AND w.key = m.id::text
                                     AND (w.requested > w.done OR w.claimed IS NOT NULL))
                """
                        .formatted(FINISHED),
                "m.id",
                "UPDATE OF m",
                ordered("commands", "DELETE FROM command WHERE id = ANY((:refs::text[])::bigint[])"));
    }

    /** A case's own tasks go with the case: when they were closed says how long ago anything happened to it. */
    private static Rule tasks() {
        return new Rule(
                Kept.TASKS,
                "t.id",
                "bigint",
                "t.case_id",
                "t.closed_at",
                "task t",
                """
                t.closed_at < :cutoff
                  AND (t.case_id IS NULL
                       OR EXISTS (SELECT 1 FROM referral_case c WHERE c.id = t.case_id AND c.erased_at IS NOT NULL AND %s))
                """
                        .formatted(FINISHED),
                "t.id",
                "UPDATE OF t",
                ordered("tasks", "DELETE FROM task WHERE id = ANY((:refs::text[])::bigint[])"));
    }

    private static Rule plain(
            Kept kept, String ref, String type, String at, String from, String where, String order, String delete) {
        return new Rule(
                kept,
                ref,
                type,
                "NULL::bigint",
                at,
                from,
                where,
                order,
                "UPDATE OF " + from.substring(from.indexOf(' ') + 1),
                ordered(kept.label(), delete));
    }

    private static Map<String, String> ordered(String... namesAndStatements) {
        var statements = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndStatements.length; i += 2) {
            statements.put(namesAndStatements[i], namesAndStatements[i + 1]);
        }
        return statements;
    }
}
