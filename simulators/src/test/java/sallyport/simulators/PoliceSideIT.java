package sallyport.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.simulators.journal.Json;
import sallyport.simulators.police.Delivery;
import sallyport.simulators.police.Delivery.Result;

class PoliceSideIT {

    private static final String IHUB = "01";
    private static final String CJSE = "03";

    @TempDir
    Path data;

    private Simulators simulators;
    private HubDouble hub;

    @BeforeEach
    void start() throws Exception {
        simulators = Simulators.start(SimulatorOptions.quiet(data).withHour(Duration.ofMillis(50)));
        hub = new HubDouble(simulators);
    }

    @AfterEach
    void stop() {
        hub.close();
        simulators.close();
    }

    @Test
    void anIhubForceAcceptsTheSameSubmissionTwiceAndTheLogShowsIt() throws Exception {
        assertThat(hub.submitToIhub(IHUB, "s-1", "SP-2026-000001").statusCode()).isEqualTo(201);
        assertThat(hub.submitToIhub(IHUB, "s-1", "SP-2026-000001").statusCode()).isEqualTo(201);

        assertThat(simulators.deliveries().all()).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.result()).isEqualTo(Result.ACCEPTED);
            assertThat(delivery.messageId()).isEqualTo("s-1");
            assertThat(delivery.caseReference()).isEqualTo("SP-2026-000001");
            assertThat(delivery.packageVersion()).isEqualTo(1);
        });
    }

    @Test
    void anIhubForceRefusesWhatDoesNotFit() throws Exception {
        String good = HubDouble.ihubBody("s-1", "SP-2026-000001", IHUB).toString();
        assertThat(hub.submitToIhub(IHUB, good, "wrong", "wrong").statusCode()).isEqualTo(401);
        assertThat(hub.submitToIhub(IHUB, "{", "wrong", "wrong").statusCode()).isEqualTo(400);
        JsonNode force = Json.read(Files.readAllBytes(simulators.forcesFile())).at("/forces/0/ihub");
        HttpResponse<String> refused = hub.submitToIhub(
                IHUB,
                HubDouble.ihubBody("s-1", "SP-2026-000001", "46").toString(),
                force.get("key").asText(),
                force.get("secret").asText());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(HubDouble.json(refused).get("errors")).isNotEmpty();
        assertThat(simulators.deliveries().all()).extracting(Delivery::result).containsOnly(Result.REFUSED);
    }

    @Test
    void theExchangeAcceptsOnceAndThenSaysPreviouslySentAlsoAfterARestart() throws Exception {
        assertThat(hub.submitToCjse(CJSE, "R-1", "SP-2026-000002").body()).contains("ResponseCode>1<");
        assertThat(hub.submitToCjse(CJSE, "R-1", "SP-2026-000002").body()).contains("ResponseCode>302<");
        restart();
        assertThat(hub.submitToCjse(CJSE, "R-1", "SP-2026-000002").body()).contains("ResponseCode>302<");

        assertThat(simulators.deliveries().all())
                .extracting(Delivery::result)
                .containsExactly(Result.ACCEPTED, Result.DUPLICATE, Result.DUPLICATE);
        assertThat(simulators.deliveries().all()).allSatisfy(delivery -> {
            assertThat(delivery.caseReference()).isEqualTo("SP-2026-000002");
            assertThat(delivery.packageVersion()).isEqualTo(2);
            assertThat(delivery.sha256()).hasSize(64);
            assertThat(delivery.correlationId()).isEqualTo("COR-R-1");
        });
    }

    @Test
    void aForceThatOffersItSignsWhatItReceivedThatDayTwiceIfItCameTwice() throws Exception {
        var body = HubDouble.ihubBody("s-1", "SP-2026-000001", IHUB);
        ((ObjectNode) body.at("/included/0/attributes")).put("externalReferenceId", "SP-2026-000001-v1-01");
        JsonNode ihub = Json.read(Files.readAllBytes(simulators.forcesFile())).at("/forces/0/ihub");
        for (int n = 0; n < 2; n++) {
            hub.submitToIhub(
                    IHUB,
                    body.toString(),
                    ihub.get("key").asText(),
                    ihub.get("secret").asText());
        }
        JsonNode offered =
                Json.read(Files.readAllBytes(simulators.forcesFile())).at("/forces/0/manifest");
        String day = LocalDate.now(ZoneId.of("Europe/London")).toString();

        HttpResponse<String> answer =
                hub.send(HttpRequest.newBuilder(URI.create(offered.get("url").asText() + "/" + day)));

        String[] jws = answer.body().split("\\.");
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getDecoder().decode(offered.get("key").asText()))));
        signature.update((jws[0] + "." + jws[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jws[2]))).isTrue();
        JsonNode manifest = Json.read(Base64.getUrlDecoder().decode(jws[1]));
        assertThat(manifest.path("force").asText()).isEqualTo(IHUB);
        assertThat(manifest.path("count").asInt()).isEqualTo(2);
        assertThat(manifest.path("items").findValuesAsText("messageId"))
                .containsExactly("SP-2026-000001-v1-01", "SP-2026-000001-v1-01");
        assertThat(manifest.path("items").findValuesAsText("sha256"))
                .containsOnly(simulators.deliveries().all().get(0).sha256());
        assertThat(hub.send(HttpRequest.newBuilder(
                                URI.create(offered.get("url").asText().replace("/" + IHUB + "/", "/99/") + "/" + day)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theExchangeRefusesAMessageForAnotherForce() throws Exception {
        assertThat(hub.submitToCjse(CJSE, "R-2", "SP-2026-000002", "09901PoliceCaseSystem")
                        .body())
                .contains("ResponseCode>305<");
    }

    @Test
    void nobodyGetsInWithoutACertificate() throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, simulators.certificates().trustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
        for (URI uri : List.of(URI.create(simulators.ihubUri(IHUB) + "/incidents"), simulators.cjseUri(CJSE))) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
        assertThat(simulators.deliveries().all()).isEmpty();
    }

    @Test
    void outcomesComeWithTheForcesCertificateAndAgainUntilTaken() throws Exception {
        hub.unready.set(2);
        simulators.policeWork().answerTo(hub.partnerPort());
        simulators.policeWork().hurry(true);

        hub.submitToIhub(IHUB, "s-1", "SP-2026-000003");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> simulators.policeWork().pending() == 0);
        assertThat(hub.received).isNotEmpty().allSatisfy(received -> {
            assertThat(received.subject()).isEqualTo("CN=force-01");
            assertThat(received.path()).isEqualTo("/partner/v1/outcomes");
            JsonNode outcome = Json.read(received.body().getBytes(StandardCharsets.UTF_8));
            assertThat(outcome.get("messageId").asText()).startsWith("OUT-01-SP-2026-000003-");
            assertThat(outcome.get("force").asText()).isEqualTo(IHUB);
        });
        assertThat(HubDouble.json(hub.log("/outcomes")))
                .allMatch(outcome -> outcome.get("acknowledged").asBoolean());
    }

    @Test
    void aForceOnTheExchangeSaysDeliveredAndSendsItsOutcomesThere() throws Exception {
        simulators.policeWork().answerTo(hub.partnerPort());
        simulators.policeWork().hurry(true);

        hub.submitToCjse(CJSE, "R-3", "SP-2026-000004");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> simulators.policeWork().pending() == 0);
        assertThat(hub.received).allSatisfy(received -> {
            assertThat(received.subject()).isEqualTo("CN=force-03");
            assertThat(received.path()).isEqualTo("/partner/cjse");
        });
        assertThat(hub.received)
                .filteredOn(received -> received.body().contains("RouteDataResp"))
                .singleElement()
                .satisfies(received -> assertThat(received.body()).contains("COR-R-3"));
        assertThat(hub.received)
                .filteredOn(received -> received.body().contains("SPReferralOutcome"))
                .isNotEmpty()
                .allSatisfy(received -> {
                    String content =
                            received.body().replaceFirst("(?s).*DataStreamContent&gt;([A-Za-z0-9+/=]+)&lt;.*", "$1");
                    JsonNode outcome = Json.read(Base64.getDecoder().decode(content));
                    assertThat(outcome.get("caseReference").asText()).startsWith("SP-");
                });
    }

    @Test
    void whatWasAcknowledgedIsNotSentAgainAfterARestart() throws Exception {
        simulators.policeWork().answerTo(hub.partnerPort());
        simulators.policeWork().hurry(true);
        hub.submitToIhub(IHUB, "s-1", "SP-2026-000005");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> simulators.policeWork().pending() == 0);
        int outcomes = HubDouble.json(hub.log("/outcomes")).size();

        restart();

        assertThat(simulators.policeWork().pending()).isZero();
        assertThat(HubDouble.json(hub.log("/outcomes"))).hasSize(outcomes);
    }

    @Test
    void theTrackerWritesOnlyOverTheVersionThatWasRead() throws Exception {
        HttpResponse<String> created = hub.put("/referrals/SP-2026-000006", "{\"state\":\"NEW\"}");
        String tag = created.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> updated = hub.put("/referrals/SP-2026-000006", "{\"state\":\"SENT\"}", "If-Match", tag);
        HttpResponse<String> late = hub.put("/referrals/SP-2026-000006", "{\"state\":\"OLD\"}", "If-Match", tag);
        HttpResponse<String> blind = hub.put("/referrals/SP-2026-000006", "{\"state\":\"OLD\"}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(updated.statusCode()).isEqualTo(200);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(blind.statusCode()).isEqualTo(412);
        assertThat(hub.get("/referrals/SP-2026-000006").body()).contains("SENT");
        assertThat(hub.get("/referrals/SP-2026-999999").statusCode()).isEqualTo(404);
        assertThat(hub.put("/referrals/SP-2026-999999", "{}", "If-Match", tag).statusCode())
                .isEqualTo(412);
        restart();
        assertThat(hub.get("/referrals/SP-2026-000006").headers().firstValue("ETag"))
                .isEqualTo(updated.headers().firstValue("ETag"));
    }

    @Test
    void aShutGateRefusesConnections() throws Exception {
        JsonNode forces = Json.read(Files.readAllBytes(simulators.forcesFile())).get("forces");
        String down = simulators.forces().down().code();
        JsonNode entry = null;
        for (JsonNode force : forces) {
            entry = force.get("code").asText().equals(down) ? force : entry;
        }
        int port = URI.create(entry.at("/cjse/url").asText()).getPort();
        new Socket("127.0.0.1", port).close();

        simulators.gate().shut();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                        .isInstanceOf(ConnectException.class));

        simulators.gate().open();
        new Socket("127.0.0.1", port).close();
    }

    @Test
    void twoOfThemDoNotShareADirectory() {
        assertThatThrownBy(() -> Simulators.start(SimulatorOptions.quiet(data)))
                .hasMessageContaining("other simulators");
    }

    private void restart() throws Exception {
        stop();
        start();
    }
}
