package sallyport.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.mappings.canonical.Sha256;
import sallyport.simulators.police.Force;
import sallyport.simulators.prison.PrisonDocuments;
import sallyport.simulators.scanner.SimulatedClamd;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** A document comes out of the prisons' service only when a person chose it, and then goes the way of every document. */
class PrisonDocumentIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);
    private final PrisonDocuments prison = hub.simulators().prisonDocuments();
    private IncidentRecord incident;
    private Case known;
    private String number;

    /** In a prison of its own: the documents of another test about the same prisoner would be listed too. */
    @BeforeEach
    void aCase() {
        incident = cases.order(Oddity.NONE, cases.ownPrison(Force.IHUB).id());
        number = incident.report().at("/prisonersInvolved/0/prisonerNumber").asText();
        known = cases.awaitDelivered(incident, 1);
    }

    @Test
    void whatAPersonChoseIsStreamedScannedAndNamedToTheForce() {
        byte[] file = file(2_000_000, "");
        String uuid = prison.put(number, PrisonDocuments.TYPE, "application/pdf", file);
        prison.put(number, "TRIAL_RECORD_SHEET", "application/pdf", file(100, ""));
        prison.breaksOff(uuid, 1);

        search();
        assertThat(cases.count("SELECT count(*) FROM document WHERE case_id = ?", known.id()))
                .as("nothing is taken by a search")
                .isZero();
        assertThat(list().path("documents")).hasSize(1);
        take(uuid);

        cases.awaitDelivered(incident, 2);
        JsonNode named = cases.canonical(known, 2).path("documents");
        assertThat(named).singleElement().satisfies(one -> {
            assertThat(one.path("sha256").asText()).isEqualTo(Sha256.hex(file));
            assertThat(one.path("kind").asText()).isEqualTo("prison-document");
        });
        assertThat(hub.bytes("/api/v1/cases/" + known.reference() + "/documents/"
                                + held(uuid).path("document").asLong())
                        .body())
                .isEqualTo(file);
        assertThat(cases.count("SELECT count(*) FROM document WHERE case_id = ?", known.id()))
                .as("nothing is left of the one that broke off")
                .isEqualTo(1);
        assertThat(hub.post(path() + "/" + held(uuid).path("id").asLong() + "/take", "{\"reason\":\"again\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void whatIsNotWhatThePrisonSaysIsRefusedAndNothingOfItStays() {
        String wrongHash = prison.put(number, PrisonDocuments.TYPE, "application/pdf", file(700_000, ""));
        prison.says(wrongHash, "fileHash", "0".repeat(64));
        String wrongSize = prison.put(number, PrisonDocuments.TYPE, "application/pdf", file(1_000, ""));
        prison.says(wrongSize, "fileSize", 999);
        String tooLarge = prison.put(number, PrisonDocuments.TYPE, "application/pdf", file(1_001, ""));
        prison.says(tooLarge, "fileSize", 50_000_001);
        String noPdf = prison.put(number, PrisonDocuments.TYPE, "application/pdf", new byte[] {'M', 'Z', 1, 2, 3});
        String gone = prison.put(number, PrisonDocuments.TYPE, "application/pdf", file(1_002, ""));
        search();
        prison.remove(gone);

        for (String uuid : new String[] {wrongHash, wrongSize, tooLarge, noPdf, gone}) {
            take(uuid);
        }

        awaitRefused(wrongHash, "wrong-hash");
        awaitRefused(wrongSize, "wrong-size");
        awaitRefused(tooLarge, "too-large");
        awaitRefused(noPdf, "wrong-type");
        awaitRefused(gone, "gone");
        assertThat(cases.count("SELECT count(*) FROM document WHERE case_id = ?", known.id()))
                .isZero();
        assertThat(cases.count(
                        "SELECT count(*) FROM work WHERE step LIKE 'prison-document%' AND parked_kind IS NOT NULL"))
                .isZero();
    }

    @Test
    void anInfectedOneIsRemovedAndAPersonIsTold() {
        String uuid =
                prison.put(number, PrisonDocuments.TYPE, "application/pdf", file(700_000, SimulatedClamd.INFECTED));
        search();
        take(uuid);

        await("infected")
                .until(() -> cases.count(
                                "SELECT count(*) FROM document WHERE case_id = ? AND state = 'INFECTED'", known.id())
                        == 1);
        long id = held(uuid).path("document").asLong();
        assertThat(cases.count("SELECT count(*) FROM document_chunk WHERE document = ?", id))
                .isZero();
        assertThat(cases.count("SELECT count(*) FROM task WHERE kind = 'DOCUMENT' AND subject = ?", "document/" + id))
                .isEqualTo(1);
    }

    private void search() {
        assertThat(hub.post(path(), "{\"prisonerNumber\":\"" + number + "\",\"reason\":\"is there a statement\"}")
                        .statusCode())
                .isEqualTo(202);
        await("answered").until(() -> !list().at("/searches/0/found").isNull());
    }

    private void take(String uuid) {
        assertThat(hub.post(
                                path() + "/" + held(uuid).path("id").asLong() + "/take",
                                "{\"reason\":\"the officer wants it\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    private void awaitRefused(String uuid, String code) {
        await(code).until(() -> held(uuid).path("state").asText().equals("REFUSED"));
        assertThat(held(uuid).path("code").asText()).isEqualTo(code);
    }

    private JsonNode held(String uuid) {
        return StreamSupport.stream(list().path("documents").spliterator(), false)
                .filter(one -> one.path("uuid").asText().equals(uuid))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode list() {
        return Casebook.tree(hub.get(path()).body());
    }

    private String path() {
        return "/api/v1/cases/" + known.reference() + "/prison-documents";
    }

    private static byte[] file(int size, String with) {
        byte[] file = new byte[Math.max(size, 16)];
        new Random(size).nextBytes(file);
        byte[] head = ("%PDF-1.7\n" + with).getBytes(ISO_8859_1);
        System.arraycopy(head, 0, file, 0, Math.min(head.length, file.length));
        return file;
    }
}
