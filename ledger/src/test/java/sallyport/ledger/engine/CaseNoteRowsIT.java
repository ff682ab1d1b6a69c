package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.CaseNoteRequestWork;
import sallyport.ledger.CasePerson;
import sallyport.ledger.Effect.AskForNotesAgain;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.NotesFound;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Step;
import sallyport.ledger.StoredNote;

/** What prisons answer to requests for case notes. */
class CaseNoteRowsIT {

    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
        ledger.cases(1);
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void aLaterAnswerAddsChangesAndTakesAway() {
        long id = request("A1", false);

        write(new NotesFound(id, true, List.of(note("a", "1"), note("b", "1"), note("c", "1"))));
        long unchanged = ledger.count("SELECT xmin::text::bigint FROM case_note_found WHERE note = 'a'");
        write(new NotesFound(id, true, List.of(note("a", "1"), note("b", "2"), note("d", "1"))));

        assertThat(found()).containsExactly("a 1 here", "b 2 here", "c 1 gone", "d 1 here");
        assertThat(ledger.count("SELECT xmin::text::bigint FROM case_note_found WHERE note = 'a'"))
                .isEqualTo(unchanged);
        assertThat(ledger.text("SELECT state || ' ' || known FROM case_note_request"))
                .isEqualTo("ANSWERED true");

        write(new NotesFound(id, true, List.of(note("c", "1"))));
        assertThat(found()).containsExactly("a 1 gone", "b 2 gone", "c 1 here", "d 1 gone");

        write(new NotesFound(id, false, List.of()));
        assertThat(found()).allMatch(line -> line.endsWith("gone"));
        assertThat(ledger.text("SELECT known::text FROM case_note_request")).isEqualTo("false");
    }

    @Test
    void whatWasErasedStaysErasedWhateverTheSourceAnswersLater() {
        long id = request("A1", false);
        write(new NotesFound(id, true, List.of(note("a", "1"))));
        erase("case_note_found SET content = ''");

        write(new NotesFound(id, true, List.of(note("a", "2"))));

        assertThat(found()).containsExactly("a  here");
        assertThat(ledger.count("SELECT count(*) FROM case_note_found WHERE erased_by IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void nothingIsKeptForARequestThatNobodyAgreedTo() {
        long waiting = request("A1", true);
        write(new NotesFound(waiting, true, List.of(note("a", "1"))));
        ledger.jdbc.update("UPDATE case_note_request SET state = 'REFUSED'");
        write(new NotesFound(waiting, true, List.of(note("a", "1"))));

        assertThat(found()).isEmpty();
        assertThat(work(waiting).stands()).isFalse();
    }

    @Test
    void aRequestStandsWhileItIsAskedAndItsCaseGoesOn() {
        long id = request("A1", false);
        assertThat(work(id))
                .returns(true, CaseNoteRequestWork::stands)
                .returns("A1", CaseNoteRequestWork::prisonerNumber)
                .returns(List.of("NEG", "OBSERVE"), CaseNoteRequestWork::types)
                .returns(false, CaseNoteRequestWork::sensitive)
                .returns(false, CaseNoteRequestWork::chosen);

        ledger.jdbc.update("UPDATE referral_case SET state = 'WITHDRAWN'");
        assertThat(work(id).stands()).isFalse();
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED', erased_at = now()");
        assertThat(work(id).stands()).isFalse();
        ledger.jdbc.update("UPDATE referral_case SET erased_at = NULL");
        assertThat(work(id).stands()).isTrue();
        erase("case_note_request SET prisoner_number = NULL");
        assertThat(work(id).stands()).isFalse();
        assertThat(bodies.load(Step.CASE_NOTE_REQUEST, List.of("999999", "x"))).isEmpty();
    }

    @Test
    void onlyWhatIsChosenAndStillThereIsForThePackage() {
        long id = request("A1", false);
        write(new NotesFound(id, true, List.of(note("a", "1"), note("b", "1"), note("c", "1"), note("d", "1"))));
        ledger.jdbc.update("UPDATE case_note_found SET chosen = (note <> 'b') WHERE note <> 'a'");
        write(new NotesFound(id, true, List.of(note("a", "1"), note("b", "1"), note("c", "2"))));

        assertThat(forThePackage()).containsExactly("WITNESS_ACCOUNT 2");
        assertThat(work(id).chosen()).isTrue();
    }

    @Test
    void aChangeIsReadAgainOnlyWhereANoteIsForAPackageOfAnOpenCase() {
        long chosen = request("A1", false);
        long unused = request("A1", false);
        long other = request("B2", false);
        write(
                new NotesFound(chosen, true, List.of(note("a", "1"), note("b", "1"))),
                new NotesFound(unused, true, List.of(note("a", "1"))),
                new NotesFound(other, true, List.of(note("a", "1"))));
        ledger.jdbc.update("UPDATE case_note_found SET chosen = true WHERE request IN (?, ?)", chosen, other);
        ledger.jdbc.update("UPDATE case_note_found SET chosen = false WHERE request = ?", unused);

        write(new AskForNotesAgain("A1"));

        assertThat(asked()).containsExactly(Long.toString(chosen));
        ledger.jdbc.update("DELETE FROM work");
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED'");
        write(new AskForNotesAgain("A1"));
        assertThat(asked()).isEmpty();
    }

    @Test
    void afterAMergeTheRequestIsReadAgainUnderTheNumberThatRemains() {
        write(new SetPeople(1, Set.of(new CasePerson("OLD", "VICTIM", false))));
        long id = request("OLD", false);
        write(new NotesFound(id, true, List.of(note("a", "1"))));
        ledger.jdbc.update("UPDATE case_note_found SET chosen = true");

        write(new MergeIdentity("NEW", "OLD", java.time.Instant.EPOCH));

        assertThat(work(id).prisonerNumber()).isEqualTo("NEW");
        assertThat(asked()).containsExactly(Long.toString(id));
    }

    private long request(String number, boolean sensitive) {
        return ledger.count(
                """
                INSERT INTO case_note_request (case_id, prisoner_number, from_at, until_at, types, sensitive, justification, reason,
                                               actor, state)
                VALUES (1, ?, now() - interval '9 days', now(), '{NEG,OBSERVE}', ?, 'WITNESS_ACCOUNT', 'why', 'ann', ?) RETURNING id
                """,
                number,
                sensitive,
                sensitive ? "WAITING" : "ASKED");
    }

    private static NotesFound.Note note(String id, String content) {
        return new NotesFound.Note(id, content.getBytes(), false);
    }

    private CaseNoteRequestWork work(long id) {
        Map<String, ?> loaded = bodies.load(Step.CASE_NOTE_REQUEST, List.of(Long.toString(id)));
        return (CaseNoteRequestWork) loaded.get(Long.toString(id));
    }

    private List<String> forThePackage() {
        AssemblyWork work = (AssemblyWork)
                bodies.load(Step.ASSEMBLY, List.of(TestLedger.reference(1))).get(TestLedger.reference(1));
        return work.requestedNotes().stream()
                .map((StoredNote note) -> note.justification() + " " + new String(note.content()))
                .toList();
    }

    private List<String> found() {
        return ledger.jdbc.queryForList(
                "SELECT note || ' ' || convert_from(content, 'UTF8') || CASE WHEN gone_at IS NULL THEN ' here' ELSE ' gone' END"
                        + " FROM case_note_found ORDER BY note",
                String.class);
    }

    private List<String> asked() {
        return ledger.jdbc.queryForList(
                "SELECT key FROM work WHERE step = 'case-note-request' ORDER BY key", String.class);
    }

    private void erase(String what) {
        ledger.jdbc.update(
                "WITH gone AS (INSERT INTO erasure (kind, policy, at, cutoff) VALUES ('unused-notes', 'x', now(), now()) RETURNING id)"
                        + " UPDATE " + what + ", erased_by = (SELECT id FROM gone)");
    }

    private void write(sallyport.ledger.Effect... effects) {
        TestNode.write(ledger, node, effects);
    }
}
