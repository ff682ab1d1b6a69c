package sallyport.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.simulators.journal.Json;
import sallyport.simulators.prison.DomainEvents;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

class PrisonSideIT {

    @TempDir
    static Path data;

    private static Simulators simulators;
    private static HubDouble hub;

    @BeforeAll
    static void start() throws Exception {
        simulators = Simulators.start(SimulatorOptions.quiet(data));
        hub = new HubDouble(simulators);
    }

    @AfterAll
    static void stop() {
        hub.close();
        simulators.close();
    }

    @Test
    void answersNobodyWithoutAGoodToken() throws Exception {
        for (String authorization : List.of("Bearer nonsense", "Basic bm86", "Bearer ")) {
            HttpResponse<String> refused =
                    hub.send(HttpRequest.newBuilder(URI.create(simulators.restUri() + "/incident-reports"))
                            .header("Authorization", authorization));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).isEmpty();
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void refusesATokenThatWasRevoked() throws Exception {
        String token = hub.token();
        simulators.auth().revokeAll();

        HttpResponse<String> refused =
                hub.send(HttpRequest.newBuilder(URI.create(simulators.restUri() + "/incident-reports"))
                        .header("Authorization", "Bearer " + token));

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void givesAReportWithDetailsThatFitsItsContract() throws Exception {
        IncidentRecord made = simulators.life().order("staff-assault-injury", Oddity.NONE, "LEI", "AWAITING_REVIEW");

        JsonNode report =
                HubDouble.json(hub.get("/incident-reports/" + made.id() + "/with-details?includeHistory=true"));
        JsonNode byReference =
                HubDouble.json(hub.get("/incident-reports/reference/" + made.reference() + "/with-details"));

        RequiredFields.checkReport(report);
        assertThat(byReference.get("id")).isEqualTo(report.get("id"));
    }

    @Test
    void answers404ForAReportThatIsNotThereOrDeleted() throws Exception {
        IncidentRecord made = simulators.life().order("hostage", Oddity.NONE, "LEI", "DRAFT");
        simulators.life().delete(made.id());

        HttpResponse<String> gone = hub.get("/incident-reports/" + made.id() + "/with-details");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(HubDouble.json(gone).get("errorCode").asInt()).isEqualTo(301);
        assertThat(hub.get("/incident-reports/00000000-0000-7000-8000-000000000000")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void listsTheLatestChangedFirstPageByPage() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(
                    0,
                    simulators
                            .life()
                            .order("phone-find", Oddity.NONE, "BXI", "AWAITING_REVIEW")
                            .id());
        }

        List<String> listed = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            JsonNode answer =
                    HubDouble.json(hub.get("/incident-reports?location=BXI&sort=modifiedAt,DESC&size=2&page=" + page));
            RequiredFields.check("SimplePageReportBasic", answer);
            answer.get("content").forEach(report -> {
                RequiredFields.check("ReportBasic", report);
                assertThat(report.has("questions")).isFalse();
                listed.add(report.get("id").asText());
            });
            assertThat(answer.get("totalElements").asInt()).isEqualTo(5);
            assertThat(answer.get("totalPages").asInt()).isEqualTo(3);
        }
        assertThat(listed).isEqualTo(made);
    }

    @Test
    void refusesPagesThatAreTooLargeAndSortsThatAreNone() throws Exception {
        assertThat(hub.get("/incident-reports?size=1001").statusCode()).isEqualTo(400);
        assertThat(hub.get("/incident-reports?sort=colour,DESC").statusCode()).isEqualTo(400);
        assertThat(hub.get("/incident-reports?size=1000").statusCode()).isEqualTo(200);
    }

    @Test
    void givesCaseNotesAdjudicationsAndPrisonersOfAnIncident() throws Exception {
        IncidentRecord made = simulators.life().order("police-referral-assault", Oddity.NONE, "LEI", "AWAITING_REVIEW");
        simulators.life().writePapers(made.id());
        String number = made.report().at("/prisonersInvolved/0/prisonerNumber").asText();

        JsonNode charges = HubDouble.json(hub.get("/reported-adjudications/prisoner/" + number));
        JsonNode prisoners = HubDouble.json(hub.post(
                "/prisoner-search/prisoner-numbers", "{\"prisonerNumbers\":[\"" + number + "\",\"A0000AA\"]}"));
        JsonNode notes = HubDouble.json(hub.post(
                "/search/case-notes/" + number,
                "{\"includeSensitive\":true,\"typeSubTypes\":[],\"page\":1,\"size\":1,\"sort\":\"occurredAt,desc\"}"));

        assertThat(charges).isNotEmpty().allSatisfy(RequiredFields::checkCharge);
        assertThat(charges.get(0).get("status").asText()).isEqualTo("REFER_POLICE");
        assertThat(prisoners).hasSize(1).allSatisfy(each -> RequiredFields.check("Prisoner", each));
        RequiredFields.check("SearchNotesResponse", notes);
        RequiredFields.check("PageMeta", notes.get("metadata"));
    }

    @Test
    void givesTheAlertsOfAPrisonerInPagesFromNought() throws Exception {
        String number = "A0001AA";
        LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
        simulators.life().alert(number, "XPOI", today.minusDays(3), null);
        simulators.life().alert(number, "ROV", today.minusDays(2), today);
        simulators.life().alert(number, "XSC", today.plusDays(1), null);

        List<JsonNode> alerts = new ArrayList<>();
        for (int page = 0; page < 2; page++) {
            JsonNode answer = HubDouble.json(
                    hub.get("/prisoners/" + number + "/alerts?alertCode=XPOI,ROV,XSC&size=2&page=" + page));
            answer.get("content").forEach(alerts::add);
            assertThat(answer.get("totalElements").asInt()).isEqualTo(3);
            assertThat(answer.get("last").asBoolean()).isEqualTo(page == 1);
        }

        assertThat(alerts).allSatisfy(RequiredFields::checkAlert);
        assertThat(alerts)
                .extracting(alert -> alert.at("/alertCode/code").asText() + " " + alert.get("isActive"))
                .containsExactly("XSC false", "ROV false", "XPOI true");
    }

    @Test
    void givesOnlyTheAlertsThatAreAskedFor() throws Exception {
        String number = "A0002AA";
        LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
        simulators.life().alert(number, "XPOI", today.minusDays(3), null);
        simulators.life().alert(number, "HA", today.minusDays(2), today);

        assertThat(codes("/prisoners/" + number + "/alerts")).containsExactly("HA", "XPOI");
        assertThat(codes("/prisoners/" + number + "/alerts?isActive=true")).containsExactly("XPOI");
        assertThat(codes("/prisoners/" + number + "/alerts?alertType=H")).containsExactly("HA");
        assertThat(codes("/prisoners/" + number + "/alerts?alertCode=ROV")).isEmpty();
        assertThat(codes("/prisoners/A0003AA/alerts")).isEmpty();
        assertThat(hub.get("/prisoners/" + number + "/alerts?sort=colour,DESC").statusCode())
                .isEqualTo(400);
        assertThat(hub.get("/prisoners/" + number + "/alerts?size=0").statusCode())
                .isEqualTo(400);
    }

    private static List<String> codes(String path) throws Exception {
        List<String> codes = new ArrayList<>();
        HubDouble.json(hub.get(path))
                .get("content")
                .forEach(alert -> codes.add(alert.at("/alertCode/code").asText()));
        return codes;
    }

    @Test
    void refusesSearchesThatDoNotFit() throws Exception {
        assertThat(hub.post("/search/case-notes/A1234BC", "{\"page\":1}").statusCode())
                .isEqualTo(400);
        assertThat(hub.post(
                                "/search/case-notes/A1234BC",
                                "{\"includeSensitive\":true,\"typeSubTypes\":[],"
                                        + "\"page\":0,\"size\":10,\"sort\":\"occurredAt,desc\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(hub.post("/prisoner-search/prisoner-numbers", "{\"prisonerNumbers\":[]}")
                        .statusCode())
                .isEqualTo(400);
        String tooMany = String.join(",", Collections.nCopies(1001, "\"A1234BC\""));
        assertThat(hub.post("/prisoner-search/prisoner-numbers", "{\"prisonerNumbers\":[" + tooMany + "]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void givesTheRegisterOfPrisonsToAnybody() throws Exception {
        HttpResponse<String> response = hub.send(HttpRequest.newBuilder(URI.create(simulators.restUri() + "/prisons")));

        JsonNode prisons = HubDouble.json(response);
        assertThat(prisons).hasSizeGreaterThan(120).allSatisfy(prison -> {
            RequiredFields.check("PrisonDto", prison);
            prison.get("addresses").forEach(address -> RequiredFields.check("AddressDto", address));
            prison.get("types").forEach(type -> RequiredFields.check("PrisonTypeDto", type));
            prison.get("operators").forEach(operator -> RequiredFields.check("PrisonOperatorDto", operator));
        });
    }

    @Test
    void sendsEventsInTheEnvelopeOfTheTopic() {
        IncidentRecord made = simulators.life().order("hostage", Oddity.NONE, "LEI", "DRAFT");
        try (SqsClient sqs = SqsClient.builder()
                .endpointOverride(simulators.eventsUri())
                .region(Region.of(DomainEvents.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build()) {
            String url = sqs.getQueueUrl(request -> request.queueName(DomainEvents.QUEUE))
                    .queueUrl();
            List<JsonNode> ours = new ArrayList<>();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10)).messages().stream()
                        .map(message -> Json.read(message.body().getBytes(StandardCharsets.UTF_8)))
                        .filter(envelope -> envelope.get("Message").asText().contains(made.id()))
                        .forEach(ours::add);
                return !ours.isEmpty();
            });
            JsonNode envelope = ours.get(0);
            JsonNode message = Json.read(envelope.get("Message").asText().getBytes(StandardCharsets.UTF_8));
            assertThat(envelope.get("Type").asText()).isEqualTo("Notification");
            assertThat(envelope.at("/MessageAttributes/eventType/Value").asText())
                    .isEqualTo("incident.report.created");
            assertThat(message.get("version").isInt()).isTrue();
            assertThat(message.get("occurredAt").asText()).matches(".*([+-]\\d\\d:\\d\\d|Z)");
            assertThat(message.at("/additionalInformation/id").asText()).isEqualTo(made.id());
        }
    }

    @Test
    void writesSettingsThatOnlyTheirOwnerCanRead() throws Exception {
        for (String file : List.of("simulators.env", "forces.json", "tls/hub.p12", "simulators/secret")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(Json.read(Files.readAllBytes(data.resolve("forces.json"))).get("forces"))
                .hasSize(39);
    }

    @Test
    void tellsItsOwnLog() throws Exception {
        IncidentRecord made = simulators.life().order("self-harm", Oddity.NONE, "LEI", "AWAITING_REVIEW");

        assertThat(HubDouble.json(hub.log("/incidents")))
                .filteredOn(incident -> incident.get("id").asText().equals(made.id()))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.get("referable").asBoolean()).isFalse();
                    assertThat(incident.get("family").asText()).isEqualTo("SELF_HARM");
                    assertThat(incident.get("expected").asText()).isEqualTo("not-referable");
                });
        assertThat(HubDouble.json(hub.log("/canaries")).get("prisonerNumbers")).isNotEmpty();
        assertThat(HubDouble.json(hub.log("/health")).get("status").asText()).isEqualTo("UP");
        assertThat(HubDouble.json(hub.log("/requests"))).isNotEmpty();
        assertThat(hub.log("/nothing").statusCode()).isEqualTo(404);
    }
}
