package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CasePerson;
import sallyport.ledger.EarlierCase;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.FindSeries;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.SetPeople;

/** Which cases make a series: the same person or the same place, often enough in the time. */
class SeriesRowsIT {

    private static final Instant TODAY = Instant.parse("2026-03-01T10:00:00Z");
    private static final int MANY = Integer.getInteger("ledger.series.cases", 100_000);

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

    @Test
    void theThirdCaseOfASuspectInTheTimeMakesASeriesAndTheSecondDoesNot() {
        occurred(1, 364);
        occurred(2, 20);
        occurred(3, 0);
        judged(1, "cell", "A1");
        judged(2, "yard", "A1");
        judged(3, "gate", "A1", "B2");

        assertThat(series()).containsExactly("3 SAME_SUSPECT A1 1", "3 SAME_SUSPECT A1 2");
    }

    @Test
    void whatIsTooLongAgoOrLaterOrOfAnotherKindOrWithdrawnOrNotASuspectDoesNotCount() {
        for (int id = 1; id <= 7; id++) {
            occurred(id, 5);
        }
        occurred(1, 371);
        occurred(2, -1);
        ledger.jdbc.update("UPDATE referral_case SET family = 'FIND' WHERE id = 3");
        ledger.jdbc.update("UPDATE referral_case SET state = 'WITHDRAWN' WHERE id = 4");
        people(1, "A1 ASSAILANT");
        people(2, "A1 ASSAILANT");
        people(3, "A1 ASSAILANT");
        people(4, "A1 ASSAILANT");
        people(5, "A1 VICTIM");
        people(6, "A1 ASSAILANT");
        people(6, "C3 ASSAILANT");
        judged(7, null, "A1");

        assertThat(series()).isEmpty();

        ledger.jdbc.update("UPDATE referral_case SET family = 'ASSAULT' WHERE id = 3");
        ledger.jdbc.update("UPDATE referral_case SET state = 'KEPT_INTERNAL' WHERE id = 4");
        judged(7, null, "A1");

        assertThat(series()).containsExactly("7 SAME_SUSPECT A1 3", "7 SAME_SUSPECT A1 4");
    }

    @Test
    void threeInOnePlaceMakeASeriesAndThreeInTwoDoNot() {
        occurred(1, 27);
        occurred(2, 3);
        occurred(3, 0);
        occurred(4, 0);
        judged(1, "yard", "A1");
        judged(2, "yard", "B2");
        judged(3, "yard", "C3");
        judged(4, "gate", "D4");

        assertThat(series()).containsExactly("3 SAME_PLACE  1", "3 SAME_PLACE  2");
    }

    @Test
    void aPlaceOfAnotherPrisonOrNoneIsNotTheSame() {
        for (int id = 1; id <= 4; id++) {
            occurred(id, 4 - id);
        }
        ledger.jdbc.update("UPDATE referral_case SET prison = 'LEI' WHERE id = 2");
        judged(1, "yard", "A1");
        judged(2, "yard", "B2");
        judged(3, null, "C3");
        judged(4, "yard", "D4");

        assertThat(series()).isEmpty();
        assertThat(ledger.count("SELECT count(*) FROM case_place")).isEqualTo(3);
    }

    @Test
    void aReportThatSaysItOtherwiseIsLookedAtAnew() {
        for (int id = 1; id <= 3; id++) {
            occurred(id, 3 - id);
            judged(id, "yard", "A1");
        }
        assertThat(series()).hasSize(4);

        judged(3, "gate", "A1");
        assertThat(series()).containsExactly("3 SAME_SUSPECT A1 1", "3 SAME_SUSPECT A1 2");
        judged(3, null, "C3");
        assertThat(series()).isEmpty();
        assertThat(ledger.count("SELECT count(*) FROM case_place WHERE case_id = 3"))
                .isZero();
    }

    @Test
    void casesOfOneBatchSeeEachOther() {
        var effects = new ArrayList<Effect>();
        for (int id = 1; id <= 3; id++) {
            occurred(id, 0);
            effects.add(new SetPeople(id, Set.of(new CasePerson("A1", "ASSAILANT", false))));
            effects.add(look(id, "yard", "A1"));
        }
        TestNode.write(ledger, node, effects.toArray(Effect[]::new));

        assertThat(series()).hasSize(12).contains("1 SAME_SUSPECT A1 3", "3 SAME_PLACE  1");
    }

    @Test
    void aPersonOfSeveralNumbersIsOnePerson() {
        for (int id = 1; id <= 4; id++) {
            occurred(id, 4 - id);
        }
        judged(1, null, "OLDEST");
        judged(2, null, "OLD");
        judged(3, null, "NEW");
        // Closed: what they are called stays as it is.
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED'");
        TestNode.write(ledger, node, new MergeIdentity("OLD", "OLDEST", TODAY));
        TestNode.write(ledger, node, new MergeIdentity("NEW", "OLD", TODAY.plusSeconds(1)));
        TestNode.write(
                ledger,
                node,
                new MergeIdentity("NEW", "OLD", TODAY.plusSeconds(1)),
                new MergeIdentity("NEW", "NEW", TODAY));

        for (String number : List.of("NEW", "OLD", "OLDEST")) {
            judged(4, null, number);
            assertThat(series())
                    .containsExactly(
                            "4 SAME_SUSPECT " + number + " 1",
                            "4 SAME_SUSPECT " + number + " 2",
                            "4 SAME_SUSPECT " + number + " 3");
        }
        assertThat(merged()).containsExactly("OLD NEW", "OLDEST NEW");
    }

    @Test
    void aNumberThatLivesAgainIsNobodyElses() {
        occurred(1, 0);
        judged(1, null, "ONE");
        TestNode.write(ledger, node, new MergeIdentity("TWO", "ONE", TODAY));
        TestNode.write(ledger, node, new MergeIdentity("ONE", "TWO", TODAY.plusSeconds(1)));
        assertThat(merged()).containsExactly("TWO ONE");
    }

    @Test
    void saysWhichForceHasWhichOfThem() {
        for (int id = 1; id <= 4; id++) {
            occurred(id, 4 - id);
            judged(id, null, "A1");
        }
        TestNode.write(
                ledger,
                node,
                TestLedger.promise("force:46", 1, "m-1"),
                TestLedger.promise("force:46", 2, "m-2"),
                TestLedger.promise("feed:north", 1, "m-3"));
        ledger.jdbc.update("UPDATE lane_item SET state = 'DONE' WHERE message_id <> 'm-2'");
        ledger.jdbc.update("UPDATE referral_case SET state = 'WITHDRAWN' WHERE id = 3");

        assertThat(new SeriesRows(node.database()).earlier(List.of(1L, 4L)))
                .containsOnlyKeys(4L)
                .hasEntrySatisfying(4L, earlier -> assertThat(earlier)
                        .containsExactly(
                                new EarlierCase("SAME_SUSPECT", "A1", TestLedger.reference(1), List.of("force:46")),
                                new EarlierCase("SAME_SUSPECT", "A1", TestLedger.reference(2), List.of())));
    }

    @Test
    void aLookAmongAHundredThousandCasesReadsIndexes() {
        ledger.jdbc.update(
                """
                INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family, occurred_at)
                SELECT i, 'SP-2026-' || lpad(i::text, 6, '0'), 'DELIVERED', 'MANDATORY', 'ROUTINE', 'P' || i % 120, '46',
                       'F' || i % 30, '2026-03-01T10:00:00Z'::timestamptz - i * interval '5 min'
                  FROM generate_series(1, ?) i
                """,
                MANY);
        ledger.jdbc.execute("INSERT INTO case_person SELECT id, 'A' || id % 20000, 'ASSAILANT' FROM referral_case");
        ledger.jdbc.execute(
                "INSERT INTO case_place SELECT id, prison, family, 'place' || id % 7, occurred_at FROM referral_case");
        ledger.jdbc.execute("INSERT INTO merged_number SELECT 'R' || i, 'A' || i FROM generate_series(1, 5000) i");
        ledger.jdbc.execute("VACUUM ANALYZE");
        var effects = new ArrayList<Effect>();
        for (int id = 1; id <= 100; id++) {
            effects.add(new FindSeries(
                    id,
                    "P" + id % 120,
                    "F" + id % 30,
                    "place" + id % 7,
                    TODAY,
                    new FindSeries.OfSuspects(
                            Set.of("A" + id % 20_000), Set.of("ASSAILANT"), TODAY.minus(Duration.ofDays(365)), 3),
                    new FindSeries.OfPlace(TODAY.minus(Duration.ofDays(28)), 3)));
        }
        var rows = new SeriesRows(node.database());
        var looks = new ArrayList<Double>();
        for (int turn = 0; turn < 5; turn++) {
            long from = System.nanoTime();
            node.database().inTransaction(() -> {
                rows.find(effects.stream().map(FindSeries.class::cast).toList());
                return true;
            });
            looks.add((System.nanoTime() - from) / 1e6);
        }
        System.out.printf(
                "%,d cases: looks for the series of 100 in %.1f to %.1f ms%n",
                MANY, Collections.min(looks), Collections.max(looks));

        assertThat(plan(SeriesRows.SAME_SUSPECT)).contains("case_person_number").doesNotContain("Seq Scan");
        assertThat(plan(SeriesRows.SAME_PLACE)).contains("case_place_near").doesNotContain("Seq Scan");
        // The fastest, because a busy machine must not fail the build; a plan that scans is slow every time.
        assertThat(Collections.min(looks)).isLessThan(500);
    }

    private String plan(String look) {
        String sql = look.replace(":cases", "'{1,2}'")
                .replace(":subjects", "'{A1,A2}'")
                .replace(":prisons", "'{P1,P2}'")
                .replace(":families", "'{F1,F2}'")
                .replace(":places", "'{place1,place2}'")
                .replace(":roles", "'{ASSAILANT,ASSAILANT}'")
                .replace(":froms", "'{2026-02-01T00:00:00Z,2026-02-01T00:00:00Z}'")
                .replace(":tos", "'{2026-03-01T10:00:00Z,2026-03-01T10:00:00Z}'")
                .replace(":leasts", "'{3,3}'")
                .replace(":most", "50");
        return String.join("\n", ledger.jdbc.queryForList("EXPLAIN " + sql, String.class));
    }

    /** A charge alone has no family: cases of those that its paragraph goes with count together. */
    @Test
    void aCaseWithoutAFamilyIsInASeriesWithThoseOfTheFamiliesThatItNames() {
        occurred(1, 40);
        occurred(2, 20);
        occurred(3, 10);
        occurred(4, 0);
        ledger.jdbc.update("UPDATE referral_case SET family = 'DISORDER' WHERE id = 2");
        ledger.jdbc.update("UPDATE referral_case SET family = 'FIND' WHERE id = 3");
        ledger.jdbc.update("UPDATE referral_case SET family = 'ADJUDICATION_CHARGE' WHERE id = 4");
        for (long id = 1; id <= 4; id++) {
            people(id, "A1234BC ASSAILANT");
        }
        FindSeries look = new FindSeries(
                4,
                "MDI",
                "ADJUDICATION_CHARGE",
                Set.of("ASSAULT", "DISORDER"),
                null,
                TODAY,
                new FindSeries.OfSuspects(Set.of("A1234BC"), Set.of("ASSAILANT"), TODAY.minus(Duration.ofDays(365)), 3),
                null);
        TestNode.write(ledger, node, look);
        assertThat(ledger.jdbc.queryForList(
                        "SELECT other FROM case_series WHERE case_id = 4 ORDER BY other", Long.class))
                .containsExactly(1L, 2L);
    }

    /** A case that happened so many days ago. */
    private void occurred(long id, int days) {
        ledger.jdbc.update(
                """
                INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family, occurred_at)
                VALUES (?, ?, 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', '46', 'ASSAULT', ?::timestamptz)
                ON CONFLICT (id) DO UPDATE SET occurred_at = EXCLUDED.occurred_at
                """,
                id,
                TestLedger.reference(id),
                TODAY.minus(Duration.ofDays(days)).toString());
    }

    private void judged(long id, @Nullable String place, String... suspects) {
        people(id, Arrays.stream(suspects).map(number -> number + " ASSAILANT").toArray(String[]::new));
        TestNode.write(ledger, node, look(id, place, suspects));
    }

    private FindSeries look(long id, @Nullable String place, String... suspects) {
        Instant at = Instant.parse(ledger.text(
                "SELECT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM referral_case WHERE id = ?",
                id));
        return new FindSeries(
                id,
                ledger.text("SELECT prison FROM referral_case WHERE id = ?", id),
                "ASSAULT",
                place,
                at,
                new FindSeries.OfSuspects(
                        Set.of(suspects), Set.of("ASSAILANT", "FIGHTER"), at.minus(Duration.ofDays(365)), 3),
                new FindSeries.OfPlace(at.minus(Duration.ofDays(28)), 3));
    }

    private void people(long id, String... people) {
        var set = new HashSet<CasePerson>();
        for (String person : people) {
            set.add(new CasePerson(person.split(" ")[0], person.split(" ")[1], false));
        }
        TestNode.write(ledger, node, new SetPeople(id, set));
    }

    private List<String> series() {
        return ledger.jdbc.queryForList(
                "SELECT case_id || ' ' || kind || ' ' || subject || ' ' || other FROM case_series ORDER BY case_id, kind, subject, other",
                String.class);
    }

    private List<String> merged() {
        return ledger.jdbc.queryForList(
                "SELECT removed || ' ' || kept FROM merged_number ORDER BY removed", String.class);
    }
}
