package sallyport.ledger.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.Drops;
import sallyport.ledger.Effect.IntelligenceNoticed;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.StoredNotice;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.intelligence.IntelligenceNotice.About;

/** Notices of intelligence: which case they fit, for how long, and who hears of it. */
class IntelligenceRowsIT {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final LocalDate FAR = LocalDate.now().plusDays(100);

    private TestLedger ledger;
    private LedgerNode node;
    private Drops drops;
    private int files;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        drops = new LedgerDrops(node);
        ledger.cases(3);
        ledger.jdbc.update(
                "UPDATE referral_case SET incident_reference = (700 + id)::text, occurred_at = '2026-03-01T10:00:00Z',"
                        + " approved_at = now()");
        ledger.jdbc.update("UPDATE referral_case SET prison = 'LEI' WHERE id = 3");
        person(1, "A1234BC", false);
        person(2, "B1234BC", true);
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void fitsTheCaseOfItsIncidentAtItsPrisonAndHasItAssembledAgain() {
        noticed("INT-2026-1", TEN, incident("701", "P"));
        noticed("INT-2026-2", TEN, incident("703", "P"));

        assertThat(assembled()).containsExactly(TestLedger.reference(1));
        assertThat(notices(1)).extracting(StoredNotice::recordId).containsExactly("INT-2026-1");
        assertThat(notices(2)).isEmpty();
        assertThat(notices(3)).isEmpty();
    }

    @Test
    void fitsCasesOfAPrisonerInTheWindowAndNotOfOneWhoIsInThemNoMore() {
        noticed("INT-2026-1", TEN, prisoner("A1234BC", TEN.minusSeconds(60), TEN));
        noticed("INT-2026-2", TEN, prisoner("A1234BC", TEN.plusSeconds(1), TEN.plusSeconds(60)));
        noticed("INT-2026-3", TEN, prisoner("B1234BC", TEN.minusSeconds(60), TEN));

        assertThat(notices(1)).extracting(StoredNotice::recordId).containsExactly("INT-2026-1");
        assertThat(notices(2)).isEmpty();
        assertThat(assembled()).containsExactly(TestLedger.reference(1));

        // Somebody comes into a case later.
        person(2, "A1234BC", false);
        assertThat(notices(2)).hasSize(1);
    }

    @Test
    void aLaterWordReplacesAnEarlierAndNeverTheOtherWayRound() {
        noticed("INT-2026-1", TEN, incident("701", "P"));
        ledger.jdbc.update("UPDATE work SET requested = 1, done = 1");

        noticed("INT-2026-1", TEN.minusSeconds(1), null);
        assertThat(notices(1)).hasSize(1);
        assertThat(asked()).isZero();

        noticed("INT-2026-1", TEN.plusSeconds(1), null);
        assertThat(notices(1)).isEmpty();
        assertThat(asked()).isEqualTo(1);

        noticed("INT-2026-1", TEN.plusSeconds(2), incident("702", "P"));
        assertThat(notices(1)).isEmpty();
        assertThat(notices(2)).hasSize(1);
        assertThat(assembled()).containsExactly(TestLedger.reference(1), TestLedger.reference(2));

        // Taken back before it was ever given.
        noticed("INT-2026-9", TEN, null);
        noticed("INT-2026-9", TEN.minusSeconds(5), incident("702", "P"));
        assertThat(notices(2)).hasSize(1);
    }

    @Test
    void ofARestrictedNoticeThePackageHearsNothingAndTheUnitGetsAWorkItem() {
        noticed("INT-2026-1", TEN, incident("701", "C"));
        noticed("INT-2026-2", TEN, incident("701", "P"));
        watch();
        watch();

        assertThat(notices(1)).extracting(StoredNotice::recordId).containsExactly("INT-2026-2");
        assertThat(ledger.jdbc.queryForList("SELECT subject FROM task WHERE kind = 'INTELLIGENCE'", String.class))
                .containsExactly("INT-2026-1/" + TestLedger.reference(1));
        assertThat(
                        ledger.count(
                                "SELECT count(*) FROM task WHERE kind = 'INTELLIGENCE' AND case_id IS NULL AND prison IS NULL AND force IS NULL"))
                .isEqualTo(1);
        assertThat(ledger.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'COMBINATION' AND case_reference = ?",
                        TestLedger.reference(1)))
                .isEqualTo(2);

        noticed("INT-2026-1", TEN.plusSeconds(1), null);
        watch();
        assertThat(ledger.count("SELECT count(*) FROM task WHERE closed_at IS NULL"))
                .isZero();
    }

    @Test
    void oneThatExpiresSaysNothingAndItsCasesAreAssembledAgain() {
        noticed("INT-2026-1", TEN, incident("701", "P"));
        watch();
        ledger.jdbc.update("UPDATE work SET requested = 1, done = 1");
        ledger.jdbc.update("UPDATE intelligence_notice SET expires = current_date - 2");

        assertThat(notices(1)).isEmpty();
        watch();
        assertThat(ledger.text("SELECT state FROM intelligence_notice")).isEqualTo("EXPIRED");
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aCaseThatNobodyApprovedOrThatIsOverIsNotAssembled() {
        ledger.jdbc.update("UPDATE referral_case SET approved_at = NULL WHERE id = 1");
        ledger.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = 2");
        noticed("INT-2026-1", TEN, incident("701", "P"));
        noticed("INT-2026-2", TEN, incident("702", "C"));
        watch();

        assertThat(asked()).isZero();
        assertThat(ledger.count("SELECT count(*) FROM task WHERE kind = 'INTELLIGENCE'"))
                .isZero();
    }

    private void noticed(String reference, Instant issued, @Nullable About about) {
        var key = new SourceKey(SourceKey.INTELLIGENCE, reference);
        byte[] raw = (reference + issued + about).getBytes(UTF_8);
        drops.take(new Drops.DropId("intelligence", Sha256.of(("file " + files++).getBytes(UTF_8)), 1), out -> {
            out.accept(new StoreSource(key, raw, issued.toString(), issued, false, TEN, "here", null, null, null));
            out.accept(new IntelligenceNoticed(key, issued, about, Duration.ZERO, Duration.ZERO));
            return List.of();
        });
    }

    private static About incident(String number, String handling) {
        return new About("MDI", number, null, null, null, handling, "SIU", FAR);
    }

    private static About prisoner(String number, Instant from, Instant until) {
        return new About("MDI", null, number, from, until, "P", "SIU", FAR);
    }

    private void person(long caseId, String number, boolean former) {
        ledger.jdbc.update(
                "INSERT INTO case_person (case_id, prisoner_number, role, former) VALUES (?, ?, 'PERPETRATOR', ?)",
                caseId,
                number,
                former);
    }

    private void watch() {
        new IntelligenceWatch(node).run();
    }

    private List<StoredNotice> notices(long caseId) {
        String reference = TestLedger.reference(caseId);
        return ((AssemblyWork) new Bodies(node.database())
                        .load(Step.ASSEMBLY, List.of(reference))
                        .get(reference))
                .notices();
    }

    private List<String> assembled() {
        return ledger.jdbc.queryForList("SELECT key FROM work WHERE step = 'assembly' ORDER BY key", String.class);
    }

    private long asked() {
        return ledger.count("SELECT count(*) FROM work WHERE step = 'assembly' AND requested > done");
    }
}
