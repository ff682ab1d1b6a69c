package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.ReportMatched;
import sallyport.ledger.Effect.ReportMatched.Match;
import sallyport.ledger.Effect.ReportRead;
import sallyport.ledger.Effect.ReportSaid;
import sallyport.ledger.Effect.ReportSaid.Said;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.ReportKind;
import sallyport.ledger.ReportState;
import sallyport.ledger.ReportWork;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;

/** Reports of both kinds, which incident report each may belong to, and whose word counts. */
class ReportRowsIT {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private ReportKind kind;
    private SourceKey report;
    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    private void open(ReportKind of) {
        kind = of;
        report = new SourceKey(kind.system(), "4711");
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
        write(stored(report, "{}", "LEI", TEN, kind.step()));
        write(new ReportRead(report, TEN));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @ParameterizedTest
    @EnumSource
    void candidatesAreOfThePrisonAndTheDaysAroundAndNotTakenBack(ReportKind of) {
        open(of);
        incident("near", "LEI", "2026-03-02");
        incident("far", "LEI", "2026-03-09");
        incident("elsewhere", "MDI", "2026-03-01");
        incident("gone", "LEI", "2026-03-01");
        incident("withdrawn", "LEI", "2026-03-01");
        ledger.jdbc.update("UPDATE source_record SET gone_at = now() WHERE record_id = 'gone'");
        ledger.jdbc.update("UPDATE source_record SET disposition = 'WITHDRAWN' WHERE record_id = 'withdrawn'");

        assertThat(candidates()).containsExactly("near");
        assertThat(work().state()).isEqualTo(ReportState.WAITING);
        assertThat(work().inCase()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void ofVeryManyOnOneDayTheNearestInTimeAreLookedAt(ReportKind of) {
        open(of);
        write(IntStream.range(0, 60)
                .mapToObj(n -> stored(
                        incidentKey("early-" + n), "{\"" + n + "\":1}", "LEI", TEN.minusSeconds(7200 + n), Step.TRIAGE))
                .toArray(Effect[]::new));
        write(stored(incidentKey("meant"), "{\"meant\":1}", "LEI", TEN.plusSeconds(60), Step.TRIAGE));

        assertThat(candidates()).hasSize(40).contains("meant", "early-0").doesNotContain("early-59");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatNobodyHasReadYetHasItsCandidatesToo(ReportKind of) {
        open(of);
        incident("near", "LEI", "2026-03-02");
        write(stored(new SourceKey(kind.system(), "new"), "{}", "LEI", TEN, kind.step()));

        Map<String, ?> found = bodies.load(kind.step(), List.of("new", "4711", "none"));
        assertThat(found).containsOnlyKeys("new", "4711");
        ReportWork work = (ReportWork) found.get("new");
        assertThat(work.state()).isNull();
        assertThat(work.candidates()).hasSize(1);

        incident("later", "LEI", "2026-03-01");
        assertThat(ledger.count(
                        "SELECT requested FROM work WHERE step = ? AND key = 'new'",
                        kind.step().path()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aNewIncidentReportHasOpenReportsOfItsPrisonLookedAtAgain(ReportKind of) {
        open(of);
        assertThat(requests()).isEqualTo(1);
        incident("other-prison", "MDI", "2026-03-01");
        incident("other-week", "LEI", "2026-03-20");
        assertThat(requests()).isEqualTo(1);

        incident("a", "LEI", "2026-03-03");
        assertThat(requests()).isEqualTo(2);

        write(matched(ReportState.LINKED, "a"));
        incident("b", "LEI", "2026-03-03");
        assertThat(requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aLinkedReportIsLookedAtAgainWhenItsIncidentGetsACase(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        write(matched(ReportState.LINKED, "a"));
        long before = requests();
        assertThat(candidates()).containsExactly("a");

        write(new OpenCase(TestLedger.referralCase(1)), new LinkRecord(1, incidentKey("a")));

        assertThat(requests()).isEqualTo(before + 1);
        ReportWork work = work();
        assertThat(work.state()).isEqualTo(ReportState.LINKED);
        assertThat(work.candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.caseId()).isEqualTo(1L);
            assertThat(candidate.caseReference()).isEqualTo(TestLedger.reference(1));
        });
        assertThat(work.candidates().get(0).approved()).isFalse();
        write(new LinkRecord(1, report));
        assertThat(work().inCase()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatWaitsIsLookedAtAgainWhenAnIncidentThatMayBeMeantGetsACase(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        long before = requests();

        write(new OpenCase(TestLedger.referralCase(1)), new LinkRecord(1, incidentKey("a")));

        assertThat(requests()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsProposedFollowsTheLastLook(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        incident("b", "LEI", "2026-03-01");
        write(matched(ReportState.ASKED, "a", "b"));
        write(matched(ReportState.ASKED, "b"));
        assertThat(matches()).containsExactly("b PROPOSED");

        write(matched(ReportState.WAITING));
        assertThat(matches()).isEmpty();
        assertThat(state()).isEqualTo("WAITING");
    }

    @ParameterizedTest
    @EnumSource
    void aPersonSaysWhichAndTheRulesSayNothingMore(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        incident("b", "LEI", "2026-03-01");
        write(matched(ReportState.ASKED, "a", "b"));

        write(said(Said.CONFIRMED, "b"));
        assertThat(state()).isEqualTo("LINKED");
        assertThat(matches()).containsExactly("b LINKED");
        assertThat(ledger.count("SELECT count(*) FROM matched_report WHERE settled_by = 'officer' AND reason = 'why'"))
                .isEqualTo(1);

        write(matched(ReportState.LINKED, "a"));
        write(said(Said.CONFIRMED, "a"));
        write(said(Said.ALONE, null));
        assertThat(matches()).containsExactly("b LINKED");
        assertThat(state()).isEqualTo("LINKED");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasNotProposedCannotBeConfirmed(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");

        write(said(Said.CONFIRMED, "a"));

        assertThat(state()).isEqualTo("WAITING");
        assertThat(matches()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAPersonRefusedIsNotProposedAgain(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        incident("b", "LEI", "2026-03-01");
        write(matched(ReportState.ASKED, "a", "b"));

        write(said(Said.REFUSED, "a"));
        assertThat(state()).isEqualTo("ASKED");
        assertThat(work().refused()).containsExactly("a");

        write(matched(ReportState.ASKED, "a", "b"));
        assertThat(matches()).containsExactly("a REFUSED", "b PROPOSED");

        write(said(Said.REFUSED, "b"));
        assertThat(state()).isEqualTo("WAITING");
    }

    @ParameterizedTest
    @EnumSource
    void aLinkThatAPersonRefusesIsTakenOutOfTheCaseWhosePackageIsBuiltAgain(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        write(new OpenCase(TestLedger.referralCase(1)), new LinkRecord(1, incidentKey("a")));
        write(matched(ReportState.LINKED, "a"), new LinkRecord(1, report));
        ledger.jdbc.update("UPDATE referral_case SET approved_at = now()");
        assertThat(work().inCase()).isTrue();
        assertThat(work().candidates().get(0).approved()).isTrue();

        write(said(Said.REFUSED, "a"));

        assertThat(work().inCase()).isFalse();
        assertThat(state()).isEqualTo("WAITING");
        assertThat(matches()).containsExactly("a REFUSED");
        assertThat(ledger.count("SELECT count(*) FROM case_record")).isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'assembly' AND key = '"
                        + TestLedger.reference(1) + "'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatStandsAloneIsLookedAtNoMore(ReportKind of) {
        open(of);
        write(said(Said.ALONE, null));
        assertThat(requests()).as("its work is looked at").isEqualTo(2);
        long before = requests();

        incident("a", "LEI", "2026-03-01");
        write(matched(ReportState.LINKED, "a"));

        assertThat(requests()).isEqualTo(before);
        assertThat(state()).isEqualTo("ALONE");
        assertThat(matches()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anAmendedReportIsWhereAndWhenItSaysNow(ReportKind of) {
        open(of);
        write(matched(ReportState.ASKED));
        write(
                stored(report, "{\"amended\":1}", "MDI", TEN.plusSeconds(86_400), kind.step()),
                new ReportRead(report, TEN.plusSeconds(60)));
        incident("there", "MDI", "2026-03-02");

        assertThat(state()).isEqualTo("ASKED");
        assertThat(work().reportedAt()).isEqualTo(TEN.plusSeconds(60));
        assertThat(candidates()).containsExactly("there");
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatIsNoReportHasABodyWithoutAStateAndNoCandidates(ReportKind of) {
        open(of);
        incident("a", "LEI", "2026-03-01");
        write(stored(new SourceKey(kind.system(), "bad"), "x", null, null, kind.step()));

        ReportWork work = (ReportWork) bodies.load(kind.step(), List.of("bad")).get("bad");
        assertThat(work.state()).isNull();
        assertThat(work.reportedAt()).isNull();
        assertThat(work.candidates()).isEmpty();
    }

    /** What two kinds say of one incident at once does not mix. */
    @Test
    void theKindsDoNotMix() {
        open(ReportKind.USE_OF_FORCE);
        SourceKey told = new SourceKey(SourceKey.TELEPHONE_REPORTS, "4711");
        write(stored(told, "told", "LEI", TEN, Step.TELEPHONE_MATCH), new ReportRead(told, TEN));
        incident("three-days-later", "LEI", "2026-03-04");

        assertThat(candidates()).isEmpty();
        assertThat(requests()).isEqualTo(1);
        ReportWork work =
                (ReportWork) bodies.load(Step.TELEPHONE_MATCH, List.of("4711")).get("4711");
        assertThat(work.candidates()).hasSize(1);
        write(new ReportMatched(told, ReportState.LINKED, List.of(new Match("three-days-later", 90, "r"))));
        assertThat(work().state()).isEqualTo(ReportState.WAITING);
    }

    @Test
    void aMailIsLoadedWhole() {
        open(ReportKind.TELEPHONE);
        write(stored(new SourceKey(SourceKey.TELEPHONE_MAILS, "mail"), "whole", null, null, Step.TELEPHONE_MAIL));

        assertThat(new String(((SourceVersion) bodies.load(Step.TELEPHONE_MAIL, List.of("mail"))
                                .get("mail"))
                        .raw()))
                .isEqualTo("whole");
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

    private ReportMatched matched(ReportState state, String... incidents) {
        return new ReportMatched(
                report,
                state,
                List.of(incidents).stream()
                        .map(id -> new Match(id, 70, "same-prison +15"))
                        .toList());
    }

    private ReportSaid said(Said said, @Nullable String incident) {
        return new ReportSaid(ledger.count("SELECT record FROM matched_report"), said, incident, "officer", "why");
    }

    private ReportWork work() {
        return (ReportWork) bodies.load(kind.step(), List.of("4711")).get("4711");
    }

    private List<String> candidates() {
        return work().candidates().stream()
                .map(candidate -> candidate.incident().key().recordId())
                .toList();
    }

    private String state() {
        return ledger.jdbc.queryForObject("SELECT state FROM matched_report", String.class);
    }

    private List<String> matches() {
        return ledger.jdbc.queryForList(
                "SELECT i.record_id || ' ' || m.state FROM report_match m JOIN source_record i ON i.id = m.incident ORDER BY 1",
                String.class);
    }

    private long requests() {
        return ledger.count(
                "SELECT requested FROM work WHERE step = ? AND key = '4711'",
                kind.step().path());
    }
}
