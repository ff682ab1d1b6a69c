package sallyport.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.mappings.canonical.Sha256;
import sallyport.simulators.police.Force;
import sallyport.simulators.scanner.SimulatedClamd;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** A document that people add is scanned before anybody gets it, and named to the force once it is clean. */
class DocumentIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void scannerIsBack() {
        hub.simulators().scanner().away(false);
    }

    @Test
    void aCleanDocumentIsNamedInTheNextPackageAndCanBeFetched() throws Exception {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy(Force.IHUB));
        Case known = cases.awaitDelivered(incident, 1);
        byte[] file = file(1_200_000, "");

        HttpResponse<String> added = add(known, file, "invented-name.pdf");

        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        long id = Casebook.tree(added.body()).path("id").asLong();
        awaitState(known, id, "CLEAN");
        HttpResponse<byte[]> fetched =
                http.send(hub.request(documents(known) + "/" + id).GET().build(), BodyHandlers.ofByteArray());
        assertThat(fetched.body()).isEqualTo(file);
        assertThat(fetched.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(fetched.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");

        cases.awaitDelivered(incident, 2);
        JsonNode named = cases.canonical(known, 2).path("documents");
        assertThat(named).singleElement().satisfies(one -> {
            assertThat(one.path("sha256").asText()).isEqualTo(Sha256.hex(file));
            assertThat(one.path("kind").asText()).isEqualTo("statement");
        });
        assertThat(cases.canonical(known, 2).toString()).doesNotContain("invented-name");
    }

    @Test
    void anInfectedDocumentIsRemovedAndAPersonIsTold() throws Exception {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy(Force.CJSE));
        Case known = cases.awaitDelivered(incident, 1);

        long id = Casebook.tree(add(known, file(700_000, SimulatedClamd.INFECTED), "x.pdf")
                        .body())
                .path("id")
                .asLong();

        awaitState(known, id, "INFECTED");
        assertThat(hub.get(documents(known) + "/" + id).statusCode()).isEqualTo(409);
        assertThat(hub.jdbc()
                        .sql("SELECT count(*) FROM document_chunk WHERE document = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(hub.jdbc()
                        .sql("SELECT detail FROM task WHERE kind = 'DOCUMENT' AND subject = ?")
                        .param("document/" + id)
                        .query(String.class)
                        .single())
                .contains("Simulated.Test-1", "get a clean one");
        cases.awaitQuiet(known);
        assertThat(cases.arrivals(known)).hasSize(1);
    }

    @Test
    void withoutAScannerNothingIsReleasedAndItGoesOnWhenTheScannerIsBack() throws Exception {
        hub.simulators().scanner().away(true);
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy(Force.IHUB));
        Case known = cases.awaitDelivered(incident, 1);

        long id = Casebook.tree(add(known, file(1_000, ""), null).body())
                .path("id")
                .asLong();

        await("tried in vain")
                .until(() -> hub.jdbc()
                                .sql("SELECT attempt FROM work WHERE step = 'document-scan' AND key = ?")
                                .param(Long.toString(id))
                                .query(Integer.class)
                                .single()
                        > 0);
        assertThat(hub.get(documents(known) + "/" + id).statusCode()).isEqualTo(409);
        assertThat(state(known, id)).isEqualTo("RECEIVED");

        hub.simulators().scanner().away(false);
        awaitState(known, id, "CLEAN");
    }

    private HttpResponse<String> add(Case known, byte[] file, String name) throws IOException, InterruptedException {
        var request = hub.request(documents(known) + "?kind=statement")
                .header("Content-Type", "application/pdf")
                .POST(BodyPublishers.ofByteArray(file));
        if (name != null) {
            request.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void awaitState(Case known, long id, String state) {
        await("document " + state).until(() -> state(known, id).equals(state));
    }

    private String state(Case known, long id) {
        for (JsonNode one : Casebook.tree(hub.get(documents(known)).body()).path("documents")) {
            if (one.path("id").asLong() == id) {
                return one.path("state").asText();
            }
        }
        return "";
    }

    private static String documents(Case known) {
        return "/api/v1/cases/" + known.reference() + "/documents";
    }

    private static byte[] file(int size, String with) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        byte[] head = ("%PDF-1.7\n" + with).getBytes(ISO_8859_1);
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }
}
