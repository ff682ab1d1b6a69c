package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Effect.TelephoneMatched;
import sallyport.ledger.Effect.TelephoneMatched.Match;
import sallyport.ledger.Effect.TelephoneSaid;
import sallyport.ledger.Effect.TelephoneSaid.Said;
import sallyport.ledger.Effect.TelephoneTold;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.TelephoneState;
import sallyport.ledger.TelephoneWork;

/** Telephone reports, what they may have announced, and whose word counts. */
class TelephoneRowsIT {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final SourceKey TOLD = new SourceKey(SourceKey.TELEPHONE_REPORTS, "N-1");

    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
        write(stored(TOLD, "told", null, null, Step.TELEPHONE_MATCH), told("LEI", TEN));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void candidatesAreOfThePrisonAndTheDaysAroundAndNotTakenBack() {
        incident("near", "LEI", "2026-03-02");
        incident("far", "LEI", "2026-03-09");
        incident("elsewhere", "MDI", "2026-03-01");
        incident("gone", "LEI", "2026-03-01");
        incident("withdrawn", "LEI", "2026-03-01");
        ledger.jdbc.update("UPDATE source_record SET gone_at = now() WHERE record_id = 'gone'");
        ledger.jdbc.update("UPDATE source_record SET disposition = 'WITHDRAWN' WHERE record_id = 'withdrawn'");

        assertThat(candidates()).containsExactly("near");
        assertThat(work().state()).isEqualTo(TelephoneState.WAITING);
        assertThat(work().toldAt()).isEqualTo(TEN);
        assertThat(work().inCase()).isFalse();
    }

    @Test
    void ofVeryManyOnOneDayTheNearestInTimeAreLookedAt() {
        write(IntStream.range(0, 60)
                .mapToObj(n -> stored(
                        incidentKey("early-" + n), "{\"" + n + "\":1}", "LEI", TEN.minusSeconds(7200 + n), Step.TRIAGE))
                .toArray(Effect[]::new));
        write(stored(incidentKey("meant"), "{\"meant\":1}", "LEI", TEN.plusSeconds(60), Step.TRIAGE));

        assertThat(candidates()).hasSize(40).contains("meant", "early-0").doesNotContain("early-59");
    }

    @Test
    void aRecordThatIsNoReportHasABodyWithoutAState() {
        write(stored(new SourceKey(SourceKey.TELEPHONE_REPORTS, "bad"), "x", null, null, Step.TELEPHONE_MATCH));
        write(stored(new SourceKey(SourceKey.TELEPHONE_MAILS, "mail"), "whole", null, null, Step.TELEPHONE_MAIL));

        Map<String, ?> found = bodies.load(Step.TELEPHONE_MATCH, List.of("bad", "N-1", "none"));
        assertThat(found).containsOnlyKeys("bad", "N-1");
        assertThat(((TelephoneWork) found.get("bad")).state()).isNull();
        assertThat(new String(((SourceVersion) bodies.load(Step.TELEPHONE_MAIL, List.of("mail"))
                                .get("mail"))
                        .raw()))
                .isEqualTo("whole");
    }

    @Test
    void aNewIncidentReportHasOpenReportsOfItsPrisonLookedAtAgain() {
        assertThat(requests()).isEqualTo(1);
        incident("other-prison", "MDI", "2026-03-01");
        incident("other-week", "LEI", "2026-03-20");
        assertThat(requests()).isEqualTo(1);

        incident("a", "LEI", "2026-03-03");
        assertThat(requests()).isEqualTo(2);

        write(matched(TelephoneState.LINKED, "a"));
        incident("b", "LEI", "2026-03-03");
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aLinkedReportIsLookedAtAgainWhenItsIncidentGetsACase() {
        incident("a", "LEI", "2026-03-01");
        write(matched(TelephoneState.LINKED, "a"));
        long before = requests();
        assertThat(candidates()).containsExactly("a");

        write(new OpenCase(TestLedger.referralCase(1)), new LinkRecord(1, incidentKey("a")));

        assertThat(requests()).isEqualTo(before + 1);
        TelephoneWork work = work();
        assertThat(work.state()).isEqualTo(TelephoneState.LINKED);
        assertThat(work.candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.caseId()).isEqualTo(1L);
            assertThat(candidate.caseReference()).isEqualTo(TestLedger.reference(1));
        });
        write(new LinkRecord(1, TOLD));
        assertThat(work().inCase()).isTrue();
    }

    @Test
    void whatIsProposedFollowsTheLastLook() {
        incident("a", "LEI", "2026-03-01");
        incident("b", "LEI", "2026-03-01");
        write(matched(TelephoneState.ASKED, "a", "b"));
        write(matched(TelephoneState.ASKED, "b"));
        assertThat(matches()).containsExactly("b PROPOSED");

        write(matched(TelephoneState.WAITING));
        assertThat(matches()).isEmpty();
        assertThat(state()).isEqualTo("WAITING");
    }

    @Test
    void aPersonSaysWhichAndTheRulesSayNothingMore() {
        incident("a", "LEI", "2026-03-01");
        incident("b", "LEI", "2026-03-01");
        write(matched(TelephoneState.ASKED, "a", "b"));

        write(said(Said.CONFIRMED, "b"));
        assertThat(state()).isEqualTo("LINKED");
        assertThat(matches()).containsExactly("b LINKED");
        assertThat(ledger.count(
                        "SELECT count(*) FROM telephone_report WHERE settled_by = 'officer' AND reason = 'why'"))
                .isEqualTo(1);

        write(matched(TelephoneState.LINKED, "a"));
        write(said(Said.CONFIRMED, "a"));
        write(said(Said.ALONE, null));
        assertThat(matches()).containsExactly("b LINKED");
        assertThat(state()).isEqualTo("LINKED");
    }

    @Test
    void whatWasNotProposedCannotBeConfirmed() {
        incident("a", "LEI", "2026-03-01");

        write(said(Said.CONFIRMED, "a"));

        assertThat(state()).isEqualTo("WAITING");
        assertThat(matches()).isEmpty();
    }

    @Test
    void whatAPersonRefusedIsNotProposedAgain() {
        incident("a", "LEI", "2026-03-01");
        incident("b", "LEI", "2026-03-01");
        write(matched(TelephoneState.ASKED, "a", "b"));

        write(said(Said.REFUSED, "a"));
        assertThat(state()).isEqualTo("ASKED");
        assertThat(work().refused()).containsExactly("a");

        write(matched(TelephoneState.ASKED, "a", "b"));
        assertThat(matches()).containsExactly("a REFUSED", "b PROPOSED");

        write(said(Said.REFUSED, "b"));
        assertThat(state()).isEqualTo("WAITING");
    }

    @Test
    void aLinkThatAPersonRefusesIsTakenOutOfTheCase() {
        incident("a", "LEI", "2026-03-01");
        write(new OpenCase(TestLedger.referralCase(1)), new LinkRecord(1, incidentKey("a")));
        write(matched(TelephoneState.LINKED, "a"), new LinkRecord(1, TOLD));
        assertThat(work().inCase()).isTrue();

        write(said(Said.REFUSED, "a"));

        assertThat(work().inCase()).isFalse();
        assertThat(state()).isEqualTo("WAITING");
        assertThat(matches()).containsExactly("a REFUSED");
        assertThat(ledger.count("SELECT count(*) FROM case_record")).isEqualTo(1);
    }

    @Test
    void oneThatStandsAloneIsLookedAtNoMore() {
        write(said(Said.ALONE, null));
        assertThat(requests()).as("its work is looked at").isEqualTo(2);
        long before = requests();

        incident("a", "LEI", "2026-03-01");
        write(matched(TelephoneState.LINKED, "a"));

        assertThat(requests()).isEqualTo(before);
        assertThat(state()).isEqualTo("ALONE");
        assertThat(matches()).isEmpty();
    }

    @Test
    void anAmendedReportIsWhereAndWhenItSaysNow() {
        write(matched(TelephoneState.ASKED));
        write(stored(TOLD, "amended", null, null, Step.TELEPHONE_MATCH), told("MDI", TEN.plusSeconds(60)));

        assertThat(ledger.count("SELECT count(*) FROM telephone_report WHERE prison = 'MDI' AND state = 'ASKED'"))
                .isEqualTo(1);
    }

    private void write(Effect... effects) {
        TestNode.write(ledger, node, effects);
    }

    private void incident(String id, String prison, String day) {
        write(stored(incidentKey(id), "{\"" + id + "\":1}", prison, Instant.parse(day + "T12:00:00Z"), Step.TRIAGE));
    }

    private static SourceKey incidentKey(String id) {
        return new SourceKey(SourceKey.INCIDENTS, id);
    }

    private static StoreSource stored(
            SourceKey key, String raw, @Nullable String prison, @Nullable Instant occurredAt, Step then) {
        return new StoreSource(key, raw.getBytes(), null, null, false, TEN, "here", prison, occurredAt, then);
    }

    private static TelephoneTold told(String prison, Instant at) {
        return new TelephoneTold(TOLD, prison, at, TEN);
    }

    private static TelephoneMatched matched(TelephoneState state, String... incidents) {
        return new TelephoneMatched(
                TOLD,
                state,
                List.of(incidents).stream()
                        .map(id -> new Match(id, 70, "same-prison +15"))
                        .toList());
    }

    private TelephoneSaid said(Said said, @Nullable String incident) {
        return new TelephoneSaid(ledger.count("SELECT record FROM telephone_report"), said, incident, "officer", "why");
    }

    private TelephoneWork work() {
        return (TelephoneWork) bodies.load(Step.TELEPHONE_MATCH, List.of("N-1")).get("N-1");
    }

    private List<String> candidates() {
        return work().candidates().stream()
                .map(candidate -> candidate.incident().key().recordId())
                .toList();
    }

    private String state() {
        return ledger.jdbc.queryForObject("SELECT state FROM telephone_report", String.class);
    }

    private List<String> matches() {
        return ledger.jdbc.queryForList(
                "SELECT i.record_id || ' ' || m.state FROM telephone_match m JOIN source_record i ON i.id = m.incident ORDER BY 1",
                String.class);
    }

    private long requests() {
        return ledger.count("SELECT requested FROM work WHERE step = 'telephone-match' AND key = 'N-1'");
    }
}
