package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.CombineCases;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.OpenedKnowing;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.OutcomeWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;

/** Two cases that are one matter: which survives, what moves, what stays, and what is written at the same time. */
class CombinedCasesIT {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final SourceKey INCIDENT = new SourceKey(SourceKey.INCIDENTS, "report");
    private static final SourceKey CHARGE = new SourceKey(SourceKey.CHARGES, "MDI-000001");

    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    /** Case 1 was opened by a charge and approved; case 2 is that of the incident report, opened an hour later. */
    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
        write(
                new OpenCase(TestLedger.referralCase(1).approvedBy("prison", "referred", AT)),
                stored(CHARGE),
                new LinkRecord(1, CHARGE),
                new SetPeople(1, Set.of(new CasePerson("A1234BC", "PERPETRATOR", false))));
        write(
                new OpenCase(TestLedger.referralCase(2)),
                stored(INCIDENT),
                new LinkRecord(2, INCIDENT),
                new SetPeople(
                        2,
                        Set.of(
                                new CasePerson("A1234BC", "ASSAILANT", false),
                                new CasePerson("B1234BC", "VICTIM", false))));
        ledger.jdbc.update(
                "UPDATE referral_case SET incident_reference = NULL, family = 'ADJUDICATION_CHARGE' WHERE id = 1");
        ledger.jdbc.update("UPDATE referral_case SET opened_at = opened_at + interval '1 hour' WHERE id = 2");
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void theOlderSurvivesWhereNothingWasSentAndTakesWhatItLacks() {
        combine();

        assertThat(row(1)).containsEntry("incident_reference", "incident-2").containsEntry("family", "ASSAULT");
        assertThat(row(1).get("approved_by")).isEqualTo("prison");
        assertThat(row(2))
                .containsEntry("state", "WITHDRAWN")
                .containsEntry("combined_into", 1L)
                .containsEntry("incident_reference", null)
                .containsEntry("review_code", null);
        assertThat(ledger.count("SELECT count(*) FROM case_record WHERE case_id = 1"))
                .isEqualTo(2);
        assertThat(ledger.jdbc.queryForList(
                        "SELECT prisoner_number FROM case_person WHERE case_id = 1 ORDER BY 1, role", String.class))
                .containsExactly("A1234BC", "A1234BC", "B1234BC");
        assertThat(asked(Step.ASSEMBLY)).containsExactly(TestLedger.reference(1), TestLedger.reference(2));
        assertThat(asked(Step.CASE_SYNC)).containsExactly(TestLedger.reference(1), TestLedger.reference(2));
        assertThat(asked(Step.TRIAGE)).contains("report");
    }

    @Test
    void theOneThatTheForceHasSurvivesThoughItIsYounger() {
        sent(2, "DONE", true);

        combine();

        assertThat(row(2)).containsEntry("combined_into", null).containsEntry("approved_by", "prison");
        assertThat(row(1)).containsEntry("combined_into", 2L).containsEntry("state", "WITHDRAWN");
        assertThat(ledger.count(
                        "SELECT case_id FROM case_record r JOIN source_record s ON s.id = r.record WHERE s.system ="
                                + " 'adjudication-charges'"))
                .isEqualTo(2);
    }

    @Test
    void theOlderSurvivesWhereBothWereSentAndTheOtherIsTakenBackAsADuplicate() {
        sent(1, "DONE", true);
        sent(2, "SENDING", true);
        approve(2);

        combine();

        assertThat(row(2)).containsEntry("combined_into", 1L).containsEntry("review_code", "confirmed");
        assertThat(ledger.text("SELECT review_detail FROM referral_case WHERE id = 2"))
                .isEqualTo("DUPLICATE: combined with " + TestLedger.reference(1));
        assertThat(itemOf(2))
                .as("what is under way stays, and is followed by the withdrawal")
                .isEqualTo("SENDING");
    }

    @Test
    void whatHasNotLeftIsCancelledAndWhatIsParkedUnknownStaysInSight() {
        sent(1, "DONE", true);
        sent(2, "PROMISED", false);
        approve(2);
        combine();
        assertThat(itemOf(2)).isEqualTo("CANCELLED");

        createAgain();
        sent(1, "DONE", true);
        sent(2, "PARKED", true);
        approve(2);
        combine();
        assertThat(itemOf(2)).isEqualTo("PARKED");
    }

    @Test
    void answersDocumentsHoldsTasksMoveAndReceiptsStayWithTheirReference() {
        ledger.jdbc.update(
                """
                INSERT INTO case_fact (case_id, item, version, state, content, sha256, actor)
                VALUES (1, 'footage', 1, 'PRESENT', '\\x01', sha256('\\x01'), 'a'), (2, 'footage', 1, 'MISSING', '\\x02', sha256('\\x02'), 'b'),
                       (2, 'exhibits', 1, 'PRESENT', '\\x03', sha256('\\x03'), 'b'), (2, 'exhibits', 2, 'MISSING', '\\x04', sha256('\\x04'), 'b')
                """);
        ledger.jdbc.update(
                """
                INSERT INTO document (case_id, kind, state, media_type, size, sha256, actor)
                VALUES (1, 'OTHER', 'CLEAN', 'a/b', 1, sha256('same'), 'a'), (2, 'OTHER', 'CLEAN', 'a/b', 1, sha256('same'), 'b'),
                       (2, 'OTHER', 'CLEAN', 'a/b', 1, sha256('other'), 'b')
                """);
        ledger.jdbc.update("INSERT INTO legal_hold (case_id, placed_by, placed_why) VALUES (2, 'lead', 'inquest')");
        ledger.jdbc.update("UPDATE referral_case SET held = true WHERE id = 2");
        ledger.jdbc.update(
                "INSERT INTO task (kind, subject, case_id, detail) VALUES ('DOCUMENT', 'd', 2, 'x'), ('RECEIPT', 'r', 2, 'x')");
        sent(1, "DONE", true);
        ledger.jdbc.update("INSERT INTO receipt (case_id, lane, package_version, rung, at, owner, evidence_sha256)"
                + " SELECT 1, 'force:46', 1, 'ACCEPTED', now(), 'x', sha256('x')");

        combine();

        assertThat(ledger.jdbc.queryForList(
                        "SELECT item || ' ' || version || ' ' || actor FROM case_fact WHERE case_id = 1 ORDER BY 1",
                        String.class))
                .containsExactly("exhibits 1 b", "exhibits 2 b", "footage 1 a");
        assertThat(ledger.count("SELECT count(*) FROM document WHERE case_id = 1"))
                .isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM legal_hold WHERE case_id = 1 AND released_at IS NULL"))
                .isEqualTo(1);
        assertThat(row(1)).containsEntry("held", true);
        assertThat(ledger.jdbc.queryForList("SELECT subject FROM task WHERE case_id = 1", String.class))
                .containsExactly("d");
        assertThat(ledger.count("SELECT count(*) FROM receipt WHERE case_id = 1"))
                .isEqualTo(1);
        assertThat(
                        ledger.count(
                                "SELECT count(*) FROM evidence WHERE kind = 'COMBINATION' AND actor = 'lead' AND detail LIKE 'combined %'"))
                .isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM decision WHERE kind = 'COMBINATION'"))
                .isEqualTo(2);
    }

    @Test
    void aDocumentOfThePrisonIsInTheSurvivorOnceAndWhatWasTakenStaysTaken() {
        ledger.jdbc.update(
                """
                INSERT INTO document (case_id, kind, state, media_type, size, sha256, actor, source)
                VALUES (2, 'prison-document', 'CLEAN', 'application/pdf', 1, sha256('x'), 'b', 'HMPPS')
                """);
        ledger.jdbc.update(
                """
                INSERT INTO prison_document (case_id, uuid, type, media_type, size, created_at, state, actor, document)
                SELECT c, ('8cdadcf3-b003-4116-9956-c99bd8df6a0' || n)::uuid, 'X', 'application/pdf', 1, now(), s, 'b',
                       CASE WHEN s = 'TAKEN' THEN (SELECT id FROM document) END
                  FROM (VALUES (1, 1, 'LISTED'), (2, 1, 'TAKEN'), (2, 2, 'ASKED'), (1, 3, 'LISTED'), (2, 3, 'LISTED')) AS v(c, n, s)
                """);
        ledger.jdbc.update(
                "INSERT INTO prison_document_search (case_id, prisoner_number, reason, actor) VALUES (2, 'A1234BC', 'why', 'b')");

        combine();

        assertThat(ledger.jdbc.queryForList(
                        "SELECT p.case_id || ' ' || right(p.uuid::text, 1) || ' ' || p.state || ' ' || coalesce(d.case_id::text, '-')"
                                + " FROM prison_document p LEFT JOIN document d ON d.id = p.document ORDER BY p.uuid",
                        String.class))
                .containsExactly("1 1 TAKEN 1", "1 2 ASKED -", "1 3 LISTED -");
        assertThat(ledger.count("SELECT count(*) FROM prison_document_search WHERE case_id = 1"))
                .isEqualTo(1);
    }

    @Test
    void whatPeopleAskedForAndTheSeriesOfOthersGoWithTheMatter() {
        ledger.jdbc.update(
                """
                INSERT INTO document (case_id, kind, state, media_type, size, sha256, actor, source)
                VALUES (1, 'prisoner-photograph', 'CLEAN', 'image/jpeg', 1, sha256('same'), 'a', 'NOMIS'),
                       (2, 'prisoner-photograph', 'CLEAN', 'image/jpeg', 1, sha256('same'), 'b', 'NOMIS')
                """);
        ledger.jdbc.update(
                """
                INSERT INTO photo_request (case_id, prisoner_number, reason, actor, state, document)
                SELECT 2, 'A1234BC', 'why', 'b', 'STORED', id FROM document WHERE case_id = 2
                """);
        ledger.jdbc.update(
                """
                INSERT INTO photo_request (case_id, prisoner_number, reason, actor) VALUES (2, 'B1234BC', 'why', 'b')
                """);
        ledger.jdbc.update(
                """
                INSERT INTO case_note_request (case_id, prisoner_number, from_at, until_at, types, sensitive, justification, reason, actor, state)
                VALUES (2, 'A1234BC', now() - interval '1 day', now(), '{}', false, 'x', 'why', 'b', 'ASKED')
                """);
        write(new OpenCase(TestLedger.referralCase(3)), new OpenCase(TestLedger.referralCase(4)));
        ledger.jdbc.update(
                """
                INSERT INTO case_series (case_id, kind, subject, other)
                VALUES (3, 'SAME_SUSPECT', 'A1234BC', 2), (4, 'SAME_SUSPECT', 'A1234BC', 1), (4, 'SAME_SUSPECT', 'A1234BC', 2),
                       (1, 'SAME_SUSPECT', 'A1234BC', 2)
                """);

        combine();

        assertThat(ledger.jdbc.queryForList(
                        "SELECT p.case_id || ' ' || p.state || ' ' || coalesce(d.case_id::text, '-') FROM photo_request p"
                                + " LEFT JOIN document d ON d.id = p.document ORDER BY p.id",
                        String.class))
                .as("a photograph that is in both is the survivor's")
                .containsExactly("1 STORED 1", "1 ASKED -");
        assertThat(ledger.count("SELECT count(*) FROM case_note_request WHERE case_id = 1"))
                .isEqualTo(1);
        assertThat(ledger.jdbc.queryForList(
                        "SELECT case_id || ' ' || other FROM case_series WHERE other = 1 ORDER BY 1", String.class))
                .containsExactly("3 1", "4 1");
    }

    @Test
    void aPromiseMadeMeanwhileComesFirstAndTheCombinationLooksAgain() {
        CombineCases decided = wish();
        write(
                new ChangeCase(loaded(2).withPackageVersion(1)),
                TestLedger.promise("force:46", 2, "SP-2026-000002-1-46"));

        write(decided);
        assertThat(row(2)).as("nothing was written on what had changed").containsEntry("combined_into", null);

        combine();
        assertThat(row(2)).containsEntry("combined_into", 1L);
        assertThat(ledger.text("SELECT state FROM lane_item")).isEqualTo("CANCELLED");
    }

    @Test
    void whatWasDecidedOnTheOtherBeforeIsNotWrittenAfterwards() {
        ReferralCase before = loaded(2);
        combine();

        write(new ChangeCase(before.withPoliceFacts("46/1/26", null, null, null)));

        assertThat(row(2)).containsEntry("crime_reference", null).containsEntry("combined_into", 1L);
    }

    @Test
    void combiningTwiceIsCombiningOnce() {
        CombineCases decided = wish();
        write(decided);
        write(decided);

        assertThat(ledger.count("SELECT count(*) FROM decision WHERE kind = 'COMBINATION'"))
                .isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM referral_case WHERE combined_into IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void anOutcomeForTheFormerReferenceReachesTheSurvivor() {
        sent(1, "DONE", true);
        sent(2, "DONE", true);
        approve(2);
        combine();
        long inbound = ledger.count(
                "INSERT INTO inbound (channel, sender, raw, sha256, state, message_id, case_reference)"
                        + " VALUES ('rest', '46', '\\x01', sha256('\\x01'), 'VALID', 'm-1', ?) RETURNING id",
                TestLedger.reference(2));

        OutcomeWork work = (OutcomeWork)
                bodies.load(Step.OUTCOME, List.of(Long.toString(inbound))).get(Long.toString(inbound));

        assertThat(work.referralCase()).isNotNull();
        assertThat(work.referralCase().id()).isEqualTo(1);
        assertThat(work.sentVersions()).containsExactly(1);
        assertThat(work.former()).isNotNull();
        assertThat(work.former().referralCase().id()).isEqualTo(2);
        assertThat(work.former().sentVersions()).containsExactly(1);
    }

    @Test
    void aChainOfCombinationsLeadsToTheLast() {
        combine();
        write(new OpenCase(TestLedger.referralCase(3)));
        ledger.jdbc.update(
                "UPDATE referral_case SET incident_reference = NULL, opened_at = opened_at - interval '1 day' WHERE id = 3");

        write(new CombineCases(loaded(3), loaded(1), "lead", "one matter"));

        assertThat(row(1)).containsEntry("combined_into", 3L);
        assertThat(row(2)).containsEntry("combined_into", 3L);
    }

    @Test
    void aPersonsCommandKnowsBothCases() {
        long id = ledger.count(
                "INSERT INTO command (kind, target, argument, actor, reason) VALUES ('COMBINE', ?, ?, 'lead', 'why') RETURNING id",
                TestLedger.reference(2),
                TestLedger.reference(1));

        CommandWork command = (CommandWork)
                bodies.load(Step.COMMAND, List.of(Long.toString(id))).get(Long.toString(id));

        assertThat(command.referralCase()).isNotNull();
        assertThat(command.referralCase().id()).isEqualTo(2);
        assertThat(command.otherCase()).isNotNull();
        assertThat(command.otherCase().id()).isEqualTo(1);
    }

    @Test
    void aCaseThatIsOpenedWithoutKnowingOfAnotherOfTheMatterIsNotOpened() {
        ledger.jdbc.update("UPDATE referral_case SET prison = 'LEI'");

        write(opening(7, Set.of(), true), new OpenCase(TestLedger.referralCase(7)));
        assertThat(ledger.count("SELECT count(*) FROM referral_case WHERE id = 7"))
                .isZero();

        write(opening(7, Set.of(1L), true), new OpenCase(TestLedger.referralCase(7)));
        assertThat(ledger.count("SELECT count(*) FROM referral_case WHERE id = 7"))
                .as("that of an incident report does not count for another")
                .isEqualTo(1);

        write(opening(8, Set.of(1L), false), new OpenCase(TestLedger.referralCase(8)));
        assertThat(ledger.count("SELECT count(*) FROM referral_case WHERE id = 8"))
                .isZero();
        write(opening(8, Set.of(1L, 2L), false), new OpenCase(TestLedger.referralCase(8)));
        assertThat(ledger.count("SELECT count(*) FROM referral_case WHERE id = 8"))
                .isEqualTo(1);
    }

    private static OpenedKnowing opening(long id, Set<Long> known, boolean ofCharges) {
        return new OpenedKnowing("LEI", Set.of("A1234BC"), AT.plusSeconds(id), Duration.ofHours(25), known, ofCharges);
    }

    private void combine() {
        write(wish());
    }

    private CombineCases wish() {
        return new CombineCases(loaded(1), loaded(2), "lead", "one matter");
    }

    private ReferralCase loaded(long id) {
        return bodies.cases(List.of(TestLedger.reference(id))).get(TestLedger.reference(id));
    }

    private void createAgain() {
        ledger.close();
        createDatabase();
    }

    private void write(Effect... effects) {
        TestNode.write(ledger, node, effects);
    }

    private static StoreSource stored(SourceKey key) {
        return new StoreSource(key, "{}".getBytes(), null, null, false, AT, "here", "MDI", null, null);
    }

    private void approve(long id) {
        ledger.jdbc.update(
                "UPDATE referral_case SET approved_at = now(), approved_by = 'x', state = ? WHERE id = ?",
                CaseState.IN_PROGRESS.name(),
                id);
    }

    /** A package of the case that is in this state at its force. */
    private void sent(long id, String state, boolean mayHaveReached) {
        write(TestLedger.promise("force:46", id, TestLedger.reference(id) + "-1-46"));
        ledger.jdbc.update(
                "UPDATE lane_item i SET state = ?, first_sent_at = CASE WHEN ? THEN now() END FROM lane_case c"
                        + " WHERE c.id = i.lane_case AND c.case_id = ?",
                state,
                mayHaveReached,
                id);
        if (mayHaveReached) {
            ledger.jdbc.update(
                    "INSERT INTO attempt (lane_item, attempt_no, channel, node) SELECT i.id, 1, 'ihub', 'n' FROM lane_item i"
                            + " JOIN lane_case c ON c.id = i.lane_case WHERE c.case_id = ?",
                    id);
        }
    }

    private String itemOf(long id) {
        return ledger.text(
                "SELECT i.state FROM lane_item i JOIN lane_case c ON c.id = i.lane_case WHERE c.case_id = ?", id);
    }

    private Map<String, Object> row(long id) {
        return ledger.jdbc.queryForMap("SELECT * FROM referral_case WHERE id = ?", id);
    }

    private List<String> asked(Step step) {
        return ledger.jdbc.queryForList("SELECT key FROM work WHERE step = ? ORDER BY key", String.class, step.path());
    }
}
