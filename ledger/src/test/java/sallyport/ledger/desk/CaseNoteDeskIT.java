package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Step;
import sallyport.ledger.desk.CaseNoteDesk.Done;
import sallyport.ledger.desk.CaseNoteDesk.Listed;
import sallyport.ledger.desk.CaseNoteDesk.NotInCase;
import sallyport.ledger.desk.CaseNoteDesk.NotNow;
import sallyport.ledger.desk.CaseNoteDesk.NotThere;
import sallyport.ledger.desk.CaseNoteDesk.Wanted;
import sallyport.mappings.casenote.Justification;

/** Case notes that people ask for, agree to and choose. */
class CaseNoteDeskIT {

    private static final String CASE = "SP-2026-000001";
    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));
    private static final Instant FROM = Instant.parse("2026-02-01T00:00:00Z");
    private static final String NOTE =
            """
            {"caseNoteId":"n-%d","offenderIdentifier":"A1234BC","type":"OBSERVE","typeDescription":"Observations","subType":"SECURITY",
             "subTypeDescription":"Security","creationDateTime":"2026-02-02T10:00:00","occurrenceDateTime":"2026-02-02T09:45:00",
             "authorName":"Inka Vented","authorUserId":"1","authorUsername":"QTEST1","text":"Said so.","sensitive":false,
             "amendments":[{"authorUserName":"QTEST1","authorName":"Inka Vented","additionalNoteText":"And more."}],
             "systemGenerated":false}""";

    private final List<Step> rung = new ArrayList<>();
    private DeskFixture ledger;
    private CaseNoteDesk desk;
    private long caseId;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new CaseNoteDesk(ledger.dataSource(), ledger.transactions, rung::add);
        caseId = ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
        ledger.person(caseId, "A1234BC", false);
        ledger.person(caseId, "F6666FF", true);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theEvidenceLogHasTheRequestAndItsReasonBeforeThePrisonIsAsked() {
        long id = ((Done) desk.ask(CASE, wanted("A1234BC", false), "ann", LEEDS)).id();

        assertThat(texts("SELECT step || ' ' || key FROM work")).containsExactly("case-note-request " + id);
        assertThat(rung).containsExactly(Step.CASE_NOTE_REQUEST);
        assertThat(texts("SELECT kind || ' ' || actor || ' ' || reason || ' ' || detail FROM evidence"))
                .containsExactly("COLLECTION ann asked for case notes: WITNESS_ACCOUNT case note request " + id);
        assertThat(ledger.count("SELECT length(payload_sha256) FROM evidence")).isEqualTo(32);
        assertThat(texts("SELECT coalesce(reason, '') || coalesce(detail, '') FROM evidence"))
                .noneMatch(text -> text.contains("invented words") || text.contains("A1234BC"));
        assertThat(desk.list(CASE, true, LEEDS, "ann").orElseThrow().requests())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.state()).isEqualTo(CaseNoteDesk.State.ASKED);
                    assertThat(request.types()).containsExactly("NEG", "OBSERVE");
                    assertThat(request.from()).isEqualTo(FROM);
                    assertThat(request.reason()).isEqualTo("invented words");
                });
    }

    @Test
    void whereTheLogCannotBeWrittenNothingIsAsked() {
        ledger.jdbc
                .sql("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$")
                .update();
        ledger.jdbc
                .sql("CREATE TRIGGER full_disk BEFORE INSERT ON evidence FOR EACH ROW EXECUTE FUNCTION full_disk()")
                .update();

        assertThatThrownBy(() -> desk.ask(CASE, wanted("A1234BC", false), "ann", ALL))
                .isInstanceOf(RuntimeException.class);

        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM case_note_request")).isZero();
        assertThat(rung).isEmpty();
    }

    @Test
    void sensitiveNotesAreAskedForOnlyOnceASecondPersonHasAgreed() {
        long id = ((Done) desk.ask(CASE, wanted("A1234BC", true), "ann", ALL)).id();
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
        assertThat(rung).isEmpty();

        assertThat(desk.decide(CASE, id, true, "ann", "I do", ALL))
                .isInstanceOfSatisfying(
                        NotNow.class, not -> assertThat(not.why()).contains("second person"));
        assertThat(desk.decide(CASE, id, true, "ben", "agreed", ELSEWHERE)).isInstanceOf(NotThere.class);
        assertThat(desk.decide(CASE, id + 1, true, "ben", "agreed", ALL)).isInstanceOf(NotThere.class);
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();

        assertThat(desk.decide(CASE, id, true, "ben", "agreed", LEEDS)).isEqualTo(new Done(id));

        assertThat(texts("SELECT step || ' ' || key FROM work")).containsExactly("case-note-request " + id);
        assertThat(rung).containsExactly(Step.CASE_NOTE_REQUEST);
        assertThat(texts("SELECT kind || ' ' || actor || ' ' || reason FROM evidence ORDER BY id"))
                .containsExactly(
                        "COLLECTION ann asked for case notes: WITNESS_ACCOUNT",
                        "COLLECTION ben agreed to ask for sensitive case notes: WITNESS_ACCOUNT");
        assertThat(desk.decide(CASE, id, false, "cat", "too late", ALL)).isInstanceOf(NotNow.class);
    }

    @Test
    void whatASecondPersonRefusedIsNeverAskedFor() {
        long id = ((Done) desk.ask(CASE, wanted("A1234BC", true), "ann", ALL)).id();

        assertThat(desk.decide(CASE, id, false, "ben", "not needed", ALL)).isEqualTo(new Done(id));

        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
        assertThat(rung).isEmpty();
        assertThat(texts("SELECT state || ' ' || decided_by || ' ' || decided_why FROM case_note_request"))
                .containsExactly("REFUSED ben not needed");
    }

    /** Whatever a future desk does: the table itself refuses one person's word on sensitive notes. */
    @Test
    void theLedgerItselfLetsNobodyAskForSensitiveNotesAlone() {
        desk.ask(CASE, wanted("A1234BC", true), "ann", ALL);

        for (String decided : new String[] {"NULL", "'ann'"}) {
            assertThatThrownBy(() -> ledger.jdbc
                            .sql("UPDATE case_note_request SET state = 'ASKED', decided_by = " + decided)
                            .update())
                    .hasMessageContaining("case_note_request_second");
        }
    }

    @Test
    void onlyNotesOfSomebodyWhoIsInTheCaseCanBeAskedFor() {
        assertThat(desk.ask(CASE, wanted("Z9999ZZ", false), "ann", ALL)).isInstanceOf(NotInCase.class);
        assertThat(desk.ask(CASE, wanted("F6666FF", false), "ann", ALL)).isInstanceOf(NotInCase.class);
        assertThat(desk.ask(CASE, wanted("A1234BC", false), "ann", ELSEWHERE)).isInstanceOf(NotThere.class);
        assertThat(desk.ask("SP-2026-000002", wanted("A1234BC", false), "ann", ALL))
                .isInstanceOf(NotThere.class);
        ledger.jdbc.sql("UPDATE referral_case SET state = 'WITHDRAWN'").update();
        assertThat(desk.ask(CASE, wanted("A1234BC", false), "ann", ALL)).isInstanceOf(NotNow.class);
        assertThat(ledger.count("SELECT count(*) FROM case_note_request")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM evidence")).isZero();
    }

    @Test
    void aRequestWithoutBoundsOrReasonIsNone() {
        for (Runnable wrong : List.<Runnable>of(
                () -> new Wanted("A", FROM, FROM.minusSeconds(1), List.of(), false, Justification.BACKGROUND, "why"),
                () -> new Wanted(
                        "A",
                        FROM,
                        FROM.plus(CaseNoteDesk.LONGEST_WINDOW).plusSeconds(1),
                        List.of(),
                        false,
                        Justification.BACKGROUND,
                        "why"),
                () -> new Wanted("A", FROM, FROM, List.of("observe"), false, Justification.BACKGROUND, "why"),
                () -> new Wanted("A", FROM, FROM, List.of("A,B"), false, Justification.BACKGROUND, "why"),
                () -> new Wanted("A", FROM, FROM, List.of(), false, Justification.BACKGROUND, " "),
                () -> new Wanted("A", FROM, FROM, List.of(), false, Justification.BACKGROUND, "x".repeat(1_001)))) {
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPersonSaysOfEachNoteWhetherItIsForThePackage() {
        long id = answered();
        long note = ledger.count("SELECT id FROM case_note_found WHERE note = 'n-1'");

        assertThat(desk.choose(CASE, id, note, true, "ann", "it says what she saw", LEEDS))
                .isEqualTo(new Done(id));
        assertThat(desk.choose(CASE, id, note, true, "ben", "the same again", ALL))
                .isEqualTo(new Done(id));

        assertThat(texts("SELECT note || ' ' || chosen || ' ' || chosen_by || ' ' || chosen_why FROM case_note_found"
                        + " WHERE chosen IS NOT NULL"))
                .containsExactly("n-1 true ann it says what she saw");
        assertThat(texts("SELECT kind || ' ' || target || ' ' || argument || ' ' || reason FROM command"))
                .containsExactly("CASE_NOTE " + CASE + " " + id + " note " + note + " for the package");
        assertThat(
                        texts(
                                "SELECT kind || ' ' || actor || ' ' || reason FROM evidence WHERE payload_sha256 = sha256('n-1')"))
                .containsExactly("ALTERATION ann chose a case note for the package");
        assertThat(desk.choose(CASE, id, note, false, "ben", "not after all", ALL))
                .isEqualTo(new Done(id));
        assertThat(ledger.count("SELECT count(*) FROM case_note_found WHERE chosen"))
                .isZero();
        assertThat(desk.choose(CASE, id, note, true, "ann", "why", ELSEWHERE)).isInstanceOf(NotThere.class);
        assertThat(desk.choose(CASE, id + 1, note, true, "ann", "why", ALL)).isInstanceOf(NotThere.class);
    }

    @Test
    void whatIsGoneOrErasedCannotBeChosen() {
        long id = answered();
        ledger.jdbc
                .sql("UPDATE case_note_found SET gone_at = now() WHERE note = 'n-1'")
                .update();
        ledger.jdbc
                .sql(
                        """
                        WITH gone AS (INSERT INTO erasure (kind, policy, at, cutoff) VALUES ('unused-notes', 'x', now(), now()) RETURNING id)
                        UPDATE case_note_found SET content = '', erased_by = (SELECT id FROM gone) WHERE note = 'n-2'
                        """)
                .update();

        for (String note : new String[] {"n-1", "n-2"}) {
            long row = ledger.count("SELECT id FROM case_note_found WHERE note = '" + note + "'");
            assertThat(desk.choose(CASE, id, row, true, "ann", "why", ALL)).isInstanceOf(NotNow.class);
        }
        assertThat(ledger.count("SELECT count(*) FROM case_note_found WHERE chosen IS NOT NULL"))
                .isZero();
    }

    @Test
    void whatNotesSayIsShownToThoseWhoMayReadItAndEveryLookIsRecorded() {
        answered();

        Listed read = desk.list(CASE, true, LEEDS, "ann").orElseThrow();
        Listed seen = desk.list(CASE, false, LEEDS, "vic").orElseThrow();

        assertThat(read.people()).containsExactly(new CaseNoteDesk.Person("A1234BC", "SUSPECT"));
        assertThat(read.requests().get(0).notes())
                .extracting(note -> note.written())
                .containsOnly(new CaseNoteDesk.Written(
                        "OBSERVE", "SECURITY", "2026-02-02T09:45:00", "Said so.", List.of("And more.")));
        assertThat(seen.requests().get(0).notes()).hasSize(2).allSatisfy(note -> assertThat(note.written())
                .isNull());
        assertThat(texts("SELECT actor || ' ' || detail FROM evidence WHERE kind = 'CONSULTATION' ORDER BY id"))
                .containsExactly("ann 2 read", "vic 0 read");
        assertThat(desk.list(CASE, true, ELSEWHERE, "eve")).isEmpty();
        assertThat(texts("SELECT actor FROM evidence WHERE actor = 'eve'")).isEmpty();
    }

    /** A request with two notes that came. */
    private long answered() {
        long id = ((Done) desk.ask(CASE, wanted("A1234BC", false), "ann", ALL)).id();
        ledger.jdbc
                .sql("UPDATE case_note_request SET state = 'ANSWERED', answered_at = now(), known = true")
                .update();
        for (int n = 1; n <= 2; n++) {
            ledger.jdbc
                    .sql(
                            """
                            INSERT INTO case_note_found (request, note, content, sha256, sensitive)
                            VALUES (:request, :note, convert_to(:content, 'UTF8'), sha256(convert_to(:note, 'UTF8')), false)
                            """)
                    .param("request", id)
                    .param("note", "n-" + n)
                    .param("content", NOTE.formatted(n))
                    .update();
        }
        return id;
    }

    private static Wanted wanted(String number, boolean sensitive) {
        return new Wanted(
                number,
                FROM,
                FROM.plus(Duration.ofDays(60)),
                List.of("OBSERVE", "NEG", "NEG"),
                sensitive,
                Justification.WITNESS_ACCOUNT,
                "invented words");
    }

    private List<String> texts(String sql) {
        return ledger.jdbc.sql(sql).query(String.class).list();
    }
}
