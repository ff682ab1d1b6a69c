package sallyport.ledger.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ground.TestPostgres;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.AddReceipt;
import sallyport.ledger.Effect.ApplyOutcome;
import sallyport.ledger.Effect.CommandDone;
import sallyport.ledger.Effect.JudgeInbound;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Effect.StorePackage;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Hints.Hint;
import sallyport.ledger.Inbox;
import sallyport.ledger.OutcomeWork;
import sallyport.ledger.PackageKind;
import sallyport.ledger.PersonWork;
import sallyport.ledger.Rung;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.TelephoneLists;
import sallyport.ledger.TriageWork;
import sallyport.mappings.canonical.Sha256;

/** The interfaces that routes call, and the bodies that steps get. */
class LedgerInterfacesIT {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final SourceKey REPORT = new SourceKey(SourceKey.INCIDENTS, "r-1");

    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void aHintSeenBeforeAsksForNothingAgain() {
        var hints = new LedgerHints(node);
        hints.record(List.of(hint("e-1", "r-1"), hint("e-2", "r-1"), hint("e-1", "r-1")));
        hints.record(List.of(hint("e-1", "r-1")));

        assertThat(ledger.count("SELECT count(*) FROM hint")).isEqualTo(2);
        assertThat(ledger.count("SELECT requested FROM work")).isEqualTo(1);
        assertThat(ledger.count("SELECT n FROM tally WHERE what = 'event/incident.report.amended'"))
                .isEqualTo(2);
    }

    @Test
    void aListThatIsHandedInAgainIsReadOnceAndBothWhoHandedItInAreKnown() {
        var lists = new LedgerTelephoneLists(node, Clock.fixed(TEN, ZoneOffset.UTC));
        byte[] list = "reference,prison,occurred\n".getBytes(UTF_8);

        String sha256 = lists.take(list, "jo", "Mail is down");
        assertThat(lists.take(list, "sam", "Not sure it was taken")).isEqualTo(sha256);

        assertThat(ledger.jdbc.queryForMap(
                        "SELECT s.record_id, count(*) AS versions FROM source_record s JOIN source_version v ON v.record = s.id"
                                + " WHERE s.system = 'telephone-reports' GROUP BY 1"))
                .containsEntry("record_id", TelephoneLists.recordId(list))
                .containsEntry("versions", 1L);
        assertThat(ledger.count("SELECT requested FROM work WHERE step = 'telephone-match'"))
                .isEqualTo(1);
        assertThat(ledger.jdbc.queryForList(
                        "SELECT actor || ': ' || reason || ' ' || encode(payload_sha256, 'hex') FROM evidence"
                                + " WHERE kind = 'COLLECTION' ORDER BY id",
                        String.class))
                .containsExactly("jo: Mail is down " + sha256, "sam: Not sure it was taken " + sha256);
    }

    @Test
    void anEventWithACharacterThatPostgresqlRefusesKeepsNoNeighbourOut() {
        new LedgerHints(node).record(List.of(hint("e-1", "r\u0000-1"), hint("e-2", "r-2")));

        assertThat(ledger.jdbc.queryForList("SELECT subject FROM hint ORDER BY message_id", String.class))
                .containsExactly("r\uFFFD-1", "r-2");
    }

    @Test
    void anEventThatAsksForNothingIsCountedAndNotStored() {
        new LedgerHints(node)
                .record(List.of(new Hint("e-1", "person.case-note.created", "A1", "{}".getBytes(), null, List.of())));

        assertThat(ledger.count("SELECT count(*) FROM hint")).isZero();
        assertThat(ledger.count("SELECT n FROM tally WHERE what = 'event-only-counted/person.case-note.created'"))
                .isEqualTo(1);
    }

    @Test
    void knowsWhoIsInAnOpenCase() {
        ledger.cases(2);
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = 2");
        write(
                new SetPeople(1, Set.of(new CasePerson("A1", "SUSPECT", false), new CasePerson("F6", "SUSPECT", true))),
                new SetPeople(2, Set.of(new CasePerson("B2", "SUSPECT", false))));

        assertThat(new LedgerHints(node).inOpenCases(List.of("A1", "B2", "F6", "Z9")))
                .containsExactly("A1");
        assertThat(new LedgerHints(node).inOpenCases(List.of())).isEmpty();
        assertThat(bodies.load(Step.PRISONER_ALERT_FETCH, List.of("A1", "B2")))
                .isEqualTo(bodies.load(Step.CASE_NOTE_FETCH, List.of("A1", "B2")));
        assertThat(bodies.load(Step.CASE_NOTE_FETCH, List.of("A1", "B2"))).satisfies(loaded -> {
            assertThat(((PersonWork) loaded.get("A1")).cases()).hasSize(1);
            assertThat(((PersonWork) loaded.get("B2")).cases()).isEmpty();
        });
    }

    @Test
    void theSameBytesOfTheSameSenderAreStoredOnce() {
        Inbox inbox = new LedgerInbox(node);
        var first = inbox.store("rest", "46", "{}".getBytes());
        assertThat(first.seenBefore()).isFalse();
        assertThat(ledger.count("SELECT extract(epoch FROM next_at - now()) FROM work"))
                .isBetween(50L, 60L);

        assertThat(inbox.admit(first.id(), "m-1", "SP-2026-000001", sha256("said")))
                .isTrue();
        assertThat(ledger.count("SELECT count(*) FROM work WHERE next_at <= now()"))
                .isEqualTo(1);

        var again = inbox.store("rest", "46", "{}".getBytes());
        assertThat(again).isEqualTo(new Inbox.Stored(first.id(), true, "VALID", null, null));
        assertThat(inbox.store("rest", "06", "{}".getBytes()).seenBefore()).isFalse();
        assertThat(inbox.store("cjse", "46", "{}".getBytes()).seenBefore()).isFalse();
    }

    @Test
    void oneMessageIdWithOtherWordsIsAConflictByWhateverChannelItComes() {
        Inbox inbox = new LedgerInbox(node);
        long first = inbox.store("rest", "46", "{1}".getBytes()).id();
        inbox.admit(first, "m-1", "SP-2026-000001", sha256("said"));
        long second = inbox.store("cjse", "46", "<2/>".getBytes()).id();

        assertThat(inbox.admit(second, "m-1", "SP-2026-000001", sha256("said otherwise")))
                .isFalse();

        assertThat(inbox.store("cjse", "46", "<2/>".getBytes())).satisfies(again -> {
            assertThat(again.refused()).isTrue();
            assertThat(again.code()).isEqualTo("message-id-reused");
            assertThat(again.where()).isEqualTo("/messageId");
        });
        assertThat(ledger.count("SELECT count(*) FROM work WHERE key = ? AND requested > done", Long.toString(second)))
                .isZero();
        // What counts is the first: its own words again are no conflict.
        long repeated = inbox.store("rest", "46", "{ 1 }".getBytes()).id();
        assertThat(inbox.admit(repeated, "m-1", "SP-2026-000001", sha256("said")))
                .isTrue();
        // Another sender's ids are its own.
        long third = inbox.store("rest", "06", "{1}".getBytes()).id();
        assertThat(inbox.admit(third, "m-1", "SP-2026-000001", sha256("said otherwise")))
                .isTrue();
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes());
    }

    @Test
    void aRefusedMessageIsJudgedOnceAndNeedsNoRun() {
        Inbox inbox = new LedgerInbox(node);
        var stored = inbox.store("rest", "46", "{".getBytes());
        inbox.reject(stored.id(), "schema-invalid", "/type");
        inbox.admit(stored.id(), "m-1", null, null);

        assertThat(inbox.store("rest", "46", "{".getBytes()))
                .isEqualTo(new Inbox.Stored(stored.id(), true, "REJECTED", "schema-invalid", "/type"));
        assertThat(ledger.count("SELECT count(*) FROM work WHERE requested > done"))
                .isZero();
    }

    @Test
    void neverGivesACaseNumberTwice() throws Exception {
        var one = new LedgerCaseNumbers(node);
        var two = new LedgerCaseNumbers(node);
        Set<Long> given = java.util.Collections.synchronizedSet(new HashSet<>());
        var threads = List.of(one, two, one, two).stream()
                .map(numbers -> new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        given.add(numbers.next(TEN).id());
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(given).hasSize(200);
        var number = one.next(Instant.parse("2026-12-31T23:59:59Z"));
        assertThat(number.reference()).isEqualTo(String.format("SP-2026-%06d", number.id()));
    }

    @Test
    void routeStatesAreWhatWasLastWanted() {
        var states = new LedgerRouteStates(node);
        states.want("delivery-force", false, "ann", "force asked us to");
        assertThat(new LedgerRouteStates(node).wanted().get("delivery-force"))
                .satisfies(wanted -> assertThat(wanted.running()).isFalse());
        states.want("delivery-force", true, "bob", "they are back");
        assertThat(states.wanted().get("delivery-force")).satisfies(wanted -> {
            assertThat(wanted.running()).isTrue();
            assertThat(wanted.actor()).isEqualTo("bob");
        });
    }

    @Test
    void aPollSourceIsMadeOnce() {
        var sources = new LedgerPollSources(node);
        sources.ensure("incident-reporting", "changes");
        sources.ensure("incident-reporting", "changes");
        assertThat(ledger.count(
                        "SELECT count(*) FROM poll_source WHERE system = 'incident-reporting' AND next_at <= now()"))
                .isEqualTo(1);
    }

    @Test
    void refusesADatabaseThatForgets() {
        assertThat(new DurabilityCheck(ledger.dataSource()).problem()).isEmpty();

        ledger.jdbc.execute(
                "ALTER DATABASE " + ledger.text("SELECT current_database()") + " SET synchronous_commit = off");
        try (var fresh = new com.zaxxer.hikari.HikariDataSource()) {
            fresh.setJdbcUrl(TestPostgres.shared().url(ledger.text("SELECT current_database()")));
            assertThat(new DurabilityCheck(fresh).problem()).contains("the database runs with synchronous_commit off");
        }
        ledger.close();
        assertThat(new DurabilityCheck(ledger.dataSource()).problem()).contains("the database does not answer");
    }

    @Test
    void triageGetsTheReportItsCaseAndTheLastCriteria() {
        var unseen = (TriageWork) bodies.load(Step.TRIAGE, List.of("nobody")).get("nobody");
        assertThat(unseen.report()).isNull();
        write(
                report(),
                new OpenCase(TestLedger.referralCase(1)),
                new LinkRecord(1, REPORT),
                new SetPeople(
                        1,
                        Set.of(
                                new CasePerson("A1", "SUSPECT", false),
                                new CasePerson("A1", "FIGHTER", false),
                                new CasePerson("F6", "SUSPECT", true))),
                decision("A1"),
                decision("A1 A4"));

        var work = (TriageWork) bodies.load(Step.TRIAGE, List.of("r-1")).get("r-1");

        assertThat(work.report().raw()).asString().isEqualTo("{}");
        assertThat(work.referralCase().reference()).isEqualTo(TestLedger.reference(1));
        assertThat(work.referralCase()).isEqualTo(TestLedger.referralCase(1));
        assertThat(work.lastCriteria()).isEqualTo("A1 A4");
        assertThat(work.lastExplanation()).isEqualTo("{}");
        assertThat(work.people()).containsExactly("A1");
        assertThat(unseen.people()).isEmpty();
    }

    @Test
    void assemblyGetsEverythingOfItsCaseAndNothingOfAnother() {
        ledger.cases(2);
        write(
                report(),
                new LinkRecord(1, REPORT),
                new SetPeople(1, Set.of(new CasePerson("A1", "SUSPECT", false))),
                new SetPeople(2, Set.of(new CasePerson("B2", "SUSPECT", false))),
                storedPackage(1),
                storedPackage(2),
                TestLedger.promise("force:46", 1, "m-1"),
                TestLedger.promise("feed:regional-north", 1, "m-2"));

        var loaded = bodies.load(Step.ASSEMBLY, List.of(TestLedger.reference(1), TestLedger.reference(2), "no such"));

        assertThat(loaded).hasSize(2);
        var work = (AssemblyWork) loaded.get(TestLedger.reference(1));
        assertThat(work.records()).singleElement().satisfies(record -> assertThat(record.key())
                .isEqualTo(REPORT));
        assertThat(work.people()).containsExactly(new CasePerson("A1", "SUSPECT", false));
        assertThat(work.lastPackage().version()).isEqualTo(2);
        assertThat(work.sentTo()).containsExactly("force:46");
        assertThat(((AssemblyWork) loaded.get(TestLedger.reference(2))).lastPackage())
                .isNull();
    }

    @Test
    void aCommandKnowsItsCaseAndSaysWhenItIsDone() {
        ledger.cases(1);
        write(storedPackage(1));
        long about = command(TestLedger.reference(1));
        long other = command("work/7");

        var loaded = bodies.load(Step.COMMAND, List.of(Long.toString(about), Long.toString(other), "nonsense"));

        assertThat(((CommandWork) loaded.get(Long.toString(about)))
                        .lastPackage()
                        .version())
                .isEqualTo(1);
        assertThat(((CommandWork) loaded.get(Long.toString(other))).referralCase())
                .isNull();
        write(new CommandDone(about, "approved"));
        assertThat(ledger.count("SELECT count(*) FROM command WHERE done_at IS NOT NULL AND result = 'approved'"))
                .isEqualTo(1);
    }

    @Test
    void anOutcomeKnowsWhatWasSentWhatWasAppliedAndItsTwin() {
        ledger.cases(1);
        Inbox inbox = new LedgerInbox(node);
        long first = inbox.store("rest", "46", "one".getBytes()).id();
        inbox.admit(first, "m-1", TestLedger.reference(1), sha256("said"));
        long second = inbox.store("rest", "46", "two".getBytes()).id();
        assertThat(inbox.admit(second, "m-1", TestLedger.reference(1), sha256("said")))
                .isTrue();
        write(TestLedger.promise("force:46", 1, "p-1"));
        new LaneClaims(node.database(), new TestPolicy(), "one", java.time.Clock.systemUTC())
                .claim(Map.of(new Outlet("force:46", "ihub"), 1), Duration.ofSeconds(30));
        Effect apply = new ApplyOutcome(first, 1, "46", "m-1", "CRIME_REFERENCE", null, TEN, "46/1/26", null, null);
        write(apply, new JudgeInbound(first, "APPLIED", null, null, null, null, null), receipt(), receipt());
        write(apply);

        var loaded = bodies.load(Step.OUTCOME, List.of(Long.toString(first), Long.toString(second)));

        var work = (OutcomeWork) loaded.get(Long.toString(second));
        assertThat(work.sentVersions()).containsExactly(1);
        assertThat(work.applied()).hasSize(1);
        assertThat(work.twin()).satisfies(twin -> {
            assertThat(twin.inboundId()).isEqualTo(first);
            assertThat(twin.state()).isEqualTo("APPLIED");
            assertThat(twin.saysTheSame()).isTrue();
        });
        assertThat(((OutcomeWork) loaded.get(Long.toString(first))).twin()).isNull();
        assertThat(ledger.count("SELECT count(*) FROM receipt")).isEqualTo(1);
        assertThat(ledger.text("SELECT message_id FROM inbound WHERE state = 'APPLIED'"))
                .isEqualTo("m-1");
    }

    @Test
    void aCaseIsReadBackAsItWasWritten() {
        var opened =
                TestLedger.referralCase(5).approvedBy("ann", "serious", TEN).withReview("verdict-changed", "look");
        write(new OpenCase(opened));
        assertThat(bodies.cases(List.of(opened.reference())).get(opened.reference()))
                .isEqualTo(opened);

        var changed = opened.withPoliceFacts("46/1/26", "PC 1", "1", TEN)
                .withState(CaseState.CLOSED)
                .withPackageVersion(3)
                .withIncident("LEI", "33", "FIRE", TEN, "2026-03-01T10:00:00");
        write(new Effect.ChangeCase(changed));
        assertThat(bodies.cases(List.of(opened.reference())).get(opened.reference()))
                .usingRecursiveComparison()
                .ignoringFields("rowVersion")
                .isEqualTo(changed);
    }

    private static Hint hint(String id, String report) {
        return new Hint(
                id,
                "incident.report.amended",
                report,
                "{}".getBytes(),
                TEN,
                List.of(RequestWork.now(Step.INCIDENT_FETCH, report)));
    }

    private static StoreSource report() {
        return new StoreSource(REPORT, "{}".getBytes(), TEN.toString(), TEN, false, TEN, "http://x", "MDI", null, null);
    }

    private static Effect decision(String criteria) {
        return new Effect.Decide(1L, REPORT, null, "TRIAGE", "MANDATORY", "r1", criteria, "{}", "rules", null);
    }

    private static StorePackage storedPackage(int version) {
        return new StorePackage(
                1, version, PackageKind.REFERRAL, "{}".getBytes(), new byte[32], "s1", "m1", "[]", TEN, List.of());
    }

    private static AddReceipt receipt() {
        return new AddReceipt(1, "force:46", 1, Rung.ACCEPTED, TEN, "46", null, new byte[32], null);
    }

    private long command(String target) {
        return ledger.count(
                "INSERT INTO command (kind, target, actor, reason) VALUES ('APPROVE', ?, 'ann', 'why') RETURNING id",
                target);
    }

    private void write(Effect... effects) {
        TestNode.write(ledger, node, effects);
    }
}
