package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
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
        JsonNode first = lineage(known, 1, "");

        traced(first);
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
        JsonNode supplement = lineage(known, 2, "?values=true");
        traced(supplement);
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

    private JsonNode lineage(Case known, int version, String query) {
        var answer = hub.get("/api/v1/cases/" + known.reference() + "/packages/" + version + "/lineage" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Casebook.tree(answer.body());
    }

    private static void traced(JsonNode lineage) {
        assertThat(lineage.path("fields")).hasSizeGreaterThan(50).allSatisfy(field -> assertThat(
                        field.path("kind").asText())
                .as(field.path("field").asText() + ": " + field.path("why").asText())
                .isNotIn("UNKNOWN", "NOT_KEPT"));
    }
}
