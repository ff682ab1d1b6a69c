package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.Disposition;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.AdvancePoll;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.Decide;
import sallyport.ledger.Effect.Dispose;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.MoveState;
import sallyport.ledger.Effect.Noticed;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Effect.SourceGone;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.Effects;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.WorkClaim;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.time.LondonTime;

/** What a transaction writes, what it refuses, and what a bad neighbour costs. */
class CompletionIT {

    private static final SourceKey REPORT = new SourceKey(SourceKey.INCIDENTS, "r-1");
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private final TestPolicy policy = new TestPolicy();
    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, policy, TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void aRecordThatGoesBackToAnEarlierTextHasThreeVersions() {
        write(report("A", TEN, TEN.plusSeconds(1)));
        write(report("B", TEN.plusSeconds(60), TEN.plusSeconds(61)));
        write(report("A", TEN.plusSeconds(120), TEN.plusSeconds(121)));
        write(report("A", TEN.plusSeconds(120), TEN.plusSeconds(200)));

        assertThat(texts()).containsExactly("A", "B", "A");
        assertThat(latest()).isEqualTo("A");
        assertThat(triageRequests()).isEqualTo(3);
    }

    @Test
    void anOlderVersionThatArrivesLateIsKeptAndNeverLatest() {
        write(report("new", TEN.plusSeconds(60), TEN.plusSeconds(61)));
        write(report("old", TEN, TEN.plusSeconds(90)));

        assertThat(texts()).containsExactly("new", "old");
        assertThat(latest()).isEqualTo("new");
        assertThat(triageRequests()).isEqualTo(1);
    }

    @Test
    void twoVersionsInOneBatchKeepTheirOrder() {
        ask("a", "b");
        List<WorkClaim> claims = claim();
        commit(
                claims,
                Effects.of(report("A", TEN, TEN.plusSeconds(1))),
                Effects.of(report("B", TEN.plusSeconds(5), TEN.plusSeconds(6))));

        assertThat(texts()).containsExactly("A", "B");
        assertThat(latest()).isEqualTo("B");
    }

    @Test
    void whatALaterVersionDoesNotTellStaysAsTheEarlierToldIt() {
        ask("a", "b");
        List<WorkClaim> claims = claim();
        commit(
                claims,
                Effects.of(report("A", TEN, TEN.plusSeconds(1))),
                Effects.of(unreadable("no report", TEN.plusSeconds(6))));

        assertThat(latest()).isEqualTo("no report");
        assertThat(ledger.text("SELECT prison FROM source_record")).isEqualTo("MDI");
    }

    @Test
    void anyYearThatASourceSaysIsStored() {
        for (String text : List.of("0000-02-29T10:00:00", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z")) {
            LondonTime time = LondonTime.parse(text, "/modifiedAt");
            LocalDate day = LocalDate.ofInstant(time.instant(), ZoneId.of("Europe/London"));
            var key = new SourceKey(SourceKey.INCIDENTS, text);
            write(new StoreSource(
                    key,
                    text.getBytes(),
                    text,
                    time.instant(),
                    false,
                    TEN,
                    "http://x",
                    "MDI",
                    time.instant(),
                    Step.TRIAGE));

            assertThat(ledger.jdbc.queryForMap(
                            """
                            SELECT v.modified_at = ? AS at, r.occurred_on = ? AS day
                              FROM source_record r JOIN source_version v ON v.id = r.latest_version WHERE r.record_id = ?
                            """,
                            time.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                            day,
                            text))
                    .isEqualTo(Map.of("at", true, "day", true));
        }
    }

    @Test
    void inOctobersRepeatedHourTheOneFetchedLaterIsNewer() {
        Instant half = Instant.parse("2026-10-25T00:50:00Z");
        write(october("first pass", half, half.plusSeconds(1)));
        write(october("second pass", half.minusSeconds(1800), half.plusSeconds(1801)));

        assertThat(latest()).isEqualTo("second pass");
    }

    @Test
    void keepsBytesThatAreNoTextAsTheyAre() {
        byte[] raw = {'{', 0, (byte) 0xff, '}'};
        write(new StoreSource(REPORT, raw, null, null, false, TEN, "http://x", null, null, null));

        assertThat(ledger.jdbc.queryForObject("SELECT raw FROM source_version", byte[].class))
                .isEqualTo(raw);
        assertThat(ledger.jdbc.queryForObject("SELECT sha256 FROM source_version", byte[].class))
                .isEqualTo(Sha256.of(raw));
    }

    @Test
    void aRecordThatIsGoneAndComesBackIsToldBothTimes() {
        write(new SourceGone(REPORT, TEN, Step.TRIAGE));
        write(new SourceGone(REPORT, TEN, Step.TRIAGE));
        assertThat(triageRequests()).isEqualTo(1);

        write(report("A", TEN, TEN));
        assertThat(ledger.count("SELECT count(*) FROM source_record WHERE gone_at IS NULL"))
                .isEqualTo(1);
        write(new SourceGone(REPORT, TEN, Step.TRIAGE));
        write(report("A", TEN, TEN));

        assertThat(triageRequests()).isEqualTo(4);
        assertThat(texts()).containsExactly("A");
    }

    @Test
    void aSweepAsksOnlyForWhatIsNotStored() {
        write(report("A", TEN, TEN));
        write(
                new Noticed(REPORT, TEN.toString(), Step.INCIDENT_FETCH),
                new Noticed(REPORT, "later", Step.INCIDENT_FETCH),
                new Noticed(new SourceKey(SourceKey.INCIDENTS, "r-2"), "any", Step.INCIDENT_FETCH));
        write(new Noticed(REPORT, TEN.toString(), Step.INCIDENT_FETCH));

        assertThat(ledger.jdbc.queryForList(
                        "SELECT key FROM work WHERE step = 'incident-fetch' ORDER BY key", String.class))
                .containsExactly("r-1", "r-2");
        assertThat(ledger.count("SELECT requested FROM work WHERE step = 'incident-fetch' AND key = 'r-1'"))
                .isEqualTo(1);
    }

    @Test
    void aChangeMadeFromAnOlderCaseRunsAgainAndWritesNothing() {
        ledger.cases(1);
        ReferralCase read = node(1);
        ask("a", "b");
        List<WorkClaim> claims = claim();

        commit(
                claims,
                Effects.of(new ChangeCase(read.withForce("06")), new Tally("first", 1)),
                Effects.of(new ChangeCase(read.withReview("suspects-lost", null)), new Tally("second", 1)));

        assertThat(ledger.jdbc.queryForList("SELECT what FROM tally", String.class))
                .containsExactly("first");
        assertThat(ledger.text("SELECT force FROM referral_case")).isEqualTo("06");
        assertThat(ledger.count("SELECT count(*) FROM referral_case WHERE review_code IS NOT NULL"))
                .isZero();
        List<WorkClaim> again = claim();
        assertThat(again).singleElement().satisfies(claim -> {
            assertThat(claim.key()).isEqualTo("b");
            assertThat(claim.attempt()).isEqualTo(1);
        });
        commit(again, Effects.of(new ChangeCase(node(1).withReview("suspects-lost", null))));
        assertThat(ledger.text("SELECT force || ' ' || review_code FROM referral_case"))
                .isEqualTo("06 suspects-lost");
    }

    @Test
    void aMovedStateIsNotOverwrittenByAnOlderRead() {
        ledger.cases(1);
        ReferralCase read = node(1);
        ask("a", "b", "c");
        List<WorkClaim> claims = claim();

        commit(
                claims,
                Effects.of(new MoveState(1, CaseState.IN_PROGRESS, CaseState.DELIVERED)),
                Effects.of(new ChangeCase(read.withForce("06"))),
                Effects.of(new MoveState(1, CaseState.AWAITING_DECISION, CaseState.CLOSED)));

        assertThat(ledger.text("SELECT state || ' ' || force FROM referral_case"))
                .isEqualTo("DELIVERED 46");
        assertThat(claim()).extracting(WorkClaim::key).containsExactly("b");
    }

    @Test
    void twoMovesOfOneCaseInOneBatchAreBothMade() {
        ledger.cases(2);
        ask("a", "b", "c");
        List<WorkClaim> claims = claim();

        commit(
                claims,
                Effects.of(new MoveState(1, CaseState.IN_PROGRESS, CaseState.DELIVERED)),
                Effects.of(new MoveState(2, CaseState.IN_PROGRESS, CaseState.DELIVERED)),
                Effects.of(new MoveState(1, CaseState.DELIVERED, CaseState.CLOSED)));

        assertThat(ledger.jdbc.queryForList(
                        "SELECT state || ' ' || row_version FROM referral_case ORDER BY id", String.class))
                .containsExactly("CLOSED 3", "DELIVERED 2");
    }

    @Test
    void aPoisonousEffectParksItsOwnItemOnly() {
        ledger.cases(1);
        ask("a", "b", "c", "d");
        List<WorkClaim> claims = claim();

        commit(
                claims,
                Effects.of(new Tally("a", 1)),
                Effects.of(new Tally("b", 1), TestLedger.promise("force:46", 999, "nobody's case")),
                Effects.of(new Tally("c", 1), new Tally("U+0000 \u0000 cannot be stored", 1)),
                Effects.of(new Tally("d", 1), new AdvancePoll("not a poll", Duration.ZERO)));

        assertThat(ledger.jdbc.queryForList("SELECT what FROM tally", String.class))
                .containsExactly("a");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT key || ' ' || parked_kind || ' ' || parked_code || ' ' || parked_detail FROM work"
                                + " WHERE parked_kind IS NOT NULL ORDER BY key",
                        String.class))
                .containsExactly(
                        "b DEFECT constraint-violated lane_case_case_id_fkey",
                        "c DEFECT unwritable-value DataIntegrityViolationException < BatchUpdateException 22021 < PSQLException 22021",
                        "d DEFECT not-written IllegalStateException");
        assertThat(ledger.count("SELECT count(*) FROM work WHERE requested = done"))
                .isEqualTo(1);
    }

    @Test
    void aRecordOfAnotherCaseIsNotLinkedInSilence() {
        ledger.cases(2);
        write(report("A", TEN, TEN), new LinkRecord(1, REPORT));
        write(new LinkRecord(1, REPORT));
        ask("a");
        List<WorkClaim> claims = claim();

        commit(claims, Effects.of(new LinkRecord(2, REPORT)));

        assertThat(ledger.count("SELECT case_id FROM case_record")).isEqualTo(1);
        assertThat(ledger.text("SELECT parked_detail FROM work WHERE key = 'a'"))
                .isEqualTo("case_record_record_key");
    }

    @Test
    void aConnectionLostInTheMiddleOfABatchLosesAndDoublesNothing() throws Exception {
        ledger.jdbc.update(
                "INSERT INTO tally (day, what, n) VALUES ((now() AT TIME ZONE 'Europe/London')::date, 'held', 0)");
        ask("a", "b");
        List<WorkClaim> claims = claim();
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
        try (Connection other = ledger.dataSource().getConnection()) {
            other.setAutoCommit(false);
            // Holds the row the batch writes last: everything before it is written and not committed when the line goes
            // dead.
            execute(other, "SELECT 1 FROM tally WHERE what = 'held' FOR UPDATE");
            var committing = new Thread(() -> commit(
                    claims, Effects.of(new Tally("held", 1), report("A", TEN, TEN)), Effects.of(new Tally("held", 1))));
            committing.start();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            ledger.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'"))
                    .isEqualTo(1));
            other.rollback();
            committing.join(20_000);
            assertThat(committing.isAlive()).isFalse();
        }
        assertThat(ledger.count("SELECT n FROM tally WHERE what = 'held'")).isEqualTo(2);
        // The driver would quote the values of the batch, and others would log what it says.
        assertThat(logged.list).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .doesNotContain("'held'"));
        assertThat(texts()).containsExactly("A");
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'incident-fetch' AND requested > done"))
                .isZero();
    }

    @Test
    void writersInEachOthersWayRepeatUntilBothAreWritten() throws Exception {
        ledger.cases(20);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            int turn = t;
            var own = TestNode.node(ledger, policy, TestLedger.quick("w" + t, Duration.ofSeconds(30)));
            var thread = new Thread(() -> {
                for (int i = 0; i < 25; i++) {
                    var effects = new ArrayList<Effect>();
                    for (int c = 1; c <= 20; c++) {
                        int caseId = turn % 2 == 0 ? c : 21 - c;
                        effects.add(new MoveState(caseId, CaseState.IN_PROGRESS, CaseState.IN_PROGRESS));
                        effects.add(new SetPeople(caseId, Set.of(new CasePerson("A" + turn, "SUSPECT", false))));
                        effects.add(RequestWork.now(Step.CASE_SYNC, TestLedger.reference(caseId)));
                        effects.add(TestLedger.promise("force:" + caseId % 3, caseId, "m-" + turn + "-" + i + "-" + c));
                        effects.add(new Tally("t" + c % 5, 1));
                    }
                    TestNode.write(ledger, own, Effects.of(effects));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ledger.count("SELECT sum(n) FROM tally")).isEqualTo(4 * 25 * 20);
        assertThat(ledger.count("SELECT count(*) FROM lane_item")).isEqualTo(4 * 25 * 20);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE requested <> 100 AND step = 'case-sync'"))
                .isZero();
    }

    @Test
    void peopleWhoLeaveStayAsFormer() {
        ledger.cases(1);
        write(new SetPeople(1, Set.of(new CasePerson("A1", "SUSPECT", false), new CasePerson("B2", "VICTIM", false))));
        write(new SetPeople(1, Set.of(new CasePerson("A1", "WITNESS", false), new CasePerson("C3", "VICTIM", false))));

        assertThat(ledger.jdbc.queryForList(
                        "SELECT prisoner_number || ' ' || role || ' ' || former FROM case_person ORDER BY 1",
                        String.class))
                .containsExactly("A1 WITNESS false", "B2 VICTIM true", "C3 VICTIM false");
    }

    @Test
    void ofTwoSetsOfPeopleInOneBatchTheLaterCounts() {
        ledger.cases(1);
        ask("a", "b");
        List<WorkClaim> claims = claim();

        commit(
                claims,
                Effects.of(new SetPeople(1, Set.of(new CasePerson("A1", "SUSPECT", false)))),
                Effects.of(new SetPeople(1, Set.of(new CasePerson("B2", "SUSPECT", false)))));

        assertThat(ledger.jdbc.queryForList("SELECT prisoner_number FROM case_person", String.class))
                .containsExactly("B2");
    }

    @Test
    void aMergeRekeysOpenCasesAndAssemblesTheApprovedAgain() {
        ledger.cases(3);
        ledger.jdbc.update("UPDATE referral_case SET approved_at = now() WHERE id = 1");
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = 3");
        for (long id = 1; id <= 3; id++) {
            write(new SetPeople(id, Set.of(new CasePerson("OLD", "SUSPECT", false))));
        }

        write(new MergeIdentity("NEW", "OLD", TEN));
        write(new MergeIdentity("NEW", "OLD", TEN));

        assertThat(ledger.jdbc.queryForList(
                        "SELECT case_id || ' ' || prisoner_number || ' ' || former FROM case_person ORDER BY 1",
                        String.class))
                .containsExactly("1 NEW false", "1 OLD true", "2 NEW false", "2 OLD true", "3 OLD false");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT step || ' ' || key || ' ' || requested FROM work ORDER BY 1", String.class))
                .containsExactly("assembly " + TestLedger.reference(1) + " 1", "prisoner-alert-fetch NEW 1");
    }

    @Test
    void aPrisonerMergedTwiceStandsUnderTheLastNumberWhateverIsAnnouncedAgain() {
        ledger.cases(1);
        write(new SetPeople(1, Set.of(new CasePerson("FIRST", "SUSPECT", false))));

        write(new MergeIdentity("SECOND", "FIRST", TEN));
        write(new MergeIdentity("THIRD", "SECOND", TEN.plusSeconds(1)));
        // The first merge once more, by an event that came late.
        write(new MergeIdentity("SECOND", "FIRST", TEN));

        assertThat(ledger.jdbc.queryForList(
                        "SELECT prisoner_number || ' ' || former FROM case_person ORDER BY 1", String.class))
                .containsExactly("FIRST true", "SECOND true", "THIRD false");
    }

    @Test
    void decisionsAndDispositionsFindTheirRecord() {
        ledger.cases(1);
        write(
                new Dispose(REPORT, Disposition.NOT_REFERABLE),
                new Decide(null, REPORT, null, "TRIAGE", "NOT_REFERABLE", "r1", "", "{}", "rules", null),
                new Decide(1L, null, null, "APPROVAL", null, null, null, "{}", "governor", "serious"));

        assertThat(ledger.text("SELECT disposition FROM source_record")).isEqualTo("NOT_REFERABLE");
        assertThat(ledger.count("SELECT count(*) FROM decision WHERE record IS NOT NULL OR case_id = 1"))
                .isEqualTo(2);
    }

    @Test
    void aPollsCursorMovesWithWhatItFound() {
        ledger.jdbc.update("INSERT INTO poll_source (system, stream) VALUES ('incidents', 'changes')");
        var polls = new PollRows(node.database());
        var claim = polls.claim(Map.of("incidents", 1), Duration.ofSeconds(30)).get(0);
        assertThat(polls.claim(Map.of("incidents", 1), Duration.ofSeconds(30))).isEmpty();

        node.committer()
                .commit(List.of(Finished.done(
                        claim, Effects.of(new Tally("found", 1), new AdvancePoll("c-1", Duration.ZERO)))));
        var next = polls.claim(Map.of("incidents", 1), Duration.ofSeconds(30)).get(0);
        assertThat(next.cursor()).isEqualTo("c-1");
        assertThat(next.attempt()).isEqualTo(1);

        policy.tries = 0;
        node.committer().commit(List.of(Finished.failed(next, policy.classify(TestPolicy.unavailable()))));
        assertThat(ledger.text("SELECT cursor || ' ' || last_error FROM poll_source"))
                .isEqualTo("c-1 connection-refused: as the test wants it");
        assertThat(ledger.count("SELECT extract(epoch FROM next_at - now()) FROM poll_source"))
                .isBetween(290L, 300L);
    }

    private StoreSource report(String text, Instant modified, Instant fetched) {
        return new StoreSource(
                REPORT,
                text.getBytes(),
                modified.toString(),
                modified,
                false,
                fetched,
                "http://x",
                "MDI",
                null,
                Step.TRIAGE);
    }

    private static StoreSource unreadable(String text, Instant fetched) {
        return new StoreSource(
                REPORT, text.getBytes(), null, null, false, fetched, "http://x", null, null, Step.TRIAGE);
    }

    private static StoreSource october(String text, Instant modified, Instant fetched) {
        return new StoreSource(
                REPORT,
                text.getBytes(),
                modified.toString(),
                modified,
                true,
                fetched,
                "http://x",
                "MDI",
                null,
                Step.TRIAGE);
    }

    private void write(Effect... effects) {
        TestNode.write(ledger, node, effects);
    }

    private void ask(String... keys) {
        for (String key : keys) {
            write(RequestWork.now(Step.INCIDENT_FETCH, key));
        }
    }

    private List<WorkClaim> claim() {
        return new WorkRows(node.database())
                .claim(Map.of(Step.INCIDENT_FETCH, 10), Duration.ofSeconds(30)).stream()
                        .sorted(Comparator.comparing(WorkClaim::key))
                        .toList();
    }

    private void commit(List<WorkClaim> claims, Effects... effects) {
        var batch = new ArrayList<Finished>();
        for (int i = 0; i < claims.size(); i++) {
            batch.add(Finished.done(claims.get(i), effects[i]));
        }
        node.committer().commit(batch);
    }

    private ReferralCase node(long id) {
        @Nullable
        ReferralCase found = new Bodies(node.database())
                .cases(List.of(TestLedger.reference(id)))
                .get(TestLedger.reference(id));
        assertThat(found).isNotNull();
        return found;
    }

    private List<String> texts() {
        return ledger.jdbc.queryForList(
                "SELECT convert_from(raw, 'UTF8') FROM source_version ORDER BY version_no", String.class);
    }

    private String latest() {
        return ledger.text(
                "SELECT convert_from(raw, 'UTF8') FROM source_version v JOIN source_record s ON s.latest_version = v.id");
    }

    private long triageRequests() {
        return ledger.count("SELECT requested FROM work WHERE step = 'triage'");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
