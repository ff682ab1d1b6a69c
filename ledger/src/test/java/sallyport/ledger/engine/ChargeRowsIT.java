package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CasePerson;
import sallyport.ledger.ChargeState;
import sallyport.ledger.ChargeWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChargeMatched;
import sallyport.ledger.Effect.ChargeMatched.Match;
import sallyport.ledger.Effect.ChargeReferred;
import sallyport.ledger.Effect.ChargeSaid;
import sallyport.ledger.Effect.ChargeSaid.Said;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.MergeIdentity;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.PersonWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;

/** Charges that are referred to the police, the cases they may belong to, and whose word counts. */
class ChargeRowsIT {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final SourceKey CHARGE = new SourceKey(SourceKey.CHARGES, "LEI-000001");

    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
        write(stored("first"), referred(true));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void candidatesAreCasesOfThePrisonAndTheDayThatThePrisonerIsIn() {
        open(1, "A1234BC");
        open(2, "B1234BC");
        open(3, "A1234BC");
        open(4, "A1234BC");
        open(5, "A1234BC");
        open(6, "A1234BC");
        ledger.jdbc.update("UPDATE referral_case SET occurred_at = occurred_at + interval '26 hours' WHERE id = 3");
        ledger.jdbc.update("UPDATE referral_case SET occurred_text = NULL WHERE id = 4");
        ledger.jdbc.update("UPDATE referral_case SET state = 'WITHDRAWN' WHERE id = 5");
        ledger.jdbc.update("UPDATE referral_case SET prison = 'XXI' WHERE id = 6");

        ChargeWork work = work();

        assertThat(work.candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.referralCase().id()).isEqualTo(1);
            assertThat(candidate.roles()).containsExactly("ASSAILANT");
        });
        assertThat(work.state()).isEqualTo(ChargeState.WAITING);
        assertThat(work.knownAt()).isEqualTo(AT);
        assertThat(work.inCase()).isNull();
    }

    @Test
    void whoComesIntoACaseHasTheirWaitingChargesLookedAt() {
        long before = requests();
        open(1, "B1234BC");
        assertThat(requests()).isEqualTo(before);

        open(2, "A1234BC");
        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void whatIsProposedFollowsTheLastLook() {
        open(1, "A1234BC");
        open(2, "A1234BC");
        write(matched(ChargeState.ASKED, 1, 2));
        write(matched(ChargeState.ASKED, 2));
        assertThat(matches()).containsExactly("2 PROPOSED");

        write(matched(ChargeState.WAITING));
        assertThat(matches()).isEmpty();
        assertThat(state()).isEqualTo("WAITING");
    }

    @Test
    void whatWasMadeOfAnOlderStateIsNotWritten() {
        open(1, "A1234BC");
        ChargeMatched late = matched(ChargeState.LINKED, 1);
        write(matched(ChargeState.ASKED, 1));

        write(late, new LinkRecord(1, CHARGE));

        assertThat(state()).isEqualTo("ASKED");
        assertThat(ledger.count("SELECT count(*) FROM case_record")).isZero();
    }

    @Test
    void aPersonSaysWhichAndTheOthersGo() {
        open(1, "A1234BC");
        open(2, "A1234BC");
        write(matched(ChargeState.ASKED, 1, 2));
        long before = requests();

        write(said(Said.CONFIRMED, 2));

        assertThat(state()).isEqualTo("LINKED");
        assertThat(matches()).containsExactly("2 LINKED");
        assertThat(requests()).isEqualTo(before + 1);
        assertThat(work().candidates())
                .extracting(candidate -> candidate.referralCase().id())
                .containsExactly(2L);
        write(said(Said.CONFIRMED, 1));
        assertThat(matches()).containsExactly("2 LINKED");
    }

    @Test
    void whatAPersonRefusedIsNotProposedAgain() {
        open(1, "A1234BC");
        open(2, "A1234BC");
        write(matched(ChargeState.ASKED, 1, 2));

        write(said(Said.REFUSED, 1));
        assertThat(state()).isEqualTo("ASKED");
        assertThat(work().refused()).containsExactly(1L);
        write(matched(ChargeState.ASKED, 1, 2));
        assertThat(matches()).containsExactly("1 REFUSED", "2 PROPOSED");

        write(said(Said.REFUSED, 2));
        assertThat(state()).isEqualTo("WAITING");
    }

    @Test
    void aPersonSaysThatItStandsAlone() {
        open(1, "A1234BC");
        write(matched(ChargeState.ASKED, 1));
        long before = requests();

        write(new ChargeSaid(ledger.count("SELECT record FROM referred_charge"), Said.ALONE, null, "officer", "why"));

        assertThat(work().alone()).isTrue();
        assertThat(matches()).isEmpty();
        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void whatWasNotProposedCannotBeConfirmed() {
        open(1, "A1234BC");

        write(said(Said.CONFIRMED, 1));

        assertThat(state()).isEqualTo("WAITING");
        assertThat(matches()).isEmpty();
    }

    @Test
    void aReferralThatIsTakenBackFallsAwayAndWaitsAgainWhenItIsReferredAgain() {
        open(1, "A1234BC");
        write(matched(ChargeState.ASKED, 1));

        write(stored("back"), referred(false));
        assertThat(state()).isEqualTo("DROPPED");
        assertThat(knownTo("A1234BC")).isEmpty();

        write(stored("again"), referred(true));
        assertThat(state()).isEqualTo("WAITING");
        assertThat(knownTo("A1234BC")).containsExactly("LEI-000001");
    }

    @Test
    void aChargeThatWasNeverReferredIsNotThere() {
        SourceKey other = new SourceKey(SourceKey.CHARGES, "LEI-000002");
        write(
                new StoreSource(other, "x".getBytes(), null, null, false, AT, "here", null, null, null),
                new ChargeReferred(other, "A1234BC", "LEI", AT, false, AT));

        assertThat(ledger.count("SELECT count(*) FROM referred_charge")).isEqualTo(1);
    }

    @Test
    void oneThatBelongsToACaseStaysInItWhateverBecomesOfTheReferral() {
        open(1, "A1234BC");
        write(matched(ChargeState.LINKED, 1), new LinkRecord(1, CHARGE));

        write(stored("back"), referred(false));

        assertThat(state()).isEqualTo("LINKED");
        assertThat(work().inCase()).isNotNull();
    }

    @Test
    void anotherChargeOfTheSameCaseIsKnownToStandOrNot() {
        open(1, "A1234BC");
        write(matched(ChargeState.OWN), new LinkRecord(1, CHARGE));
        assertThat(work().othersStand()).isFalse();
        SourceKey second = new SourceKey(SourceKey.CHARGES, "LEI-000002");

        write(of(second, "REFER_POLICE"), new LinkRecord(1, second));
        assertThat(work().othersStand()).isTrue();
        write(of(second, "PROSECUTION"));
        assertThat(work().othersStand()).isTrue();
        write(of(second, "NOT_PROCEED"));
        assertThat(work().othersStand()).isFalse();
    }

    @Test
    void theReportOfACaseIsReadWithWhetherAChargeOfItIsWithThePolice() {
        open(1, "A1234BC");
        SourceKey report = new SourceKey(SourceKey.INCIDENTS, "report");
        write(of(report, "AWAITING_REVIEW"), new LinkRecord(1, report));
        assertThat(triage().referredCharge()).isFalse();

        write(of(CHARGE, "REFER_POLICE"), matched(ChargeState.LINKED, 1), new LinkRecord(1, CHARGE));
        assertThat(triage().referredCharge()).isTrue();

        write(of(CHARGE, "QUASHED"), referred(false));
        assertThat(triage().referredCharge()).isFalse();
    }

    private TriageWork triage() {
        return (TriageWork) bodies.load(Step.TRIAGE, List.of("report")).get("report");
    }

    private static StoreSource of(SourceKey key, String status) {
        return new StoreSource(key, status.getBytes(), null, null, false, AT, "here", "LEI", AT, null, status);
    }

    @Test
    void whoGetsAnotherNumberTakesTheirChargesAlong() {
        long before = requests();

        write(new MergeIdentity("B9999ZZ", "A1234BC", AT));

        assertThat(knownTo("B9999ZZ")).containsExactly("LEI-000001");
        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void whoHasAChargeThatBelongsToNoCaseIsKnownForItAndInNoCaseBecauseOfIt() {
        LedgerHints hints = new LedgerHints(node);
        assertThat(hints.withOpenCharges(List.of("A1234BC", "B1234BC"))).containsExactly("A1234BC");
        assertThat(hints.inOpenCases(List.of("A1234BC"))).isEmpty();
        assertThat(hints.withOpenCharges(List.of())).isEmpty();

        open(1, "C1234BC");
        write(matched(ChargeState.LINKED, 1));
        assertThat(hints.withOpenCharges(List.of("A1234BC"))).isEmpty();
    }

    @Test
    void aListOfAPrisonAsksForWhatNobodyToldOfAndForWhatIsNotInItAnyMore() {
        ledger.jdbc.update("UPDATE source_version SET status = 'REFER_POLICE', fetched_at = '2026-03-02T10:00:00Z'");
        ledger.jdbc.update("DELETE FROM work");
        Instant listed = AT.plus(Duration.ofDays(2));

        write(list("LEI", AT, listed, "LEI-000001"));
        assertThat(fetches()).as("known, and so referred").isEmpty();

        write(list("LEI", AT, listed, "LEI-000001", "LEI-000002"));
        assertThat(fetches()).containsExactly("P-LEI-000002");

        ledger.jdbc.update("DELETE FROM work");
        ledger.jdbc.update("UPDATE source_version SET status = 'UNSCHEDULED'");
        write(list("LEI", AT, listed, "LEI-000001"));
        assertThat(fetches()).as("known otherwise").containsExactly("P-LEI-000001");

        ledger.jdbc.update("DELETE FROM work");
        ledger.jdbc.update("UPDATE source_version SET status = 'REFER_POLICE'");
        write(list("MDI", AT, listed));
        write(list("LEI", AT.plusSeconds(1), listed));
        write(list("LEI", AT, Instant.parse("2026-03-02T09:59:59Z")));
        assertThat(fetches())
                .as("of another prison, older than the list, or read after it")
                .isEmpty();
        write(list("LEI", AT, listed));
        assertThat(fetches()).as("in the list no more").containsExactly("A1234BC");

        ledger.jdbc.update("DELETE FROM work");
        ledger.jdbc.update("UPDATE referred_charge SET state = 'DROPPED'");
        write(list("LEI", AT, listed));
        assertThat(fetches()).as("nobody waits for it").isEmpty();
        write(list("LEI", AT, listed, "LEI-000001"));
        assertThat(fetches()).as("referred again").containsExactly("P-LEI-000001");
    }

    private static Effect list(String prison, Instant since, Instant listedAt, String... charges) {
        return new Effect.ReferralsListed(
                prison,
                java.util.Arrays.stream(charges)
                        .map(charge -> new Effect.ReferralsListed.Listed(charge, "P-" + charge))
                        .toList(),
                since,
                listedAt);
    }

    private List<String> fetches() {
        return ledger.jdbc.queryForList(
                "SELECT key FROM work WHERE step = 'adjudication-fetch' ORDER BY 1", String.class);
    }

    private void write(Effect... effects) {
        TestNode.write(ledger, node, effects);
    }

    private void open(long id, String prisoner) {
        ReferralCase fresh = TestLedger.referralCase(id);
        write(new OpenCase(fresh), new SetPeople(id, Set.of(new CasePerson(prisoner, "ASSAILANT", false))));
        ledger.jdbc.update(
                "UPDATE referral_case SET prison = 'LEI', occurred_at = '2026-03-01T10:05:00Z', occurred_text = '2026-03-01T10:05:00' WHERE id = ?",
                id);
    }

    private static StoreSource stored(String raw) {
        return new StoreSource(
                CHARGE, raw.getBytes(), null, null, false, AT, "here", "LEI", null, Step.CHARGE_MATCH, null);
    }

    private static ChargeReferred referred(boolean stands) {
        return new ChargeReferred(CHARGE, "A1234BC", "LEI", AT, stands, AT);
    }

    private ChargeMatched matched(ChargeState state, long... cases) {
        return new ChargeMatched(
                CHARGE,
                ledger.count("SELECT version FROM referred_charge"),
                state,
                java.util.Arrays.stream(cases)
                        .mapToObj(id -> new Match(id, 70, "same-prison +10"))
                        .toList());
    }

    private ChargeSaid said(Said said, long caseId) {
        return new ChargeSaid(
                ledger.count("SELECT record FROM referred_charge"),
                said,
                TestLedger.reference(caseId),
                "officer",
                "why");
    }

    private ChargeWork work() {
        return (ChargeWork)
                bodies.load(Step.CHARGE_MATCH, List.of("LEI-000001")).get("LEI-000001");
    }

    private Set<String> knownTo(String prisoner) {
        return ((PersonWork)
                        bodies.load(Step.ADJUDICATION_FETCH, List.of(prisoner)).get(prisoner))
                .charges();
    }

    private @Nullable String state() {
        return ledger.jdbc.queryForObject("SELECT state FROM referred_charge", String.class);
    }

    private List<String> matches() {
        return ledger.jdbc.queryForList(
                "SELECT case_id || ' ' || state FROM referred_charge_match ORDER BY 1", String.class);
    }

    private long requests() {
        return ledger.count("SELECT requested FROM work WHERE step = 'charge-match' AND key = 'LEI-000001'");
    }
}
