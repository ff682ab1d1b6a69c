package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.CaseState;

class CaseDeskIT {

    private static final Scope ALL = Scope.everything();

    private DeskFixture ledger;
    private CaseDesk desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new CaseDesk(ledger.dataSource(), ledger.transactions);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void showsTheCasesOfTheScopesPrisonsAndOfItsForces() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));
        ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(2));
        ledger.waitingCase("SP-2026-000003", "SWI", null, Duration.ofHours(1));

        assertThat(references(null, new Scope(Set.of("MDI"), Set.of()))).containsExactly("SP-2026-000001");
        assertThat(references(null, new Scope(Set.of(), Set.of("13")))).containsExactly("SP-2026-000002");
        assertThat(references(null, new Scope(Set.of("SWI"), Set.of("13"))))
                .containsExactly("SP-2026-000003", "SP-2026-000002");
        assertThat(references(null, new Scope(Set.of("*"), Set.of()))).hasSize(3);
    }

    @Test
    void showsNothingToAnEmptyScope() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));
        long stuck = ledger.waitingCase("SP-2026-000002", "MDI", null, Duration.ofHours(3));
        ledger.parkedLane("force:16", stuck, "UNKNOWN", "no-answer");
        ledger.parkedWork("incident-fetch", "r-1", "DEFECT", "defect");
        ledger.inbound("16", "CONFLICT", "SP-2026-000001", "{}");
        var counts = new Counts(ledger.dataSource(), java.time.Clock.systemUTC());

        assertThat(references(null, Scope.nothing())).isEmpty();
        assertThat(references("SP-2026-000001", Scope.nothing())).isEmpty();
        assertThat(desk.caseFile("SP-2026-000001", Scope.nothing(), "nobody")).isEmpty();
        assertThat(desk.waiting(Scope.nothing(), 10)).isEmpty();
        assertThat(counts.cases(Scope.nothing()).byState().values()).containsOnly(0L);
        assertThat(counts.causes(Scope.nothing())).isEmpty();
        assertThat(counts.lanes(Scope.nothing())).isEmpty();
        assertThat(new ConflictDesk(ledger.dataSource())
                        .entries(Scope.nothing(), 0, 10)
                        .items())
                .isEmpty();
    }

    @Test
    void recordsAConsultationWhenACaseIsSeenAndNoneWhenItIsNot() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));

        assertThat(desk.caseFile("SP-2026-000001", new Scope(Set.of("LEI"), Set.of()), "stranger"))
                .isEmpty();
        assertThat(ledger.count("SELECT count(*) FROM evidence")).isZero();

        assertThat(desk.caseFile("SP-2026-000001", ALL, "coordinator")).isPresent();
        assertThat(ledger.jdbc
                        .sql("SELECT kind || '|' || case_reference || '|' || actor || '|' || reason FROM evidence")
                        .query(String.class)
                        .list())
                .containsExactly("CONSULTATION|SP-2026-000001|coordinator|viewed the case");
    }

    @Test
    void doesNotShowACaseWhoseConsultationCannotBeRecorded() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));
        ledger.jdbc.sql("ALTER TABLE evidence ADD CHECK (actor <> 'unlucky')").update();

        assertThatThrownBy(() -> desk.caseFile("SP-2026-000001", ALL, "unlucky"))
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
    }

    @Test
    void showsWhatIsParkedWithWhatWaitsBehindIt() {
        long id = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));
        long lane = ledger.parkedLane("force:16", id, "UNKNOWN", "no-answer");
        long work = ledger.parkedWork("assembly", "SP-2026-000001", "REJECTED", "prison-without-force");

        var file = desk.caseFile("SP-2026-000001", ALL, "operator").orElseThrow();

        assertThat(file.parked())
                .extracting(Parked::what, Parked::kind, Parked::behind)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("lane/" + lane, "UNKNOWN", 1L),
                        org.assertj.core.groups.Tuple.tuple("work/" + work, "REJECTED", 0L));
        assertThat(file.promises()).hasSize(2);
        assertThat(file.row().parked()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SP-2026-000001",
                "sp-2026-000001",
                "IR-000001",
                "A1234BC",
                "a1234bc",
                "B9999ZZ",
                "16/77/26",
                " A1234BC "
            })
    void findsACaseByEachOfItsNumbers(String q) {
        long id = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));
        ledger.person(id, "A1234BC", false);
        ledger.person(id, "B9999ZZ", true);
        ledger.jdbc.sql("UPDATE referral_case SET crime_reference = '16/77/26'").update();
        ledger.waitingCase("SP-2026-000002", "MDI", "16", Duration.ofHours(3));

        assertThat(references(q, ALL)).containsExactly("SP-2026-000001");
    }

    @Test
    void findsCasesByTheStartOfTheirReference() {
        ledger.waitingCase("SP-2026-000011", "MDI", "16", Duration.ofHours(3));
        ledger.waitingCase("SP-2026-000012", "MDI", "16", Duration.ofHours(2));
        ledger.waitingCase("SP-2026-000021", "MDI", "16", Duration.ofHours(1));

        assertThat(references("SP-2026-00001", ALL)).containsExactly("SP-2026-000012", "SP-2026-000011");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "'; DROP TABLE referral_case; --",
                "%",
                "_",
                "SP-%",
                "SP-2026-00000_",
                "\\",
                "SP-\\",
                "*",
                ":scopeAll",
                "?",
                "MDI"
            })
    void takesWhatIsTypedForNothingButAValue(String q) {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(3));

        assertThat(references(q, ALL)).isEmpty();
        assertThat(ledger.count("SELECT count(*) FROM referral_case")).isEqualTo(1);
    }

    @Test
    void turnsEveryPageExactlyOnceThoughTimesAreEqual() {
        for (int n = 0; n < 25; n++) {
            ledger.waitingCase("SP-2026-%06d".formatted(n), "MDI", "16", Duration.ofHours(1));
        }

        List<String> seen = new ArrayList<>();
        for (int page = 0; page < 4; page++) {
            var cases = desk.cases(new CaseQuery(CaseState.AWAITING_DECISION, "16", "MDI", null, null, page, 10), ALL);
            assertThat(cases.total()).isEqualTo(25);
            assertThat(cases.pages()).isEqualTo(3);
            cases.items().forEach(row -> seen.add(row.reference()));
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void flagsASeriesFindsItAndNamesOfItWhatIsInTheScope() {
        long first = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(9));
        long second = ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(8));
        long third = ledger.waitingCase("SP-2026-000003", "LEI", "13", Duration.ofHours(7));
        long fourth = ledger.waitingCase("SP-2026-000004", "LEI", "13", Duration.ofHours(6));
        ledger.series(fourth, "SAME_SUSPECT", "A1234BC", first);
        ledger.series(fourth, "SAME_SUSPECT", "A1234BC", second);
        ledger.series(third, "SAME_PLACE", "", second);
        var leeds = new Scope(Set.of("LEI"), Set.of());

        assertThat(flagged("ANY", ALL)).containsExactly("SP-2026-000004 [SAME_SUSPECT]", "SP-2026-000003 [SAME_PLACE]");
        assertThat(flagged("SAME_PLACE", ALL)).containsExactly("SP-2026-000003 [SAME_PLACE]");
        assertThat(flagged("ANY", new Scope(Set.of("MDI"), Set.of()))).isEmpty();
        assertThat(flagged(null, leeds)).hasSize(3).contains("SP-2026-000002 []");
        assertThat(desk.caseFile("SP-2026-000004", ALL, "a").orElseThrow().series())
                .extracting(CaseFile.Earlier::reference)
                .containsExactlyInAnyOrder("SP-2026-000001", "SP-2026-000002");
        assertThat(desk.caseFile("SP-2026-000004", leeds, "a").orElseThrow().series())
                .singleElement()
                .satisfies(earlier -> {
                    assertThat(earlier.reference()).isEqualTo("SP-2026-000002");
                    assertThat(earlier.subject()).isEqualTo("A1234BC");
                });

        ledger.jdbc
                .sql("UPDATE referral_case SET state = 'WITHDRAWN' WHERE id = ?")
                .param(second)
                .update();
        assertThat(flagged("ANY", ALL)).containsExactly("SP-2026-000004 [SAME_SUSPECT]");
        assertThat(desk.caseFile("SP-2026-000003", ALL, "a").orElseThrow().series())
                .isEmpty();
    }

    @Test
    void saysWhatChargesAndAlertsSayOfPeopleWhosePartIsOpen() {
        long id = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(9));
        ledger.jdbc
                .sql("UPDATE referral_case SET occurred_at = '2026-08-03T08:40:00Z'")
                .update();
        ledger.jdbc
                .sql("INSERT INTO case_person VALUES (?, 'A1234BC', 'ACTIVE_INVOLVEMENT'), (?, 'B2345CD', 'VICTIM'),"
                        + " (?, 'C3456DE', 'ASSAILANT'), (?, 'D4567EF', 'no-such-role')")
                .params(id, id, id, id)
                .update();
        ledger.jdbc
                .sql(
                        "INSERT INTO prisoner_alert VALUES ('A1234BC', 'a', 'ROH', current_date - 9, NULL),"
                                + " ('A1234BC', 'b', 'ROV', current_date - 9, current_date - 1), ('B2345CD', 'c', 'ROH', current_date - 9, NULL)")
                .update();
        ledger.adjudications("A1234BC", charge("A1234BC", "SCHEDULED"));
        ledger.adjudications("B2345CD", "no adjudications");
        ledger.adjudications("C3456DE", charge("C3456DE", "DISMISSED"));

        assertThat(desk.caseFile("SP-2026-000001", ALL, "a").orElseThrow().signals())
                .extracting(signal -> signal.prisonerNumber() + " " + signal.id())
                .containsExactly(
                        "A1234BC SIGNAL-ASSAULT-FOR", "A1234BC SIGNAL-HIGH-HARM-FOR", "C3456DE SIGNAL-ASSAULT-AGAINST");

        ledger.jdbc.sql("UPDATE referral_case SET occurred_at = NULL").update();
        assertThat(desk.caseFile("SP-2026-000001", ALL, "a").orElseThrow().signals())
                .isEmpty();
    }

    private static String charge(String number, String status) {
        return """
                [{"chargeNumber":"MDI-000169","prisonerNumber":"%s","gender":"MALE",
                  "incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"2026-08-03T09:40:00",
                    "dateTimeOfDiscovery":"2026-08-03T09:45:00","handoverDeadline":"2026-08-05T09:45:00"},
                  "isYouthOffender":false,"incidentRole":{},
                  "offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"1","paragraphDescription":"Invented"}},
                  "incidentStatement":{"statement":"Invented."},"createdByUserId":"QTEST1","createdDateTime":"2026-08-03T10:00:00",
                  "status":"%s","damages":[],"evidence":[],"witnesses":[],"hearings":[],"outcomes":[],
                  "originatingAgencyId":"MDI","linkedChargeNumbers":[]}]
                """
                .formatted(number, status);
    }

    private List<String> flagged(@Nullable String series, Scope scope) {
        return desk.cases(new CaseQuery(null, null, null, series, null, 0, 50), scope).items().stream()
                .map(row -> row.reference() + " " + row.series())
                .toList();
    }

    @Test
    void refusesPagesThatAreTooLargeOrTooFar() {
        assertThatThrownBy(() -> new CaseQuery(null, null, null, null, null, 0, 101))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CaseQuery(null, null, null, null, null, -1, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CaseQuery(null, null, null, null, null, Integer.MAX_VALUE, 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void searchesTwentyThousandCasesAtOnce() {
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO referral_case (reference, state, verdict, class, prison, force, family,
                                                   incident_reference, opened_at, crime_reference)
                        SELECT 'SP-2026-' || lpad(n::text, 6, '0'),
                               (ARRAY['AWAITING_DECISION', 'IN_PROGRESS', 'DELIVERED', 'CLOSED'])[n %% 4 + 1], 'MANDATORY',
                               'ROUTINE', (ARRAY['MDI', 'LEI', 'SWI', 'BXI'])[n %% 4 + 1], (n %% 39 + 1)::text, 'ASSAULT',
                               'IR-' || n, now() - n * interval '1 minute', n %% 39 + 1 || '/' || n || '/26'
                          FROM generate_series(1, 20000) n
                        """
                                .replace("%%", "%"))
                .update();
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO case_person
                        SELECT id, 'A' || lpad((id % 9000)::text, 4, '0') || 'BC', 'SUSPECT', id % 3 = 0 FROM referral_case
                        """)
                .update();
        ledger.jdbc.sql("ANALYZE").update();
        var some = new Scope(Set.of("MDI", "SWI"), Set.of("7"));

        long[] nanos = IntStream.range(0, 200)
                .mapToLong(n -> {
                    String q =
                            switch (n % 4) {
                                case 0 -> "A%04dBC".formatted(n * 7);
                                case 1 -> "SP-2026-%06d".formatted(n * 31 + 1);
                                case 2 -> "IR-" + n * 17;
                                default -> null;
                            };
                    long start = System.nanoTime();
                    desk.cases(new CaseQuery(null, null, null, null, q, 0, 50), n % 2 == 0 ? ALL : some);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();

        System.out.printf(
                "case search over 20,000 cases: median %.1f ms, p95 %.1f ms%n", nanos[100] / 1e6, nanos[190] / 1e6);
        assertThat(Duration.ofNanos(nanos[190])).isLessThan(Duration.ofMillis(500));
    }

    private List<String> references(@Nullable String q, Scope scope) {
        return desk.cases(new CaseQuery(null, null, null, null, q, 0, 50), scope).items().stream()
                .map(CaseRow::reference)
                .toList();
    }
}
