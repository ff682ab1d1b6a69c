package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.PrisonDocumentTaken;
import sallyport.ledger.Effect.PrisonDocumentsFound;
import sallyport.ledger.IncomingFiles.Arrived;
import sallyport.ledger.PrisonDocumentSearchWork;
import sallyport.ledger.PrisonDocumentWork;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/** Documents of the prisons' service become documents of a case, each once. */
class PrisonDocumentRowsIT {

    private static final byte[] FILE = {1, 2, 3};
    private static final String UUID_ONE = "8cdadcf3-b003-4116-9956-c99bd8df6a00";

    private TestLedger ledger;
    private LedgerNode node;
    private Bodies bodies;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        bodies = new Bodies(node.database());
        ledger.cases(2);
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void whatIsFoundIsListedOncePerCaseAndWhatSomebodyWantsStays() {
        found(search(1), UUID_ONE, "a.pdf");
        ledger.jdbc.update("UPDATE prison_document SET state = 'ASKED', actor = 'ann'");
        found(search(1), UUID_ONE, "b.pdf");
        found(search(2), UUID_ONE, "c.pdf");

        assertThat(ledger.jdbc.queryForList(
                        "SELECT case_id || ' ' || file_name || ' ' || state FROM prison_document ORDER BY case_id",
                        String.class))
                .containsExactly("1 a.pdf ASKED", "2 c.pdf LISTED");
        assertThat(ledger.count("SELECT count(*) FROM prison_document_search WHERE state = 'ANSWERED' AND found = 1"))
                .isEqualTo(3);
    }

    @Test
    void whatArrivedWholeIsADocumentThatWaitsForTheScanner() {
        long wanted = wanted(1);
        long arrived = arrived(1, FILE);

        TestNode.write(ledger, node, taken(wanted, arrived));

        assertThat(ledger.text("SELECT state || ' ' || source || ' ' || size || ' ' || media_type FROM document"))
                .isEqualTo("RECEIVED HMPPS 3 application/pdf");
        assertThat(ledger.text("SELECT state || ' ' || document FROM prison_document"))
                .isEqualTo("TAKEN " + arrived);
        assertThat(ledger.jdbc.queryForList("SELECT step || ' ' || key FROM work", String.class))
                .containsExactly("document-scan " + arrived);
        assertThat(work(wanted).stands()).isFalse();

        TestNode.write(ledger, node, taken(wanted, arrived(1, FILE)));
        assertThat(ledger.count("SELECT count(*) FROM document"))
                .as("never twice")
                .isEqualTo(1);
    }

    @Test
    void theSameFileThatIsThereAlreadyIsThatDocumentUnlessItWasInfected() {
        long first = wanted(1);
        TestNode.write(ledger, node, taken(first, arrived(1, FILE)));
        long second = wanted(1);
        TestNode.write(ledger, node, taken(second, arrived(1, FILE)));

        assertThat(ledger.count("SELECT count(*) FROM document")).isEqualTo(1);
        assertThat(ledger.count("SELECT count(DISTINCT document) FROM prison_document WHERE state = 'TAKEN'"))
                .isEqualTo(1);

        ledger.jdbc.update("UPDATE document SET state = 'INFECTED', finding = 'X'");
        long third = wanted(1);
        TestNode.write(ledger, node, taken(third, arrived(1, FILE)));
        assertThat(ledger.text("SELECT state || ' ' || code FROM prison_document WHERE id = " + third))
                .isEqualTo("REFUSED infected-before");
        assertThat(ledger.count("SELECT count(*) FROM document")).isEqualTo(1);
    }

    @Test
    void whatIsRefusedSaysWhy() {
        long wanted = wanted(1);
        TestNode.write(ledger, node, new PrisonDocumentTaken(wanted, null, "wrong-hash"));

        assertThat(ledger.text("SELECT state || ' ' || code FROM prison_document"))
                .isEqualTo("REFUSED wrong-hash");
    }

    @Test
    void whatWasClearedAwayMeanwhileIsTakenOnceMore() {
        long wanted = wanted(1);
        long arrived = arrived(1, FILE);
        ledger.jdbc.update("DELETE FROM document");

        TestNode.write(ledger, node, taken(wanted, arrived));

        assertThat(ledger.jdbc.queryForList("SELECT step || ' ' || key FROM work", String.class))
                .containsExactly("prison-document-take " + wanted);
        assertThat(work(wanted).stands()).isTrue();
    }

    @Test
    void nothingIsKeptForWhatDoesNotStand() {
        long wanted = wanted(1);
        long search = search(1);
        assertThat(work(wanted))
                .returns("A1", PrisonDocumentWork::prisonerNumber)
                .returns("ann", PrisonDocumentWork::actor);
        long arrived = arrived(1, FILE);
        ledger.jdbc.update("UPDATE referral_case SET state = 'WITHDRAWN' WHERE id = 1");
        assertThat(work(wanted).stands()).isFalse();
        PrisonDocumentSearchWork asked =
                (PrisonDocumentSearchWork) bodies.load(Step.PRISON_DOCUMENT_SEARCH, List.of(Long.toString(search)))
                        .get(Long.toString(search));
        assertThat(asked.stands()).isFalse();

        TestNode.write(ledger, node, taken(wanted, arrived));

        assertThat(ledger.count("SELECT count(*) FROM document")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM document_chunk")).isZero();
        assertThat(bodies.load(Step.PRISON_DOCUMENT_TAKE, List.of("999999"))).isEmpty();
    }

    private long search(long caseId) {
        return ledger.count(
                "INSERT INTO prison_document_search (case_id, prisoner_number, reason, actor) VALUES (?, 'A1', 'why', 'ann') RETURNING id",
                caseId);
    }

    private void found(long search, String uuid, String name) {
        TestNode.write(
                ledger,
                node,
                new PrisonDocumentsFound(
                        search,
                        List.of(new PrisonDocumentsFound.Listed(
                                uuid, "X", name, "application/pdf", 3, Instant.parse("2026-08-03T09:15:31Z")))));
    }

    private long wanted(long caseId) {
        return ledger.count(
                "INSERT INTO prison_document (case_id, uuid, prisoner_number, type, media_type, size, created_at, state, actor)"
                        + " VALUES (?, ?, 'A1', 'X', 'application/pdf', 3, now(), 'ASKED', 'ann') RETURNING id",
                caseId,
                UUID.randomUUID());
    }

    private long arrived(long caseId, byte[] file) {
        long id = ledger.count(
                "INSERT INTO document (case_id, kind, state, actor) VALUES (?, 'prison-document', 'RECEIVING', 'ann') RETURNING id",
                caseId);
        ledger.jdbc.update("INSERT INTO document_chunk (document, no, bytes) VALUES (?, 0, ?)", id, file);
        return id;
    }

    private static PrisonDocumentTaken taken(long wanted, long arrived) {
        return new PrisonDocumentTaken(
                wanted, new Arrived(arrived, "application/pdf", FILE.length, Sha256.of(FILE), 7), null);
    }

    private PrisonDocumentWork work(long id) {
        return (PrisonDocumentWork) bodies.load(Step.PRISON_DOCUMENT_TAKE, List.of(Long.toString(id)))
                .get(Long.toString(id));
    }
}
