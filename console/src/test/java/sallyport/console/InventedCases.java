package sallyport.console;

import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.mappings.canonical.Sha256;

/** Rows for a console to show. Every person, number and text is invented. */
final class InventedCases {

    private InventedCases() {}

    static void into(JdbcClient jdbc) {
        for (String sql : ROWS.split(";\n")) {
            if (!sql.isBlank()) {
                jdbc.sql(sql).update();
            }
        }
    }

    /** Plans a replay of force 62 as the ledger would: one item that goes, one that is left out. */
    static void plan(JdbcClient jdbc, long replay) {
        for (String sql : PLAN.split(";\n")) {
            if (!sql.isBlank()) {
                jdbc.sql(sql.replace(":replay", Long.toString(replay))).update();
            }
        }
    }

    /** Puts a whole package, with its hash, in the place of a version of SP-2026-000103. */
    static void numbered(JdbcClient jdbc, int version, byte[] canonical) {
        jdbc.sql("UPDATE package SET canonical = ?, sha256 = ? WHERE case_id = 9003 AND version = ?")
                .params(canonical, Sha256.of(canonical), version)
                .update();
    }

    /** Changes a word in a version of SP-2026-000103, and not its hash. */
    static void alterPackage(JdbcClient jdbc, int version, String word, String other) {
        jdbc.sql(
                        """
                        UPDATE package SET canonical = convert_to(replace(convert_from(canonical, 'UTF8'), ?, ?), 'UTF8')
                         WHERE case_id = 9003 AND version = ?
                        """)
                .params(word, other, version)
                .update();
    }

    /** Erases the content of a version of SP-2026-000103, as its policy would. */
    static void erasePackage(JdbcClient jdbc, int version) {
        jdbc.sql(
                        """
                        WITH gone AS (INSERT INTO erasure (kind, policy, at, cutoff)
                                      VALUES ('packages', 'packages, kept for a year', now(), now()) RETURNING id)
                        UPDATE package SET canonical = '', erased_by = (SELECT id FROM gone) WHERE case_id = 9003 AND version = ?
                        """)
                .param(version)
                .update();
    }

    /** Somebody joins SP-2026-000101 whose part in it the report leaves open, and about whom an alert stands. */
    static void involve(JdbcClient jdbc, String number) {
        jdbc.sql("INSERT INTO case_person VALUES (9001, ?, 'ACTIVE_INVOLVEMENT')")
                .param(number)
                .update();
        jdbc.sql("INSERT INTO prisoner_alert VALUES (?, 'a-9', 'ROH', current_date - 3, NULL)")
                .param(number)
                .update();
    }

    /** The scanner has found nothing in it. */
    static void foundClean(JdbcClient jdbc, long document) {
        jdbc.sql("UPDATE document SET state = 'CLEAN' WHERE id = ?")
                .param(document)
                .update();
    }

    /** Something has changed one byte of a piece of a document. */
    static void changePiece(JdbcClient jdbc, long document, int no) {
        jdbc.sql(
                        """
                        UPDATE document_chunk SET bytes = set_byte(bytes, 100, get_byte(bytes, 100) # 1)
                         WHERE document = ? AND no = ?
                        """)
                .params(document, no)
                .update();
    }

    /** Erases a document, as its policy would with its case. */
    static void eraseDocument(JdbcClient jdbc, long document) {
        jdbc.sql(
                        """
                        WITH pieces AS (DELETE FROM document_chunk WHERE document = :document),
                             gone AS (INSERT INTO erasure (kind, policy, at, cutoff)
                                      VALUES ('cases', 'cases, kept for a year', now(), now()) RETURNING id)
                        UPDATE document SET file_name = NULL, erased_by = (SELECT id FROM gone) WHERE id = :document
                        """)
                .param("document", document)
                .update();
    }

    /** The prison has answered with one note; gives its row. */
    static long answered(JdbcClient jdbc, long request) {
        jdbc.sql("UPDATE case_note_request SET state = 'ANSWERED', answered_at = now(), known = true WHERE id = ?")
                .param(request)
                .update();
        return jdbc.sql(
                        """
                        INSERT INTO case_note_found (request, note, content, sha256, sensitive)
                        VALUES (?, 'n-1', convert_to(?, 'UTF8'), sha256('n-1'), false) RETURNING id
                        """)
                .params(
                        request,
                        """
                        {"caseNoteId":"n-1","offenderIdentifier":"A9876ZY","type":"OBSERVE","typeDescription":"Observations",
                         "subType":"SECURITY","subTypeDescription":"Security","creationDateTime":"2026-02-02T10:00:00",
                         "occurrenceDateTime":"2026-02-02T09:45:00","authorName":"Inka Vented","authorUserId":"1",
                         "authorUsername":"QTEST1","text":"Said <b>so</b>.","sensitive":false,"amendments":[],"systemGenerated":false}""")
                .query(Long.class)
                .single();
    }

    static long latestNotesRequest(JdbcClient jdbc) {
        return jdbc.sql("SELECT max(id) FROM case_note_request")
                .query(Long.class)
                .single();
    }

    /** From now on no entry can be written to the evidence log. */
    static void breakEvidence(JdbcClient jdbc) {
        jdbc.sql("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$")
                .update();
        jdbc.sql("CREATE TRIGGER full_disk BEFORE INSERT ON evidence FOR EACH ROW EXECUTE FUNCTION full_disk()")
                .update();
    }

    private static final String PLAN =
            """
            INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
            VALUES (9001, 'ihub', 'application/json', convert_to('{"surname":"Arbor","kind":"INITIAL"}', 'UTF8'),
                    sha256('x'), 'mappings-1', 'force')
            ON CONFLICT DO NOTHING;
            INSERT INTO replay_item (replay, lane_item, lane_case, verdict, recognition, differs, state)
            VALUES (:replay, 9001, 9001, 'DEDUPES', 'DEDUPES', 0, 'PLANNED'),
                   (:replay, 9002, 9001, 'WOULD_DOUBLE', 'WOULD_DOUBLE', NULL, 'LEFT_OUT');
            INSERT INTO replay_reach VALUES (:replay, 'SWI', '62');
            UPDATE replay SET state = 'PLANNED' WHERE id = :replay;
            """;

    private static final String ROWS =
            """
            INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family, incident_reference, occurred_at,
                occurred_text, opened_at, decide_by, approved_at, approved_by, approval_reason, review_code, review_detail,
                package_version, crime_reference, officer, outcome_type, outcome_at)
            OVERRIDING SYSTEM VALUE VALUES
            (9001, 'SP-2026-000101', 'AWAITING_DECISION', 'MANDATORY', 'IMMEDIATE', 'MDI', '16', 'ASSAULT', '37184201',
             now() - interval '27 hours', 'x', now() - interval '26 hours', now() - interval '2 hours', NULL, NULL, NULL, NULL,
             NULL, 0, NULL, NULL, NULL, NULL),
            (9002, 'SP-2026-000102', 'AWAITING_DECISION', 'DISCRETIONARY', 'ROUTINE', 'LEI', '13', 'FIND', '37184202',
             now() - interval '5 hours', 'x', now() - interval '4 hours', now() + interval '20 hours', NULL, NULL, NULL, NULL,
             NULL, 0, NULL, NULL, NULL, NULL),
            (9003, 'SP-2026-000103', 'DELIVERED', 'MANDATORY', 'ROUTINE', 'SWI', '62', 'ASSAULT', '37184203',
             now() - interval '4 days', 'x', now() - interval '4 days', NULL, now() - interval '3 days', 'north.lead',
             'Clear injury, victim supports prosecution', NULL, NULL, 2, '62/104411/26', 'PC 4471', NULL, NULL),
            (9004, 'SP-2026-000104', 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', '16', 'FIRE', '37184204',
             now() - interval '30 hours', 'x', now() - interval '29 hours', NULL, now() - interval '28 hours', 'north.lead',
             'Agreed', NULL, NULL, 1, NULL, NULL, NULL, NULL),
            (9005, 'SP-2026-000105', 'DELIVERED', 'MANDATORY', 'ROUTINE', 'BXI', '01', 'ASSAULT', '37184205',
             now() - interval '9 days', 'x', now() - interval '9 days', NULL, now() - interval '8 days', 'london.lead', 'Agreed',
             'withdrawal-proposed', 'The report is now a duplicate', 1, NULL, NULL, NULL, NULL),
            (9006, 'SP-2026-000106', 'CLOSED', 'MANDATORY', 'ROUTINE', 'LEI', '13', 'ASSAULT', '37184206',
             now() - interval '20 days', 'x', now() - interval '20 days', NULL, now() - interval '19 days', 'north.lead',
             'Agreed', NULL, NULL, 1, '13/99120/26', 'DC 2210', '1', now() - interval '2 days'),
            (9008, 'SP-2026-000108', 'WITHDRAWN', 'DISCRETIONARY', 'ROUTINE', 'LEI', '13', 'ADJUDICATION_CHARGE', NULL,
             now() - interval '20 days', 'x', now() - interval '20 days', NULL, now() - interval '20 days', 'prison',
             'adjudication LEI-000204 is referred to the police', NULL, NULL, 1, NULL, NULL, NULL, NULL);
            UPDATE referral_case SET combined_into = 9006 WHERE id = 9008;
            INSERT INTO case_series VALUES (9001, 'SAME_SUSPECT', 'A5555DD', 9003), (9001, 'SAME_SUSPECT', 'A5555DD', 9006),
                (9003, 'SAME_PLACE', '', 9005);
            INSERT INTO source_record (id, system, record_id, disposition, prison) OVERRIDING SYSTEM VALUE
            VALUES (9001, 'incident-reporting', '0190aaaa-0000-7000-8000-000000000103', 'CASE', 'SWI');
            INSERT INTO source_version (id, record, version_no, raw, sha256, modified_text, modified_at, fetched_at, fetched_from)
            OVERRIDING SYSTEM VALUE
            VALUES (9001, 9001, 1, '\\x7b7d', sha256('\\x7b7d'), '2026-02-26T10:14:03', now() - interval '4 days',
                    now() - interval '4 days', 'http://incident-reporting'),
                   (9002, 9001, 2, '\\x7b207d', sha256('\\x7b207d'), '2026-02-27T08:00:41.120', now() - interval '60 hours',
                    now() - interval '60 hours', 'http://incident-reporting');
            UPDATE source_record SET latest_version = 9002, occurred_at = '2026-02-26' WHERE id = 9001;
            INSERT INTO source_day (system, prison, day, listed_at, ids, modified, modified_at, statuses)
            VALUES ('incident-reporting', 'SWI', '2026-02-26', now() - interval '1 hour',
                    '{0190aaaa-0000-7000-8000-000000000103,0190aaaa-0000-7000-8000-000000000104}', '{}', '{}', '{}');
            INSERT INTO case_record (case_id, record) VALUES (9003, 9001);
            INSERT INTO case_person VALUES (9003, 'A1234BC', 'SUSPECT', false), (9003, 'A9876ZY', 'VICTIM', false),
                (9003, 'B4321CB', 'SUSPECT', true), (9001, 'A5555DD', 'SUSPECT', false);
            INSERT INTO source_record (id, system, record_id, prison, occurred_at) OVERRIDING SYSTEM VALUE
            VALUES (9101, 'telephone-reports', 'N-101', 'SWI', '2026-02-26'), (9102, 'telephone-reports', 'N-102', 'MDI', '2026-02-27'),
                   (9103, 'telephone-reports', 'N-103', 'LEI', '2026-02-27');
            INSERT INTO source_version (id, record, version_no, raw, sha256, fetched_at, fetched_from) OVERRIDING SYSTEM VALUE
            SELECT r.id, r.id, 1, t.raw, sha256(t.raw), now(), 'mail'
              FROM source_record r,
                   LATERAL (SELECT convert_to('reference,prison,occurred,type,prisoners,summary' || chr(10) || r.record_id || ',' || r.prison
                                   || ',2026-02-26 10:00,assault,A1234BC,Heard from the wing <b>office</b>', 'UTF8') AS raw) t
             WHERE r.id IN (9101, 9102, 9103);
            UPDATE source_record SET latest_version = id WHERE id IN (9101, 9102, 9103);
            INSERT INTO matched_report (record, reported_at, state)
            VALUES (9101, now() - interval '95 hours', 'LINKED'), (9102, now() - interval '29 hours', 'ASKED'),
                   (9103, now() - interval '28 hours', 'WAITING');
            INSERT INTO report_match (report, incident, score, reasons, state)
            VALUES (9101, 9001, 90, 'same-prison +15, within-10-minutes +30, same-type +20, same-prisoner +25', 'LINKED'),
                   (9102, 9001, 60, 'same-prison +15, within-30-minutes +25, same-type +20', 'PROPOSED');
            INSERT INTO case_record (case_id, record) VALUES (9003, 9101);
            INSERT INTO source_record (id, system, record_id, prison, occurred_at) OVERRIDING SYSTEM VALUE
            VALUES (9111, 'use-of-force', '4711', 'SWI', '2026-02-26'), (9112, 'use-of-force', '4712', 'MDI', '2026-02-27'),
                   (9113, 'use-of-force', '4713', 'LEI', '2026-02-27');
            INSERT INTO source_version (id, record, version_no, raw, sha256, fetched_at, fetched_from) OVERRIDING SYSTEM VALUE
            SELECT r.id, r.id, 1, t.raw, sha256(t.raw), now(), 'extract'
              FROM source_record r,
                   LATERAL (SELECT convert_to('{"id":' || r.record_id || ',"agency_id":"' || r.prison || '","offender_no":"A1234BC",'
                                   || '"incident_date":"2026-02-26T10:05:00","status":"SUBMITTED","deleted":' || (r.id = 9113) || ',"form_response":{'
                                   || '"reasonsForUseOfForce":{"reasons":["FIGHT_BETWEEN_PRISONERS"]},"evidence":{'
                                   || '"evidenceTagAndDescription":[{"evidenceTagReference":"M<b>1","description":"A knife"}]},'
                                   || '"useOfForceDetails":{"bodyWornCameraNumbers":[{"cameraNum":"BWC-17"}]}},'
                                   || '"statements":[{"id":1,"name":"Otto Officer","statement_status":"PENDING"}]}', 'UTF8') AS raw) t
             WHERE r.id IN (9111, 9112, 9113);
            UPDATE source_record SET latest_version = id WHERE id IN (9111, 9112, 9113);
            INSERT INTO matched_report (record, reported_at, state)
            VALUES (9111, now() - interval '4 days', 'LINKED'), (9112, now() - interval '30 hours', 'ASKED'),
                   (9113, now() - interval '29 hours', 'WAITING');
            INSERT INTO report_match (report, incident, score, reasons, state)
            VALUES (9111, 9001, 100, 'same-prison +15, within-15-minutes +25, same-prisoner +40, fitting-reason +20', 'LINKED'),
                   (9112, 9001, 55, 'same-prison +15, within-1-hour +20, fitting-reason +20', 'PROPOSED');
            INSERT INTO case_record (case_id, record) VALUES (9003, 9111);
            INSERT INTO source_record (id, system, record_id, prison) OVERRIDING SYSTEM VALUE
            VALUES (9201, 'intelligence-notices', 'INT-2026-201', 'SWI'), (9202, 'intelligence-notices', 'INT-2026-202', 'MDI');
            INSERT INTO intelligence_notice (record, issued_at, state, prison, incident, prisoner_number, from_at, until_at, handling, unit, expires)
            VALUES (9201, now() - interval '2 days', 'CURRENT', 'SWI', '37184203', NULL, NULL, NULL, 'P', 'SIU', current_date + 90),
                   (9202, now() - interval '1 day', 'CURRENT', 'MDI', NULL, 'A5555DD', now() - interval '3 days', now(), 'C', 'CCU',
                    current_date + 90);
            INSERT INTO source_record (id, system, record_id, prison, occurred_at) OVERRIDING SYSTEM VALUE
            VALUES (9301, 'adjudication-charges', 'SWI-000201', 'SWI', '2026-02-26'), (9302, 'adjudication-charges', 'MDI-000202', 'MDI', '2026-02-27'),
                   (9303, 'adjudication-charges', 'LEI-000203', 'LEI', '2026-02-27'),
                   (9304, 'adjudication-charges', 'SWI-000205', 'SWI', '2026-02-27');
            INSERT INTO source_version (id, record, version_no, raw, sha256, fetched_at, fetched_from) OVERRIDING SYSTEM VALUE
            SELECT r.id, r.id, 1, t.raw, sha256(t.raw), now(), 'adjudications'
              FROM source_record r,
                   LATERAL (SELECT convert_to('{"chargeNumber":"' || r.record_id || '","prisonerNumber":"A1234BC","gender":"MALE",'
                       || '"incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"2026-02-26T10:00:00",'
                       || '"dateTimeOfDiscovery":"2026-02-26T10:00:00","handoverDeadline":"2026-02-28T10:00:00"},"isYouthOffender":false,'
                       || '"incidentRole":{},"offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"1",'
                       || '"paragraphDescription":"Commits any<br>assault <i>here"},"protectedCharacteristics":[]},"incidentStatement":{"statement":"Invented"},'
                       || '"createdByUserId":"U","createdDateTime":"2026-02-26T12:00:00","status":"REFER_POLICE","damages":[],"evidence":[],'
                       || '"witnesses":[],"hearings":[],"outcomes":[],"originatingAgencyId":"' || r.prison || '","linkedChargeNumbers":[]}', 'UTF8') AS raw) t
             WHERE r.id IN (9301, 9302, 9303, 9304);
            UPDATE source_record SET latest_version = id WHERE id IN (9301, 9302, 9303, 9304);
            INSERT INTO referred_charge (record, prisoner_number, prison, occurred_at, known_at, state)
            VALUES (9301, 'A1234BC', 'SWI', now() - interval '4 days', now() - interval '95 hours', 'LINKED'),
                   (9302, 'A1234BC', 'MDI', now() - interval '30 hours', now() - interval '29 hours', 'ASKED'),
                   (9303, 'A7777GG', 'LEI', now() - interval '30 hours', now() - interval '28 hours', 'WAITING'),
                   (9304, 'A1234BC', 'SWI', now() - interval '30 hours', now() - interval '27 hours', 'OWN');
            INSERT INTO referred_charge_match (charge, case_id, score, reasons, state)
            VALUES (9301, 9003, 100, 'same-prisoner +20, same-prison +10, within-10-minutes +30, suspect +20, same-paragraph +20', 'LINKED'),
                   (9302, 9003, 60, 'same-prisoner +20, same-prison +10, within-2-hours +0, suspect +20', 'PROPOSED'),
                   (9302, 9004, 55, 'same-prisoner +20, same-prison +10, within-12-hours -5, suspect +20', 'PROPOSED'),
                   (9304, 9003, 60, 'same-prisoner +20, same-prison +10, within-2-hours +0, suspect +20', 'PROPOSED');
            INSERT INTO case_record (case_id, record) VALUES (9003, 9301);
            INSERT INTO prisoner_alert
            VALUES ('A5555DD', 'a-1', 'XPOI', current_date - 30, NULL), ('A5555DD', 'a-2', 'HA', current_date - 30, NULL),
                   ('A1234BC', 'a-3', 'ROV', current_date - 400, current_date + 30),
                   ('A1234BC', 'a-4', 'XSC', current_date - 400, current_date - 1), ('B4321CB', 'a-5', 'XP', current_date - 9, NULL);
            INSERT INTO decision (case_id, record, source_version, kind, verdict, rule_version, criteria, explanation, actor, at)
            VALUES (9001, NULL, NULL, 'TRIAGE', 'MANDATORY', '2026.1-4f2a91', 'SERIOUS_VIOLENCE SERIOUS_INJURY',
             '{"reasons":[{"ruleId":"ASSAULT-INPATIENT","criterion":"SERIOUS_INJURY","questionCode":"61303","answerCode":"213183"},{"ruleId":"ASSAULT-WEAPON","criterion":"SERIOUS_VIOLENCE","questionCode":"61294","answerCode":"213135"}]}',
             'rules', now() - interval '26 hours'),
             (9003, 9001, 9001, 'TRIAGE', 'MANDATORY', '2026.1-4f2a91', 'SERIOUS_INJURY',
             '{"reasons":[{"ruleId":"ASSAULT-CONCUSSION","criterion":"SERIOUS_INJURY","questionCode":"61305","answerCode":"213197"}],
               "offences":[{"code":"OF61102","ruleId":"ASSAULT-CONCUSSION"},{"code":"CJ88116","ruleId":"ASSAULT-POLICE-REFERRAL"}]}',
             'rules', now() - interval '4 days');
            INSERT INTO decision (case_id, kind, explanation, actor, reason, at)
            VALUES (9003, 'APPROVAL', '{}', 'north.lead', 'Clear injury, victim supports prosecution', now() - interval '3 days');
            INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version, mapping_version, readiness, built_at)
            VALUES (9003, 1, 'REFERRAL', '\\x01', sha256('\\x01'), sha256('\\x01'), '1', '1',
             '[{"item":"At least one suspect is named","state":"PRESENT","note":null},{"item":"Statement of the victim (MG11)","state":"MISSING","note":null}]', now() - interval '71 hours'),
             (9003, 2, 'SUPPLEMENT', '\\x02', sha256('\\x02'), sha256('\\x02'), '1', '1',
             '[{"item":"At least one suspect is named","state":"PRESENT"},{"item":"Injuries are described","state":"PRESENT"},{"item":"Statement of the victim (MG11)","state":"MISSING","note":"Ask the safer custody team for the MG11."},{"item":"Use of force report","state":"NOT_APPLICABLE"}]',
             now() - interval '59 hours');
            INSERT INTO lane (name, family) VALUES ('force:62', 'FORCE'), ('force:16', 'FORCE'), ('tracker', 'TRACKER'), ('feed:regional-north', 'FEED');
            INSERT INTO lane_case (id, lane, case_id, next_seq, parked_reason, parked_code, parked_where, parked_detail, parked_at)
            OVERRIDING SYSTEM VALUE
            VALUES (9001, 'force:62', 9003, 3, NULL, NULL, NULL, NULL, NULL),
                   (9002, 'force:16', 9004, 3, 'UNKNOWN', 'no-answer', NULL, 'sent at 09:12, the connection was closed without an answer', now() - interval '27 hours'),
                   (9003, 'tracker', 9004, 2, NULL, NULL, NULL, NULL, NULL);
            INSERT INTO lane_item (id, lane_case, seq, kind, message_id, package_version, class, state, channels, attempts, first_sent_at, promised_at, done_at)
            OVERRIDING SYSTEM VALUE
            VALUES (9001, 9001, 1, 'PACKAGE', 'SP-2026-000103-1-62', 1, 'ROUTINE', 'DONE', '{ihub}', 2, now() - interval '71 hours', now() - interval '71 hours', now() - interval '70 hours'),
                   (9002, 9001, 2, 'PACKAGE', 'SP-2026-000103-2-62', 2, 'ROUTINE', 'DONE', '{ihub}', 1, now() - interval '59 hours', now() - interval '59 hours', now() - interval '59 hours'),
                   (9003, 9002, 1, 'PACKAGE', 'SP-2026-000104-1-16', 1, 'ROUTINE', 'PARKED', '{ihub,cjse}', 1, now() - interval '27 hours', now() - interval '28 hours', NULL),
                   (9004, 9002, 2, 'PACKAGE', 'SP-2026-000104-2-16', 2, 'ROUTINE', 'PROMISED', '{ihub,cjse}', 0, NULL, now() - interval '20 hours', NULL),
                   (9005, 9003, 1, 'TRACKER_ROW', 'SP-2026-000104-t1', NULL, 'ROUTINE', 'PROMISED', '{tracker}', 0, NULL, now() - interval '4 minutes', NULL);
            UPDATE lane_case SET head_item = 9003 WHERE id = 9002;
            UPDATE lane_case SET head_item = 9005 WHERE id = 9003;
            INSERT INTO attempt (lane_item, attempt_no, channel, node, started_at, finished_at, outcome, may_have_reached, code, detail)
            VALUES (9001, 1, 'ihub', 'n1', now() - interval '71 hours', now() - interval '71 hours', 'UNAVAILABLE', false, 'connect-timeout', NULL),
                   (9001, 2, 'ihub', 'n1', now() - interval '70 hours', now() - interval '70 hours', 'ACCEPTED', true, NULL, NULL),
                   (9003, 1, 'ihub', 'n1', now() - interval '27 hours', now() - interval '27 hours', 'UNKNOWN', true, 'no-answer', NULL);
            INSERT INTO receipt (case_id, lane, package_version, rung, at, owner, evidence_sha256)
            VALUES (9003, 'force:62', 1, 'ACCEPTED', now() - interval '70 hours', 'force 62', sha256('\\x01')),
                   (9003, 'force:62', 1, 'CRIME_REFERENCE', now() - interval '50 hours', 'force 62', sha256('\\x02'));
            INSERT INTO receipt_clock (case_id, lane, package_version, rung, owner, started_at, warn_at, overdue_at, state, receipt, ended_at)
            SELECT case_id, lane, package_version, rung, 'force-crime-desk', at - interval '1 hour', at, at + interval '1 hour', 'MET', id, at
              FROM receipt WHERE rung = 'CRIME_REFERENCE';
            INSERT INTO receipt_clock (case_id, lane, package_version, rung, owner, started_at, warn_at, overdue_at, state)
            VALUES (9003, 'force:62', 1, 'OFFICER_ALLOCATED', 'force-crime-desk', now() - interval '70 hours', now() - interval '60 hours', now() - interval '50 hours', 'OVERDUE'),
                   (9003, 'force:62', 1, 'OUTCOME', 'force-crime-desk', now() - interval '70 hours', now() + interval '60 days', now() + interval '90 days', 'WAITING');
            INSERT INTO alert (kind, subject, force, state, since, opened_at, cleared_at, what, todo, count)
            VALUES ('LANE', 'force:16', '16', 'OPEN', now(), now() - interval '2 hours', NULL,
                    'What is for force 16 is held up: 3 cases wait.', 'Ask force 16 whether it is overloaded.', 3),
                   ('DECISIONS', 'decisions', NULL, 'CLEARED', now(), now() - interval '9 hours', now() - interval '8 hours',
                    '1 case waits for a decision past the time for it.', 'A coordinator decides.', 1),
                   ('LANE', 'force:13', '13', 'RISING', now(), NULL, NULL, 'Not lasting yet', 'Nothing', 1);
            INSERT INTO inbound (id, channel, sender, raw, sha256, state, message_id, case_reference, code, code_where, received_at)
            OVERRIDING SYSTEM VALUE
            VALUES (9001, 'rest', '62', '\\x01', sha256('\\x01'), 'APPLIED', 'm-1', 'SP-2026-000103', NULL, NULL, now() - interval '50 hours'),
                   (9002, 'cjse', '16', '\\x43414e415259', sha256('\\x02'), 'REJECTED', 'm-2', 'SP-2026-999999', 'unknown-outcome', '/code', now() - interval '3 hours'),
                   (9003, 'rest', '13', '\\x43414e415259', sha256('\\x03'), 'CONFLICT', 'm-3', 'SP-2026-000103', 'wrong-force', '/caseReference', now() - interval '1 hour');
            INSERT INTO outcome (inbound, case_id, force, message_id, type, code, at, crime_reference, officer, applied_at)
            VALUES (9001, 9003, '62', 'm-1', 'CRIME_REFERENCE', NULL, now() - interval '50 hours', '62/104411/26', 'PC 4471', now() - interval '50 hours');
            INSERT INTO task (id, kind, subject, case_id, prison, force, detail, opened_at, due_at) OVERRIDING SYSTEM VALUE
            VALUES (9001, 'SILENCE', 'silence/incident-reporting/LEI', NULL, 'LEI', NULL, 'No report for 31 h; usually one every 4 h', now() - interval '2 hours', NULL),
                   (9002, 'GAP', 'gap/force/16/2026-03-01', NULL, NULL, '16', 'Force 16 lacks 1 of 12 messages that it accepted', now() - interval '9 hours', now() - interval '1 hour'),
                   (9003, 'TELEPHONE', 'telephone/SP-2026-000103', 9003, 'SWI', '62', 'An immediate referral has no answer for 30 min', now() - interval '1 hour', now() + interval '1 hour'),
                   (9004, 'TELEPHONE', 'telephone/SP-2026-000105', 9005, 'BXI', '01', 'An immediate referral has no answer for 30 min', now() - interval '3 hours', NULL);
            INSERT INTO work (step, key, parked_kind, parked_code, parked_where, parked_at)
            VALUES ('incident-fetch', '0190aaaa-0000-7000-8000-0000000000ff', 'REJECTED', 'schema-invalid', '/prisonersInvolved/0/prisonerRole', now() - interval '5 hours'),
                   ('incident-fetch', '0190aaaa-0000-7000-8000-0000000000fe', 'REJECTED', 'schema-invalid', '/reportedAt', now() - interval '2 hours');
            """;
}
