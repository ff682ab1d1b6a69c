package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.prison.PrisonApi;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** A photograph comes out of prison records only when a person asks for it, and then goes the way of every document. */
class PhotoIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @Test
    void aPhotographThatAPersonAskedForIsScannedAndNamedToTheForce() throws IOException {
        IncidentRecord incident = withPrisoner(true);
        String number = first(incident);
        Case known = cases.awaitDelivered(incident, 1);
        String requests = "/api/v1/cases/" + known.reference() + "/photo-requests";
        assertThat(cases.canonical(known, 1).path("documents")).isEmpty();
        assertThat(cases.count("SELECT count(*) FROM document WHERE case_id = ?", known.id()))
                .isZero();

        assertThat(hub.post(
                                requests,
                                "{\"prisonerNumber\":\"" + number + "\",\"reason\":\"the officer has to know him\"}")
                        .statusCode())
                .isEqualTo(202);

        cases.awaitDelivered(incident, 2);
        JsonNode document = cases.canonical(known, 2).at("/documents/0");
        assertThat(document.path("kind").asText()).isEqualTo("prisoner-photograph");
        assertThat(document.path("mediaType").asText()).isEqualTo("image/jpeg");
        JsonNode request = Casebook.tree(hub.get(requests).body()).at("/requests/0");
        assertThat(request.path("state").asText()).isEqualTo("STORED");
        assertThat(request.path("document").asLong())
                .isEqualTo(document.path("number").asLong());
        HttpResponse<byte[]> file = hub.bytes("/api/v1/cases/" + known.reference() + "/documents/"
                + document.path("number").asLong());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(file.body())).getWidth())
                .isEqualTo(24);
    }

    @Test
    void whereThereIsNoPhotographThatIsSaidAndNothingIsParked() {
        IncidentRecord incident = withPrisoner(false);
        Case known = cases.awaitDelivered(incident, 1);
        String requests = "/api/v1/cases/" + known.reference() + "/photo-requests";

        assertThat(hub.post(requests, "{\"prisonerNumber\":\"" + first(incident) + "\",\"reason\":\"to know him\"}")
                        .statusCode())
                .isEqualTo(202);

        await("answered").until(() -> Casebook.tree(hub.get(requests).body())
                .at("/requests/0/state")
                .asText()
                .equals("NONE"));
        assertThat(cases.count("SELECT count(*) FROM work WHERE step = 'photo-request' AND parked_kind IS NOT NULL"))
                .isZero();
    }

    /** An incident whose first prisoner has a photograph in the simulated records, or has none. */
    private IncidentRecord withPrisoner(boolean photographed) {
        String prison = cases.prisonReachedBy(Force.IHUB);
        for (int tries = 0; tries < 200; tries++) {
            IncidentRecord incident = cases.order(Oddity.NONE, prison);
            if (PrisonApi.hasPhotograph(first(incident)) == photographed) {
                return incident;
            }
        }
        throw new AssertionError("nobody like that");
    }

    private static String first(IncidentRecord incident) {
        return incident.report().at("/prisonersInvolved/0/prisonerNumber").asText();
    }
}
