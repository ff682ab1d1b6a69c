package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.mappings.canonical.Sha256;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** Of what was delivered, every value is traced to what a system or a person said, and what a force did not get is in the evidence log. */
class LineageIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @Test
    void everyValueOfADeliveredPackageIsTracedAndWhatWasHeldBackIsExplained() {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy(Force.IHUB));
        Case known = cases.awaitDelivered(incident, 1);
        JsonNode first = Traces.whole(hub, known, 1);

        assertThat(first.path("recorded").asBoolean()).isTrue();
        assertThat(first.path("fields"))
                .anySatisfy(field -> {
                    assertThat(field.path("system").asText()).isEqualTo("prisoner-search");
                    assertThat(field.path("recordId").asText()).isEqualTo(known.reference() + "/0");
                    assertThat(field.path("version").asInt()).isPositive();
                    assertThat(field.at("/paths/0").asText()).matches("/\\d+/dateOfBirth");
                })
                .anySatisfy(field -> {
                    assertThat(field.path("field").asText()).isEqualTo("/incident/title");
                    assertThat(field.path("recordId").asText()).isEqualTo(incident.id());
                })
                .noneSatisfy(field -> assertThat(field.has("value")).isTrue());

        // What the entry of the log says is what the rendering was made with, and its rules are kept.
        String version = first.at("/heldBack/profileVersion").asText();
        assertThat(first.at("/sent/0/heldBack").asText()).startsWith("force " + version + ", held back ");
        List<String> details = hub.jdbc()
                .sql(
                        "SELECT detail FROM evidence WHERE kind = 'DISCLOSURE' AND case_reference = ? AND recipient LIKE 'force:%'")
                .param(known.reference())
                .query(String.class)
                .list();
        assertThat(details).isNotEmpty().allSatisfy(detail -> assertThat(detail)
                .contains("profile " + first.at("/sent/0/heldBack").asText())
                .contains("internal-id 2: /incident/reportId /lineage/sources/*/recordId"));
        JsonNode profiles =
                Casebook.tree(hub.get("/api/v1/disclosure-profiles/force").body());
        assertThat(profiles.path("current").asText()).isEqualTo(version);
        assertThat(profiles.at("/versions/0/rules").toString())
                .contains("/incident/title", "third parties in /persons/*");
    }

    @Test
    void theWholeZipSaysTheSameAndThatOfTheForceNothing() throws IOException {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy(Force.IHUB));
        Case known = cases.awaitDelivered(incident, 1);
        String zip = "/api/v1/cases/" + known.reference() + "/packages/1.zip";
        byte[] bytes = hub.bytes(zip).body();
        byte[] file = entry(bytes, "/lineage.json");

        JsonNode said = new ObjectMapper().readTree(file);
        assertThat(said.path("packageSha256").asText())
                .isEqualTo(Sha256.hex(entry(bytes, "/" + known.reference() + "-v1.json")));
        assertThat(new ObjectMapper().readTree(entry(bytes, "/manifest.json")).toString())
                .contains("\"name\":\"lineage.json\"", Sha256.hex(file));
        JsonNode api = Traces.whole(hub, known, 1);
        assertThat(said.path("fields")).hasSameSizeAs(api.path("fields"));
        for (int i = 0; i < said.path("fields").size(); i++) {
            for (String name : List.of("field", "kind", "system", "recordId", "version", "sha256", "way", "why")) {
                assertThat(said.path("fields").get(i).path(name).asText())
                        .isEqualTo(api.path("fields").get(i).path(name).asText());
            }
        }
        assertThat(hub.bytes(zip).body()).isEqualTo(bytes);
        assertThat(entry(hub.bytes(zip + "?for=force").body(), "/lineage.json")).isEmpty();
        JsonNode pkg = cases.canonical(known, 1);
        assertThat(new String(file, StandardCharsets.UTF_8))
                .doesNotContain(
                        pkg.at("/persons/0/lastName").asText(),
                        pkg.at("/persons/0/prisonerNumber").asText(),
                        pkg.at("/incident/title").asText());
    }

    private static byte[] entry(byte[] zip, String ending) throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(ending)) {
                    return in.readAllBytes();
                }
            }
        }
        return new byte[0];
    }

    @Test
    void whatAPersonAnsweredIsTracedToTheirAnswer() {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy(Force.CJSE));
        Case known = cases.awaitDelivered(incident, 1);
        assertThat(hub.put(
                                "/api/v1/cases/" + known.reference() + "/facts/victim-wishes",
                                """
                                {"state":"PRESENT","source":"invented","entries":[{"victim":"Fio Ficta",
                                 "supportsProsecution":"YES","askedForReferral":true,"askedOn":"2026-03-01"}]}""")
                        .statusCode())
                .isEqualTo(200);
        cases.awaitDelivered(incident, 2);
        Traces.whole(hub, known, 2);
        JsonNode supplement = Traces.of(hub, known, 2, "?values=true");
        assertThat(supplement.path("fields")).anySatisfy(field -> {
            assertThat(field.path("field").asText()).isEqualTo("/answers/victim-wishes/0/victim");
            assertThat(field.path("kind").asText()).isEqualTo("PERSON");
            assertThat(field.path("version").asInt()).isEqualTo(1);
            assertThat(field.path("value").asText()).isEqualTo("Fio Ficta");
        });
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'CONSULTATION' AND case_reference = ?"
                                + " AND reason = 'viewed where a package came from' AND detail = 'version=2 with values'",
                        known.reference()))
                .isEqualTo(1);
    }
}
