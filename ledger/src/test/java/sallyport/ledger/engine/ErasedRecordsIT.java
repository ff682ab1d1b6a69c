package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.Effect.Noticed;
import sallyport.ledger.Effect.SourceGone;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;

/** What comes again after its bytes were erased, and what a step is told of what is erased. */
class ErasedRecordsIT {

    private static final SourceKey REPORT = new SourceKey(SourceKey.INCIDENTS, "r-1");
    private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void aReportThatIsErased() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        store("told", THEN);
        ledger.jdbc.update(
                "INSERT INTO erasure (kind, policy, at, cutoff, rows) VALUES ('unreferred-reports', 'p', now(), now(), 1)");
        ledger.jdbc.update("UPDATE source_version SET raw = ''::bytea, erased_by = (SELECT max(id) FROM erasure)");
        ledger.jdbc.update("DELETE FROM work");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theSameBytesAreNothingNew() {
        store("told", THEN);
        TestNode.write(ledger, node, new Noticed(REPORT, "as told", Step.INCIDENT_FETCH));

        assertThat(ledger.count("SELECT count(*) FROM source_version")).isEqualTo(1);
        assertThat(ledger.count("SELECT max(length(raw)) FROM source_version")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
    }

    @Test
    void otherBytesAreANewVersionThatIsJudged() {
        store("told otherwise", THEN.plusSeconds(60));

        assertThat(ledger.count("SELECT max(version_no) FROM source_version WHERE length(raw) > 0"))
                .isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'triage'"))
                .isEqualTo(1);
    }

    @Test
    void aReportThatTheSourceTakesBackAndRestoresIsStoredAndJudgedAgain() {
        TestNode.write(ledger, node, new SourceGone(REPORT, THEN.plusSeconds(60), null));
        store("told", THEN.plusSeconds(120));

        assertThat(ledger.count("SELECT max(version_no) FROM source_version WHERE length(raw) > 0"))
                .isEqualTo(2);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'triage'"))
                .isEqualTo(1);
    }

    @Test
    void aStepIsToldThatThereAreNoBytes() {
        ledger.cases(1);
        ledger.jdbc.update("INSERT INTO case_record (case_id, record) SELECT 1, id FROM source_record");
        ledger.jdbc.update(
                """
                INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version, mapping_version,
                                     readiness, built_at, erased_by)
                VALUES (1, 1, 'REFERRAL', ''::bytea, sha256(''), sha256(''), '1', '1', '[]', now(), (SELECT max(id) FROM erasure))
                """);
        var bodies = new Bodies(node.database());

        var triage = (TriageWork) bodies.load(Step.TRIAGE, List.of("r-1")).get("r-1");
        assertThat(triage.report()).isNotNull();
        assertThat(triage.report().erased()).isTrue();
        var assembly = (AssemblyWork)
                bodies.load(Step.ASSEMBLY, List.of(TestLedger.reference(1))).get(TestLedger.reference(1));
        assertThat(assembly.records())
                .allSatisfy(version -> assertThat(version.erased()).isTrue());
        assertThat(assembly.lastPackage()).isNotNull();
        assertThat(assembly.lastPackage().erased()).isTrue();
    }

    private void store(String text, Instant at) {
        TestNode.write(
                ledger,
                node,
                new StoreSource(REPORT, text.getBytes(), "as " + text, at, false, at, "x", "MDI", null, Step.TRIAGE));
    }
}
