package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.PhotoFound;
import sallyport.ledger.PhotoRequestWork;
import sallyport.ledger.Step;

/** Photographs that people asked for become documents. */
class PhotoRowsIT {

    private static final byte[] LARGE = new byte[1_300_000];

    static {
        Arrays.fill(LARGE, (byte) 7);
    }

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
    void aPhotographIsADocumentInPiecesThatWaitsForTheScanner() {
        long id = request(1);

        TestNode.write(ledger, node, new PhotoFound(id, LARGE));

        assertThat(ledger.text(
                        "SELECT kind || ' ' || state || ' ' || file_name || ' ' || media_type || ' ' || size || ' ' || actor || ' ' || source"
                                + " FROM document"))
                .isEqualTo("prisoner-photograph RECEIVED A1.jpg image/jpeg 1300000 ann NOMIS");
        assertThat(ledger.jdbc.queryForList(
                        "SELECT no || ' ' || length(bytes) FROM document_chunk ORDER BY no", String.class))
                .containsExactly("0 524288", "1 524288", "2 251424");
        long document = ledger.count("SELECT id FROM document");
        assertThat(ledger.jdbc.queryForList("SELECT step || ' ' || key FROM work", String.class))
                .containsExactly("document-scan " + document);
        assertThat(ledger.text("SELECT state || ' ' || document FROM photo_request"))
                .isEqualTo("STORED " + document);
        assertThat(work(id).stands()).isFalse();
    }

    @Test
    void theSamePhotographAgainIsTheSameDocument() {
        TestNode.write(ledger, node, new PhotoFound(request(1), new byte[] {1, 2}));
        long again = request(1);
        TestNode.write(ledger, node, new PhotoFound(again, new byte[] {1, 2}));
        TestNode.write(ledger, node, new PhotoFound(request(2), new byte[] {1, 2}));

        assertThat(ledger.count("SELECT count(*) FROM document")).isEqualTo(2);
        assertThat(ledger.count("SELECT count(DISTINCT document) FROM photo_request WHERE case_id = 1"))
                .isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work")).isEqualTo(2);
    }

    @Test
    void wherePrisonRecordsHaveNoneThatIsSaid() {
        long id = request(1);

        TestNode.write(ledger, node, new PhotoFound(id, null));

        assertThat(ledger.text("SELECT state FROM photo_request")).isEqualTo("NONE");
        assertThat(ledger.count("SELECT count(*) FROM document")).isZero();
    }

    @Test
    void nothingIsKeptForARequestThatDoesNotStand() {
        long id = request(1);
        assertThat(work(id)).returns("A1", PhotoRequestWork::prisonerNumber).returns(true, PhotoRequestWork::stands);
        ledger.jdbc.update("UPDATE referral_case SET state = 'WITHDRAWN' WHERE id = 1");
        assertThat(work(id).stands()).isFalse();
        ledger.jdbc.update("UPDATE photo_request SET state = 'NONE'");

        TestNode.write(ledger, node, new PhotoFound(id, new byte[] {1}));

        assertThat(ledger.count("SELECT count(*) FROM document")).isZero();
        assertThat(ledger.text("SELECT state FROM photo_request")).isEqualTo("NONE");
        assertThat(bodies.load(Step.PHOTO_REQUEST, List.of("999999"))).isEmpty();
    }

    private long request(long caseId) {
        return ledger.count(
                "INSERT INTO photo_request (case_id, prisoner_number, reason, actor) VALUES (?, 'A1', 'why', 'ann') RETURNING id",
                caseId);
    }

    private PhotoRequestWork work(long id) {
        return (PhotoRequestWork)
                bodies.load(Step.PHOTO_REQUEST, List.of(Long.toString(id))).get(Long.toString(id));
    }
}
