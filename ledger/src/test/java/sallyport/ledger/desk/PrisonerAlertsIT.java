package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sallyport.ledger.CaseState;
import sallyport.mappings.prisoneralert.LiaisonCodes.Group;

/** What liaison officers are shown, and to whom. */
class PrisonerAlertsIT {

    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope WALES = new Scope(Set.of(), Set.of("62"));

    private DeskFixture ledger;
    private PrisonerAlerts desk;
    private long leeds;
    private long swansea;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = deskAt(DeskFixture.NOW);
        leeds = ledger.waitingCase("SP-2026-000001", "LEI", "13", Duration.ofHours(2));
        swansea = ledger.waitingCase("SP-2026-000002", "SWI", "62", Duration.ofHours(1));
        ledger.person(leeds, "A1111AA", false);
        ledger.person(swansea, "B2222BB", false);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void showsWhoIsMarkedWithWhatSinceWhenUntilWhenAndInWhichCase() {
        alert("A1111AA", "a", "XPOI", "2026-01-31", "2026-12-01");
        ledger.jdbc
                .sql("INSERT INTO case_person VALUES (:case, 'A1111AA', 'ASSAILANT', false)")
                .param("case", leeds)
                .update();

        assertThat(found(ALL).page().items())
                .containsExactly(new PrisonerAlerts.Row(
                        "A1111AA",
                        List.of("ASSAILANT", "SUSPECT"),
                        Group.PERSON_OF_INTEREST,
                        "XPOI",
                        "Prisoner of Interest",
                        LocalDate.parse("2026-01-31"),
                        LocalDate.parse("2026-12-01"),
                        "SP-2026-000001",
                        "LEI",
                        "13",
                        CaseState.AWAITING_DECISION));
    }

    @Test
    void showsOnlyCodesOfTheTable() {
        alert("A1111AA", "a", "HA", "2026-01-01", null);
        alert("A1111AA", "b", "XSC", "2026-01-01", null);

        assertThat(codes(found(ALL))).containsExactly("XSC");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Today in London is 2 March.
                "2026-03-02, -, true",
                "2026-03-03, -, false",
                "2026-03-01, 2026-03-03, true",
                "2026-03-01, 2026-03-02, false",
                "2026-03-01, 2026-03-01, false",
            })
    void isActiveFromItsFirstDayAndNoMoreOnItsLast(String from, @Nullable String to, boolean active) {
        alert("A1111AA", "a", "XPOI", from, to);

        assertThat(found(ALL).page().total()).isEqualTo(active ? 1 : 0);
    }

    @Test
    void theDayIsLondonsNotThatOfTheMachine() {
        alert("A1111AA", "a", "XPOI", "2026-07-02", null);

        assertThat(deskAt(Instant.parse("2026-07-01T22:59:59Z"))
                        .active(null, null, ALL, 0, 10, "p")
                        .page()
                        .total())
                .isZero();
        assertThat(deskAt(Instant.parse("2026-07-01T23:00:00Z"))
                        .active(null, null, ALL, 0, 10, "p")
                        .page()
                        .total())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(CaseState.class)
    void showsPeopleInOpenCasesOnly(CaseState state) {
        alert("A1111AA", "a", "XPOI", "2026-01-01", null);
        ledger.jdbc
                .sql("UPDATE referral_case SET state = :state")
                .param("state", state.name())
                .update();

        boolean open = Set.of(CaseState.AWAITING_DECISION, CaseState.IN_PROGRESS, CaseState.DELIVERED)
                .contains(state);
        assertThat(found(ALL).page().total()).isEqualTo(open ? 1 : 0);
    }

    @Test
    void whoLeftACaseIsNotShownInIt() {
        alert("C3333CC", "a", "XPOI", "2026-01-01", null);
        ledger.person(leeds, "C3333CC", true);

        assertThat(found(ALL).page().total()).isZero();
    }

    @Test
    void whatIsOutsideTheScopeIsNeitherShownNorCounted() {
        alert("A1111AA", "a", "XPOI", "2026-01-01", null);
        alert("B2222BB", "b", "XPOI", "2026-01-01", null);
        unread("A1111AA", false);
        unread("B2222BB", false);

        assertThat(people(found(ALL))).containsExactly("A1111AA", "B2222BB");
        assertThat(people(found(LEEDS))).containsExactly("A1111AA");
        assertThat(people(found(WALES))).containsExactly("B2222BB");
        assertThat(found(LEEDS).page().total()).isEqualTo(1);
        assertThat(found(LEEDS).unread()).isEqualTo(1);
        assertThat(found(Scope.nothing()).page().total()).isZero();
        assertThat(found(Scope.nothing()).unread()).isZero();
    }

    @Test
    void aPersonInTwoCasesIsShownInThoseOfTheScope() {
        alert("A1111AA", "a", "XPOI", "2026-01-01", null);
        ledger.person(swansea, "A1111AA", false);

        assertThat(found(ALL).page().items())
                .extracting(PrisonerAlerts.Row::caseReference)
                .containsExactly("SP-2026-000001", "SP-2026-000002");
        assertThat(found(WALES).page().items())
                .extracting(PrisonerAlerts.Row::caseReference)
                .containsExactly("SP-2026-000002");
    }

    @Test
    void canBeNarrowedByGroupAndPrison() {
        alert("A1111AA", "a", "XPOI", "2026-01-01", null);
        alert("A1111AA", "b", "ROV", "2026-01-01", null);
        alert("B2222BB", "c", "XSC", "2026-01-01", null);
        unread("A1111AA", false);

        assertThat(codes(desk.active(Group.HIGH_HARM, null, ALL, 0, 10, "p"))).containsExactly("ROV");
        assertThat(codes(desk.active(null, "SWI", ALL, 0, 10, "p"))).containsExactly("XSC");
        assertThat(desk.active(null, "SWI", ALL, 0, 10, "p").unread()).isZero();
        assertThat(codes(desk.active(Group.HIGH_HARM, "SWI", ALL, 0, 10, "p"))).isEmpty();
    }

    @Test
    void pagesHoldEachRowOnce() {
        for (int i = 0; i < 7; i++) {
            alert("A1111AA", "a" + i, "XPOI", "2026-01-01", null);
        }
        alert("B2222BB", "b", "XPOI", "2026-01-01", null);

        List<String> seen = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            var found = desk.active(null, null, ALL, page, 3, "p").page();
            assertThat(found.total()).isEqualTo(8);
            assertThat(found.pages()).isEqualTo(3);
            found.items().forEach(row -> seen.add(row.prisonerNumber()));
        }

        assertThat(seen).hasSize(8).endsWith("B2222BB");
        assertThatThrownBy(() -> desk.active(null, null, ALL, 0, 101, "p"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> desk.active(null, null, ALL, -1, 10, "p"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysOfHowManyPeopleTheAlertsAreNotReadYet() {
        ledger.person(leeds, "C3333CC", false);
        unread("A1111AA", false);
        unread("C3333CC", true);
        unread("Z9999ZZ", false);
        ledger.jdbc
                .sql("INSERT INTO work (step, key, done) VALUES ('prisoner-alert-fetch', 'B2222BB', 1)")
                .update();

        assertThat(found(ALL).unread()).isEqualTo(2);
    }

    @Test
    void eachCaseShownLeavesAConsultationAndNoOtherDoes() {
        alert("A1111AA", "a", "XPOI", "2026-01-01", null);
        alert("A1111AA", "b", "ROV", "2026-01-01", null);
        alert("B2222BB", "c", "XSC", "2026-01-01", null);

        desk.active(null, null, LEEDS, 0, 10, "officer");

        assertThat(ledger.jdbc
                        .sql("SELECT kind || ' ' || case_reference || ' ' || actor FROM evidence")
                        .query(String.class)
                        .list())
                .containsExactly("CONSULTATION SP-2026-000001 officer");
    }

    private PrisonerAlerts deskAt(Instant now) {
        return new PrisonerAlerts(ledger.dataSource(), ledger.transactions, Clock.fixed(now, ZoneOffset.UTC));
    }

    private PrisonerAlerts.Found found(Scope scope) {
        return desk.active(null, null, scope, 0, 10, "officer");
    }

    private static List<String> codes(PrisonerAlerts.Found found) {
        return found.page().items().stream().map(PrisonerAlerts.Row::code).toList();
    }

    private static List<String> people(PrisonerAlerts.Found found) {
        return found.page().items().stream()
                .map(PrisonerAlerts.Row::prisonerNumber)
                .toList();
    }

    private void alert(String number, String id, String code, String from, @Nullable String to) {
        ledger.jdbc
                .sql("INSERT INTO prisoner_alert VALUES (:number, :id, :code, :from::date, :to::date)")
                .param("number", number)
                .param("id", id)
                .param("code", code)
                .param("from", from)
                .param("to", to)
                .update();
    }

    private void unread(String number, boolean parked) {
        if (parked) {
            ledger.parkedWork("prisoner-alert-fetch", number, "UNAVAILABLE", "http-503");
        } else {
            ledger.jdbc
                    .sql("INSERT INTO work (step, key) VALUES ('prisoner-alert-fetch', :number)")
                    .param("number", number)
                    .update();
        }
    }
}
