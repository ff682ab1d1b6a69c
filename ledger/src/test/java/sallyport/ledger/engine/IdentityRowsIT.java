package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sallyport.ledger.CasePerson;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeReferred;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.MoveBooking;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.SourceKey;

/** Numbers that change: in whatever order that is heard of, and of a booking only what happened in it. */
class IdentityRowsIT {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    /** Every order of A into B, B into C, D into C and C into E. */
    static Stream<List<Integer>> orders() {
        return permutations(List.of(0, 1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void mergesInAnyOrderAndTwiceEndUnderOneNumber(List<Integer> order) {
        ledger.cases(2);
        occurred(1, T);
        occurred(2, T);
        people(1, "A1111AA");
        people(2, "D4444DD");
        charge("LEI-1", "A1111AA", T);
        request(1, "A1111AA");
        var merges = List.of(
                merge("A1111AA", "B2222BB", 1),
                merge("B2222BB", "C3333CC", 2),
                merge("D4444DD", "C3333CC", 3),
                merge("C3333CC", "E5555EE", 4));

        order.forEach(n -> write(merges.get(n)));
        order.forEach(n -> write(merges.get(n)));

        assertThat(present()).containsExactly("1 E5555EE", "2 E5555EE");
        assertThat(ledger.text("SELECT prisoner_number FROM referred_charge")).isEqualTo("E5555EE");
        assertThat(ledger.text("SELECT prisoner_number FROM case_note_request")).isEqualTo("E5555EE");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT removed || ' ' || kept FROM merged_number ORDER BY 1", String.class))
                .containsExactly("A1111AA E5555EE", "B2222BB E5555EE", "C3333CC E5555EE", "D4444DD E5555EE");
        assertThat(ledger.count("SELECT count(*) FROM case_person WHERE prisoner_number = 'A1111AA' AND former"))
                .isEqualTo(1);
    }

    @Test
    void mergesAtTheSameTimeOnTwoConnectionsEndUnderOneNumber() throws Exception {
        ledger.cases(20);
        for (int id = 1; id <= 20; id++) {
            occurred(id, T);
            people(id, "A1111AA");
        }
        var first = CompletableFuture.runAsync(() -> write(merge("A1111AA", "B2222BB", 1)));
        var second = CompletableFuture.runAsync(() -> write(merge("B2222BB", "C3333CC", 2)));
        CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);

        assertThat(ledger.count("SELECT count(*) FROM case_person WHERE NOT former AND prisoner_number = 'C3333CC'"))
                .isEqualTo(20);
        assertThat(ledger.count("SELECT count(*) FROM case_person WHERE NOT former"))
                .isEqualTo(20);
    }

    @Test
    void aReportThatWasReadBeforeTheMergeDoesNotUndoIt() {
        ledger.cases(2);
        occurred(1, T);
        occurred(2, T);
        people(1, "A1111AA", "B2222BB");
        write(merge("A1111AA", "B2222BB", 1));

        people(1, "A1111AA", "B2222BB");
        people(2, "A1111AA");
        charge("LEI-1", "A1111AA", T);

        assertThat(present()).containsExactly("1 B2222BB", "2 B2222BB");
        assertThat(ledger.count("SELECT count(*) FROM case_person WHERE prisoner_number = 'A1111AA' AND former"))
                .as("found under both numbers")
                .isEqualTo(2);
        assertThat(ledger.text("SELECT prisoner_number FROM referred_charge")).isEqualTo("B2222BB");
    }

    @Test
    void theReportsOfReKeyedCasesAreFetchedAgainAndApprovedOnesAssembled() {
        ledger.cases(3);
        ledger.jdbc.update("UPDATE referral_case SET approved_at = now() WHERE id = 1");
        for (int id = 1; id <= 3; id++) {
            occurred(id, T);
            report(id, T);
        }
        people(1, "A1111AA");
        people(2, "A1111AA");
        people(3, "F6666FF");
        ledger.jdbc.update("DELETE FROM work");

        write(merge("A1111AA", "B2222BB", 1));

        assertThat(ledger.jdbc.queryForList("SELECT step || ' ' || key FROM work ORDER BY 1", String.class))
                .containsExactly(
                        "assembly " + TestLedger.reference(1),
                        "incident-fetch r-1",
                        "incident-fetch r-2",
                        "prisoner-alert-fetch B2222BB");
    }

    @Test
    void onlyWhoseChargesWereReadHaveThemReadAgain() {
        ledger.cases(3);
        for (int id = 1; id <= 3; id++) {
            occurred(id, T);
        }
        people(1, "A1111AA");
        people(2, "F6666FF");
        people(3, "G7777GG");
        charge("LEI-1", "A1111AA", T);
        write(new StoreSource(
                new SourceKey(SourceKey.ADJUDICATIONS, "F6666FF"),
                "[]".getBytes(),
                null,
                null,
                false,
                T,
                "test",
                null,
                null,
                null));
        ledger.jdbc.update("DELETE FROM work");

        write(merge("A1111AA", "B2222BB", 1), merge("F6666FF", "C3333CC", 2), merge("G7777GG", "D4444DD", 3));

        assertThat(ledger.jdbc.queryForList(
                        "SELECT key FROM work WHERE step = 'adjudication-fetch' ORDER BY 1", String.class))
                .containsExactly("B2222BB", "C3333CC");
    }

    @Test
    void aPackageIsBuiltByTheNumbersOfNowThoughTheReportNamesOthers() {
        ledger.cases(1);
        occurred(1, T);
        report(1, T);
        people(1, "A1111AA");
        write(merge("A1111AA", "B2222BB", 1));

        assertThat(new AssemblyBodies(node.database(), new Bodies(node.database()))
                        .load(List.of(TestLedger.reference(1)))
                        .get(TestLedger.reference(1))
                        .renumbered())
                .containsExactly(java.util.Map.entry("A1111AA", "B2222BB"));
    }

    @Test
    void aMovedBookingTakesAlongWhatHappenedInItAndNothingElse() {
        ledger.cases(3);
        occurred(1, T.minus(Duration.ofDays(400)));
        occurred(2, T.minus(Duration.ofDays(40)));
        occurred(3, T);
        for (int id = 1; id <= 3; id++) {
            people(id, "A1111AA");
            request(id, "A1111AA");
        }
        charge("LEI-1", "A1111AA", T.minus(Duration.ofDays(40)));
        charge("LEI-2", "A1111AA", T);

        var move = move(T.minus(Duration.ofDays(50)), T.minus(Duration.ofDays(10)));
        write(move);
        write(move);

        assertThat(present()).containsExactly("1 A1111AA", "2 B2222BB", "3 A1111AA");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT s.record_id || ' ' || c.prisoner_number FROM referred_charge c JOIN source_record s ON s.id = c.record ORDER BY 1",
                        String.class))
                .containsExactly("LEI-1 B2222BB", "LEI-2 A1111AA");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT case_id || ' ' || prisoner_number FROM case_note_request ORDER BY 1", String.class))
                .containsExactly("1 A1111AA", "2 B2222BB", "3 A1111AA");
        assertThat(ledger.count("SELECT count(*) FROM merged_number"))
                .as("they are two people")
                .isZero();
        assertThat(ledger.text("SELECT reason FROM evidence WHERE case_reference = ?", TestLedger.reference(2)))
                .isEqualTo("a booking moved to another prisoner at the source");
        assertThat(ledger.count("SELECT count(*) FROM task")).isZero();
    }

    @Test
    void theLastBookingGoesOnUntilNow() {
        ledger.cases(1);
        occurred(1, T);
        people(1, "A1111AA");

        write(move(T, null));

        assertThat(present()).containsExactly("1 B2222BB");
    }

    @Test
    void aReportOfAMovedBookingIsReadByTheNewNumberUntilTheSourceHasWrittenItAnew() {
        ledger.cases(2);
        occurred(1, T);
        occurred(2, T.minus(Duration.ofDays(3)));
        write(move(T.minus(Duration.ofDays(1)), null));
        report(1, T.plusSeconds(10));
        people(1, "A1111AA");
        people(2, "A1111AA");
        assertThat(present()).containsExactly("1 B2222BB", "2 A1111AA");

        report(1, T.plusSeconds(7000));
        people(1, "A1111AA");

        assertThat(present()).as("its word of after the move stands").containsExactly("1 A1111AA", "2 A1111AA");
    }

    @Test
    void aBookingThatMovedAwayBeforeAMergeTakesItsCaseAlongThoughItIsHeardOfLater() {
        ledger.cases(2);
        occurred(1, T);
        occurred(2, T.minus(Duration.ofDays(3)));
        people(1, "A1111AA");
        people(2, "A1111AA");

        write(merge("B2222BB", "D4444DD", 7201));
        write(merge("A1111AA", "C3333CC", 7200));
        write(move(T.minus(Duration.ofDays(1)), null));

        assertThat(present()).containsExactly("1 D4444DD", "2 C3333CC");
    }

    @Test
    void aBookingOfWhichNobodyKnowsWhenItWasIsAskedAbout() {
        ledger.cases(3);
        for (int id = 1; id <= 3; id++) {
            occurred(id, T);
        }
        people(1, "A1111AA");
        people(2, "F6666FF");
        people(3, "A1111AA");
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = 3");

        write(new MoveBooking("1221642", "A1111AA", "B2222BB", T, null));

        assertThat(present()).containsExactly("1 A1111AA", "2 F6666FF", "3 A1111AA");
        assertThat(ledger.jdbc.queryForList("SELECT kind || ' ' || subject || ' ' || case_id FROM task", String.class))
                .containsExactly("IDENTITY booking/1221642/" + TestLedger.reference(1) + " 1");
        assertThat(ledger.text("SELECT detail FROM task")).doesNotContain("A1111AA", "B2222BB");
    }

    @Test
    void aLinkBetweenNumbersOfNobodyWaitsForItsChainAndGoesAfterAMonth() {
        write(merge("B2222BB", "C3333CC", 2));
        assertThat(ledger.count("SELECT count(*) FROM prisoner_merge")).isEqualTo(1);

        ledger.jdbc.update("UPDATE prisoner_merge SET heard_at = now() - interval '31 days'");
        write(merge("X7777XX", "Y8888YY", 3));

        assertThat(ledger.jdbc.queryForList("SELECT removed FROM prisoner_merge", String.class))
                .containsExactly("X7777XX");
    }

    private static Stream<List<Integer>> permutations(List<Integer> rest) {
        return rest.isEmpty()
                ? Stream.of(List.of())
                : rest.stream().flatMap(first -> permutations(
                                rest.stream().filter(n -> !n.equals(first)).toList())
                        .map(tail -> {
                            var whole = new ArrayList<>(List.of(first));
                            whole.addAll(tail);
                            return whole;
                        }));
    }

    private static MergeIdentity merge(String removed, String kept, int second) {
        return new MergeIdentity(kept, removed, T.plusSeconds(second));
    }

    private static MoveBooking move(Instant started, Instant before) {
        return new MoveBooking(
                "1221642", "A1111AA", "B2222BB", T.plusSeconds(3600), new MoveBooking.Times(started, before));
    }

    private void write(Effect... effects) {
        TestNode.write(ledger, node, effects);
    }

    private void occurred(long id, Instant at) {
        ledger.jdbc.update("UPDATE referral_case SET occurred_at = ?::timestamptz WHERE id = ?", at.toString(), id);
    }

    private void people(long id, String... numbers) {
        var people = new java.util.HashSet<CasePerson>();
        Arrays.stream(numbers).forEach(number -> people.add(new CasePerson(number, "ASSAILANT", false)));
        write(new SetPeople(id, Set.copyOf(people)));
    }

    private void report(long id, Instant modified) {
        var key = new SourceKey(SourceKey.INCIDENTS, "r-" + id);
        write(
                new StoreSource(
                        key,
                        ("{\"prisonerNumber\":\"A1111AA\",\"at\":\"" + modified + "\"}").getBytes(),
                        modified.toString(),
                        modified,
                        false,
                        modified,
                        "test",
                        "MDI",
                        null,
                        null),
                new LinkRecord(id, key));
    }

    private void charge(String number, String prisoner, Instant occurred) {
        var key = new SourceKey(SourceKey.CHARGES, number);
        write(
                new StoreSource(key, number.getBytes(), null, null, false, T, "test", "LEI", null, null),
                new ChargeReferred(key, prisoner, "LEI", occurred, true, T));
    }

    private void request(long id, String number) {
        ledger.jdbc.update(
                """
                INSERT INTO case_note_request (case_id, prisoner_number, from_at, until_at, types, sensitive, justification, actor, state)
                VALUES (?, ?, now(), now(), '{}', false, 'CRIME', 'ann', 'ASKED')
                """,
                id,
                number);
    }

    private List<String> present() {
        return ledger.jdbc.queryForList(
                "SELECT DISTINCT case_id || ' ' || prisoner_number FROM case_person WHERE NOT former ORDER BY 1",
                String.class);
    }
}
