package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** Cases of one person are a series to the people of the hub, and to the force as far as it has them. */
class SeriesIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @Test
    void theThirdCaseOfASuspectIsFlaggedAndNamesToTheForceTheTwoThatItHas() {
        String prison = cases.prisonReachedBy(Force.IHUB);
        List<IncidentRecord> incidents =
                Stream.generate(() -> cases.order(Oddity.NONE, prison)).limit(3).toList();
        List<Case> known = incidents.stream()
                .map(incident -> cases.awaitDelivered(incident, 1))
                .toList();
        JsonNode first = cases.canonical(known.get(0), 1);
        JsonNode suspect = suspect(first);
        String when = first.at("/incident/occurred/text").asText();

        // The reports of the second and the third are put right: it was the person of the first.
        sameSuspect(incidents.get(1), suspect, when);
        cases.awaitDelivered(incidents.get(1), 2);
        sameSuspect(incidents.get(2), suspect, when);
        cases.awaitDelivered(incidents.get(2), 2);

        JsonNode file = cases.file(known.get(2));
        assertThat(file.path("series")).extracting(JsonNode::asText).contains("SAME_SUSPECT");
        assertThat(file.path("seriesWith").findValuesAsText("reference"))
                .contains(known.get(0).reference(), known.get(1).reference());
        assertThat(hub.get("/api/v1/cases?series=SAME_SUSPECT&size=100").body())
                .contains(known.get(2).reference());
        Traces.whole(hub, known.get(2), 2);
        JsonNode told = ofSuspects(cases.canonical(known.get(2), 2), suspect);
        assertThat(told.path("references"))
                .extracting(JsonNode::asText)
                .contains(known.get(0).reference(), known.get(1).reference());
        assertThat(sent(known.get(2)))
                .as("bytes that went to the force")
                .contains("SAME_SUSPECT", known.get(0).reference(), known.get(1).reference());
        assertThat(first.at("/grounds/series").toString())
                .doesNotContain(known.get(2).reference());
    }

    private void sameSuspect(IncidentRecord incident, JsonNode suspect, String when) {
        hub.simulators().life().amend(incident.id(), report -> {
            for (JsonNode person : report.path("prisonersInvolved")) {
                if (List.of("ASSAILANT", "PERPETRATOR", "SUSPECTED_ASSAILANT", "FIGHTER")
                        .contains(person.path("prisonerRole").asText())) {
                    ((ObjectNode) person)
                            .put(
                                    "prisonerNumber",
                                    suspect.path("prisonerNumber").asText());
                }
            }
            return report.put("incidentDateAndTime", when);
        });
    }

    /** What was rendered for version 2, which the force has accepted. */
    private String sent(Case known) {
        return hub.jdbc()
                .sql(
                        "SELECT r.bytes FROM rendering r JOIN lane_item i ON i.id = r.lane_item JOIN lane_case h ON h.id = i.lane_case"
                                + " WHERE h.case_id = ? AND i.package_version = 2 AND i.state = 'DONE' AND h.lane LIKE 'force:%'")
                .param(known.id())
                .query((row, n) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                .single();
    }

    private static JsonNode suspect(JsonNode pkg) {
        for (JsonNode person : pkg.path("persons")) {
            if (person.path("role").asText().equals("SUSPECT")) {
                return person;
            }
        }
        throw new AssertionError("no suspect");
    }

    private static JsonNode ofSuspects(JsonNode pkg, JsonNode suspect) {
        for (JsonNode series : pkg.at("/grounds/series")) {
            if (series.path("kind").asText().equals("SAME_SUSPECT")
                    && series.path("prisonerNumber").equals(suspect.path("prisonerNumber"))) {
                return series;
            }
        }
        return pkg.path("none");
    }
}
