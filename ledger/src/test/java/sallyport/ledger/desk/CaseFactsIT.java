package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.Step;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.referral.ReadinessItem;

/** What people answer to the checklist of a case. */
class CaseFactsIT {

    private static final String CASE = "SP-2026-000001";
    private static final String REPORT =
            """
            {"id":"0198a5c6-7b1a-7c3e-9d2f-000000000001","reportReference":"60000001","type":"ASSAULT_5",
             "incidentDateAndTime":"2026-03-01T09:40:00","location":"LEI","title":"Assault on the landing",
             "description":"Invented.","descriptionAddendums":[],
             "reportedBy":"QTEST1","reportedAt":"2026-03-01T10:05:11","status":"AWAITING_REVIEW",
             "createdAt":"2026-03-01T10:05:11","modifiedAt":"2026-03-01T11:15:31","modifiedBy":"QTEST1",
             "createdInNomis":false,"lastModifiedInNomis":false,"duplicatedReportId":null,"latestUserAction":null,
             "questions":[],"history":[],"historyOfStatuses":[],"incidentTypeHistory":[],"staffInvolved":[],"prisonersInvolved":[],
             "correctionRequests":[],"staffInvolvementDone":true,"prisonerInvolvementDone":true,"nomisType":null,"nomisStatus":null}""";

    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));

    private final List<Step> rung = new ArrayList<>();
    private DeskFixture ledger;
    private CaseFacts desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new CaseFacts(ledger.dataSource(), ledger.transactions, rung::add);
        ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anAnswerIsAVersionWithItsEntryInTheLogAndACommandForAFlow() {
        assertThat(desk.keep(CASE, wishes("YES"), 0, "ann", LEEDS)).isEqualTo(new CaseFacts.Kept(1, true));
        assertThat(desk.keep(CASE, wishes("NO"), 1, "ben", LEEDS)).isEqualTo(new CaseFacts.Kept(2, true));
        assertThat(desk.withdraw(CASE, ReadinessItem.VICTIM_WISHES, 2, "ann", "another victim", LEEDS))
                .isEqualTo(new CaseFacts.Kept(3, true));

        assertThat(texts("SELECT item || ' ' || version || ' ' || coalesce(state, '-') || ' ' || actor FROM case_fact"
                        + " ORDER BY version"))
                .containsExactly("victim-wishes 1 PRESENT ann", "victim-wishes 2 PRESENT ben", "victim-wishes 3 - ann");
        assertThat(texts("SELECT e.kind || ' ' || e.actor || ' ' || e.detail FROM evidence e JOIN case_fact f"
                        + " ON f.sha256 = e.payload_sha256 ORDER BY e.id"))
                .containsExactly(
                        "COLLECTION ann victim-wishes version 1",
                        "ALTERATION ben victim-wishes version 2",
                        "ALTERATION ann victim-wishes version 3");
        assertThat(texts("SELECT k.kind || ' ' || k.target || ' ' || k.argument || ' ' || k.reason FROM command k"
                        + " JOIN work w ON w.step = 'command' AND w.key = k.id::text ORDER BY k.id"))
                .containsExactly(
                        "FACT SP-2026-000001 victim-wishes version 1",
                        "FACT SP-2026-000001 victim-wishes version 2",
                        "FACT SP-2026-000001 victim-wishes version 3: taken back");
        // What was said is nowhere but in the answer itself.
        assertThat(texts("SELECT coalesce(reason, '') || coalesce(detail, '') FROM evidence"))
                .noneMatch(text -> text.contains("Ficta"));
        assertThat(rung).containsExactly(Step.COMMAND, Step.COMMAND, Step.COMMAND);

        CaseFacts.History history =
                desk.history(CASE, ReadinessItem.VICTIM_WISHES, LEEDS, "ann").orElseThrow();
        assertThat(history.item().said()).isNull();
        assertThat(history.item().version()).isEqualTo(3);
        assertThat(history.item().state()).isEqualTo(State.MISSING);
        assertThat(history.versions()).extracting(CaseFacts.Said::version).containsExactly(3, 2, 1);
        assertThat(history.versions().get(0).source()).isEqualTo("another victim");
        assertThat(history.versions().get(1).entries().get(0)).containsEntry("supportsProsecution", "NO");
    }

    @Test
    void theSameAnswerTwiceIsOne() {
        desk.keep(CASE, wishes("YES"), null, "ann", ALL);

        assertThat(desk.keep(CASE, wishes("YES"), null, "ben", ALL)).isEqualTo(new CaseFacts.Kept(1, false));
        assertThat(texts("SELECT version::text FROM case_fact")).containsExactly("1");
        assertThat(rung).hasSize(1);

        // After it was taken back it is said anew.
        desk.withdraw(CASE, ReadinessItem.VICTIM_WISHES, null, "ann", "wrong", ALL);
        assertThat(desk.keep(CASE, wishes("YES"), null, "ann", ALL)).isEqualTo(new CaseFacts.Kept(3, true));
    }

    @Test
    void nobodyAnswersOverSomebodyElse() {
        desk.keep(CASE, wishes("YES"), 0, "ann", ALL);

        assertThat(desk.keep(CASE, wishes("NO"), 0, "ben", ALL))
                .isInstanceOfSatisfying(
                        CaseFacts.NotNow.class, not -> assertThat(not.why()).contains("version 1"));
        assertThat(desk.withdraw(CASE, ReadinessItem.VICTIM_WISHES, 0, "ben", "wrong", ALL))
                .isInstanceOf(CaseFacts.NotNow.class);
        assertThat(desk.withdraw(CASE, ReadinessItem.EXHIBITS, null, "ben", "wrong", ALL))
                .isInstanceOf(CaseFacts.NotNow.class);
        assertThat(texts("SELECT version::text FROM case_fact")).containsExactly("1");
    }

    @Test
    void outsideTheScopeThereIsNoCase() {
        assertThat(desk.keep(CASE, wishes("YES"), null, "ann", ELSEWHERE)).isEqualTo(new CaseFacts.NotThere());
        assertThat(desk.withdraw(CASE, ReadinessItem.EXHIBITS, null, "ann", "x", Scope.nothing()))
                .isEqualTo(new CaseFacts.NotThere());
        assertThat(desk.checklist(CASE, ELSEWHERE, "ann")).isEmpty();
        assertThat(desk.history(CASE, ReadinessItem.EXHIBITS, ELSEWHERE, "ann")).isEmpty();
        assertThat(texts("SELECT kind FROM evidence")).isEmpty();
        assertThat(texts("SELECT item FROM case_fact")).isEmpty();
    }

    @Test
    void whoeverLooksLeavesAConsultation() {
        desk.checklist(CASE, ALL, "ann");
        desk.history(CASE, ReadinessItem.EXHIBITS, ALL, "ben");

        assertThat(texts("SELECT kind || ' ' || actor || ' ' || coalesce(detail, '-') FROM evidence ORDER BY id"))
                .containsExactly("CONSULTATION ann -", "CONSULTATION ben exhibits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state = 'WITHDRAWN'", "erased_at = now()"})
    void aCaseThatIsOverTakesNoAnswer(String over) {
        ledger.jdbc.sql("UPDATE referral_case SET " + over).update();

        assertThat(desk.keep(CASE, wishes("YES"), null, "ann", ALL)).isInstanceOf(CaseFacts.NotNow.class);
        assertThat(desk.checklist(CASE, ALL, "ann").orElseThrow().open()).isFalse();
        assertThat(texts("SELECT item FROM case_fact")).isEmpty();
    }

    @Test
    void theChecklistIsAsThePackageWasBuiltWithTheAnswersSince() {
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version,
                                             mapping_version, readiness, built_at)
                        SELECT id, 1, 'REFERRAL', '\\x01', sha256('\\x01'), sha256('\\x01'), '1', '1',
                               '[{"item":"t","code":"suspect-named","state":"PRESENT"},
                                 {"item":"t","code":"victim-wishes","state":"PRESENT","found":"MISSING"},
                                 {"item":"Use of force report","state":"NOT_APPLICABLE"},
                                 {"item":"of a later version","code":"not-known-yet","state":"PRESENT"}]', now()
                          FROM referral_case
                        """)
                .update();

        // Its answer was taken back after the package was built.
        assertThat(state(ReadinessItem.VICTIM_WISHES)).isEqualTo(State.MISSING);
        assertThat(state(ReadinessItem.SUSPECT_NAMED)).isEqualTo(State.PRESENT);
        assertThat(state(ReadinessItem.USE_OF_FORCE)).isEqualTo(State.NOT_APPLICABLE);

        desk.keep(CASE, wishes("YES"), null, "ann", ALL);
        assertThat(state(ReadinessItem.VICTIM_WISHES)).isEqualTo(State.PRESENT);
        assertThat(desk.checklist(CASE, ALL, "ann").orElseThrow().items())
                .extracting(CaseFacts.Item::item)
                .containsExactly(ReadinessItem.values());
    }

    /** What a person is to do about it is told on the page, not only in the next package. */
    @Test
    void aStatementThatNamesADocumentNamesOneThatIsThere() {
        long front = document("statement-front");
        desk.keep(CASE, statement(front + 1), null, "ann", ALL);
        assertThat(note(ReadinessItem.STATEMENT_QUALITY))
                .isEqualTo("1 of 1 statements lack the document that they name.");

        desk.keep(CASE, statement(front), null, "ann", ALL);
        assertThat(state(ReadinessItem.STATEMENT_QUALITY)).isEqualTo(State.PRESENT);

        ledger.jdbc.sql("UPDATE document SET state = 'RECEIVED'").update();
        assertThat(state(ReadinessItem.STATEMENT_QUALITY))
                .as("nobody has found it clean")
                .isEqualTo(State.MISSING);
    }

    @Test
    void aSealOfTheContinuityIsInTheListOrOnATagThatThePackageNames() {
        desk.keep(CASE, continuity(), null, "ann", ALL);
        assertThat(note(ReadinessItem.CONTINUITY)).isEqualTo("No exhibit in the list has the seal SEAL-77.");

        ledger.jdbc
                .sql(
                        """
                        INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version,
                                             mapping_version, readiness, built_at)
                        SELECT id, 1, 'REFERRAL', convert_to(:canonical, 'UTF8'), sha256(''), sha256(''), '1', '1', '[]', now()
                          FROM referral_case
                        """)
                .param(
                        "canonical",
                        """
                        {"schema":"referral-package-v1","caseReference":"SP-2026-000001","version":1,"kind":"INITIAL",
                         "marking":"OFFICIAL","force":"13","prison":{"id":"LEI"},
                         "exhibits":[{"source":"ADJUDICATION","kind":"BAGGED_AND_TAGGED","reference":"SEAL-77","description":"A mop"}],
                         "lineage":{"ruleVersion":"r","mappingVersion":"m","builtAt":"2026-03-01T10:00:00Z"}}""")
                .update();
        assertThat(state(ReadinessItem.CONTINUITY)).isEqualTo(State.PRESENT);
    }

    @Test
    void aPaperOfTheUseOfForceCountsBeforeThereIsAPackage() {
        ledger.jdbc
                .sql(
                        """
                        WITH stored AS (INSERT INTO source_record (system, record_id) VALUES ('incident-reporting', 'r-1') RETURNING id),
                        version AS (
                          INSERT INTO source_version (record, version_no, raw, sha256, fetched_at, fetched_from)
                          SELECT id, 1, convert_to(:raw, 'UTF8'), sha256(''), now(), 'here' FROM stored RETURNING id, record)
                        INSERT INTO case_record (case_id, record) SELECT c.id, version.record FROM version, referral_case c
                        """)
                .param("raw", REPORT)
                .update();
        ledger.jdbc
                .sql("UPDATE source_record r SET latest_version = v.id FROM source_version v WHERE v.record = r.id")
                .update();
        assertThat(note(ReadinessItem.USE_OF_FORCE)).isEqualTo("Use of force has no interface: ask the prison.");

        long paper = document("use-of-force");
        assertThat(state(ReadinessItem.USE_OF_FORCE)).isEqualTo(State.PRESENT);
        assertThat(note(ReadinessItem.USE_OF_FORCE)).isEqualTo("As a paper: document " + paper + ".");
    }

    @Test
    void answersAreNeverChangedOrDeleted() {
        desk.keep(CASE, wishes("YES"), null, "ann", ALL);

        for (String sql : List.of(
                "UPDATE case_fact SET content = convert_to('{}', 'UTF8')",
                "UPDATE case_fact SET actor = 'ben'",
                "DELETE FROM case_fact",
                "TRUNCATE case_fact")) {
            assertThatThrownBy(() -> ledger.jdbc.sql(sql).update()).hasMessageContaining("never changed");
        }
    }

    @Test
    void aReasonIsNeededToTakeAnAnswerBack() {
        assertThatThrownBy(() -> desk.withdraw(CASE, ReadinessItem.EXHIBITS, null, "ann", " ", ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private long document(String kind) {
        return ledger.jdbc
                .sql(
                        """
                        INSERT INTO document (case_id, kind, state, media_type, size, sha256, actor)
                        SELECT id, :kind, 'CLEAN', 'application/pdf', 1, sha256('bytes'), 'ann' FROM referral_case RETURNING id
                        """)
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    private @Nullable String note(ReadinessItem item) {
        return desk.checklist(CASE, ALL, "ann").orElseThrow().items().stream()
                .filter(one -> one.item() == item)
                .map(CaseFacts.Item::note)
                .findFirst()
                .orElse(null);
    }

    private @Nullable State state(ReadinessItem item) {
        return desk.checklist(CASE, ALL, "ann").orElseThrow().items().stream()
                .filter(one -> one.item() == item)
                .map(CaseFacts.Item::state)
                .findFirst()
                .orElse(null);
    }

    private List<String> texts(String sql) {
        return ledger.jdbc.sql(sql).query(String.class).list();
    }

    private static Fact statement(long document) {
        return FactForm.of(ReadinessItem.VICTIM_STATEMENT)
                .read(
                        """
                        {"state":"PRESENT","source":"The file","entries":[{"givenBy":"Fio Ficta","takenOn":"2026-03-01","pages":3,
                         "signed":true,"declaration":true,"backComplete":true,"document":%d}]}"""
                                .formatted(document)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static Fact continuity() {
        return FactForm.of(ReadinessItem.CONTINUITY)
                .read(
                        """
                        {"state":"PRESENT","source":"The store","entries":[
                         {"seal":"SEAL-77","at":"2026-03-01T10:00","from":"Fio Ficta","to":"Store 2"}]}"""
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static Fact wishes(String supports) {
        return FactForm.of(ReadinessItem.VICTIM_WISHES)
                .read(
                        """
                        {"state":"PRESENT","source":"She said so","entries":[{"victim":"Fio Ficta",
                         "supportsProsecution":"%s","askedForReferral":true,"askedOn":"2026-03-01"}]}"""
                                .formatted(supports)
                                .getBytes(StandardCharsets.UTF_8));
    }
}
