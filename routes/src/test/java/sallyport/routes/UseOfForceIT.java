package sallyport.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.prison.UseOfForceOffice;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** A use of force report comes from a dropped file into the ledger, once, to its incident report, and to the police. */
class UseOfForceIT {

    private static final String WAITING = "staff-assault-no-injury";

    private final TestHub hub = TestHub.shared();
    private final UseOfForceOffice office = hub.simulators().useOfForceOffice();
    private final Casebook cases = new Casebook(hub);
    private final String own = UUID.randomUUID().toString();
    private final String prison = cases.ownPrison(Force.IHUB).id();

    @BeforeEach
    void leaveTheCasesOpen() {
        cases.leaveOpen();
    }

    @AfterEach
    void letThemBeClosed() {
        cases.letThemBeClosed();
    }

    @Test
    void theSupplementNamesTheReportAndWhatItLists() {
        IncidentRecord incident = cases.order(Oddity.NONE, prison);
        Case known = cases.awaitDelivered(incident, 1);
        int done = office.count("done");
        ObjectNode report = UseOfForceOffice.report(incident);
        String id = report.path("id").asText();

        office.drop(List.of(report));

        cases.awaitDelivered(incident, 2);
        JsonNode pkg = cases.canonical(known, 2);
        assertThat(pkg.at("/useOfForce/0/reportId").asText()).isEqualTo(id);
        assertThat(pkg.at("/useOfForce/0/statements/0/amendments").asInt()).isOne();
        assertThat(pkg.path("exhibits"))
                .anyMatch(exhibit -> exhibit.path("source").asText().equals("USE_OF_FORCE")
                        && exhibit.path("reference")
                                .asText()
                                .equals(report.at(
                                                "/form_response/evidence/evidenceTagAndDescription/0/evidenceTagReference")
                                        .asText()));
        assertThat(pkg.path("media")).anyMatch(media -> media.path("reference")
                .asText()
                .equals(report.at("/form_response/useOfForceDetails/bodyWornCameraNumbers/0/cameraNum")
                        .asText()));
        assertThat(pkg.path("readiness"))
                .anyMatch(item -> item.path("item").asText().equals("use-of-force-record")
                        && item.path("state").asText().equals("PRESENT"));
        assertThat(pkg.toString()).doesNotContain("@prisons.example", "I took hold of the arm");
        JsonNode traced = Traces.whole(hub, known, 2);
        assertThat(Traces.records(traced, "/useOfForce")).containsExactly("use-of-force " + id);
        assertThat(Traces.records(traced, "/media")).contains("use-of-force " + id);
        assertThat(state(id)).isEqualTo("LINKED");
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE case_reference = ? AND kind = 'COMBINATION' AND detail LIKE ?",
                        known.reference(),
                        "incident-reporting/" + incident.id() + " score %"))
                .isOne();
        await("the file is put away").until(() -> office.count("done") > done && office.count("") == 0);

        office.drop("again-" + own + ".json", (report.toPrettyString() + "\n").getBytes(UTF_8));
        office.drop(List.of(report));
        await("both are put away").until(() -> office.count("done") >= done + 3 && office.count("") == 0);
        cases.awaitQuiet(known);
        assertThat(cases.find(incident).orElseThrow().packageVersion()).isEqualTo(2);

        office.drop(List.of(report.put("deleted", true)));
        cases.awaitDelivered(incident, 3);
        assertThat(cases.canonical(known, 3).path("useOfForce")).isEmpty();
    }

    @Test
    void aReportThatIsBeingWrittenIsWatchedUntilItIsSubmitted() {
        IncidentRecord incident = cases.order(WAITING, Oddity.NONE, prison);
        cases.await(incident, "open", known -> true);
        ObjectNode report = UseOfForceOffice.report(incident);
        String id = report.path("id").asText();

        office.drop(List.of(report.put("status", "IN_PROGRESS")));
        awaitState(id, "WAITING");
        assertThat(cases.count(
                        "SELECT count(*) FROM report_match m JOIN source_record s ON s.id = m.report"
                                + " WHERE s.system = 'use-of-force' AND s.record_id = ?",
                        id))
                .isZero();

        office.drop(List.of(report.put("status", "SUBMITTED")));
        awaitState(id, "LINKED");
        await("it belongs to the case").until(() -> inCase(id) == 1);
    }

    @Test
    void aPersonSaysWhichIncidentReportItIsBelowTheThreshold() {
        IncidentRecord incident = cases.order(WAITING, Oddity.NONE, prison);
        cases.await(incident, "open", known -> true);
        hub.simulators().life().amend(incident.id(), told -> told.put("incidentDateAndTime", "2025-07-07T06:00:00"));
        await("it is as amended")
                .until(() -> cases.count(
                                "SELECT count(*) FROM source_record WHERE record_id = ? AND occurred_on = DATE '2025-07-07'",
                                incident.id())
                        == 1);
        ObjectNode report = UseOfForceOffice.report(incident).put("incident_date", "2025-07-07T08:00:00");
        ((ObjectNode) report.at("/form_response/reasonsForUseOfForce"))
                .putArray("reasons")
                .add("UNDER_THE_INFLUENCE");
        String id = report.path("id").asText();

        office.drop(List.of(report));

        awaitState(id, "ASKED");
        long record = cases.count("SELECT id FROM source_record WHERE system = 'use-of-force' AND record_id = ?", id);
        assertThat(openTasks(record)).isOne();
        assertThat(inCase(id)).isZero();

        String word = "{\"incident\":\"" + incident.id() + "\",\"reason\":\"The wing says so\"}";
        assertThat(hub.post("/api/v1/use-of-force/" + record + "/confirm", word).statusCode())
                .isEqualTo(202);
        awaitState(id, "LINKED");
        await("it belongs to the case, and nobody is asked any more")
                .until(() -> inCase(id) == 1 && openTasks(record) == 0);
        assertThat(hub.post("/api/v1/use-of-force/" + record + "/refuse", word).statusCode())
                .isEqualTo(202);
        awaitState(id, "WAITING");
        assertThat(inCase(id)).isZero();
    }

    @Test
    void rubbishIsPutAsideAndAPersonIsTold() {
        int rejected = office.count("rejected");
        long tasks = rubbishTasks();
        IncidentRecord incident = cases.order(WAITING, Oddity.NONE, prison);
        ObjectNode report = UseOfForceOffice.report(incident);
        String id = report.path("id").asText();

        office.drop(
                "latin-" + own + ".json",
                ("{\"id\": 1, \"reporter_name\": \"Ren\u00e9 " + own + "\"}").getBytes(ISO_8859_1));
        office.drop("half-" + own + ".jsonl", (report + "\n{\"id\": 2, \"agency_id\": \"LEI\"}\n").getBytes(UTF_8));

        await("both lie in rejected, each with its note")
                .until(() -> office.count("rejected") == rejected + 4 && rubbishTasks() == tasks + 2);
        await("the good line was taken").until(() -> !state(id).isEmpty());
        assertThat(cases.count("SELECT count(*) FROM task WHERE detail LIKE ?", "%" + own + "%"))
                .isZero();
    }

    private void awaitState(String id, String state) {
        await("report " + id + " is " + state).until(() -> state(id).equals(state));
    }

    private String state(String id) {
        return hub.jdbc()
                .sql(
                        "SELECT u.state FROM matched_report u JOIN source_record s ON s.id = u.record WHERE s.record_id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private long inCase(String id) {
        return cases.count(
                "SELECT count(*) FROM case_record r JOIN source_record s ON s.id = r.record"
                        + " WHERE s.system = 'use-of-force' AND s.record_id = ?",
                id);
    }

    private long openTasks(long record) {
        return cases.count(
                "SELECT count(*) FROM task WHERE kind = 'USE_OF_FORCE' AND subject = ? AND closed_at IS NULL",
                "use-of-force/" + record + "/which");
    }

    private long rubbishTasks() {
        return cases.count("SELECT count(*) FROM task WHERE kind = 'DROPPED_FILE' AND subject LIKE 'use-of-force/%'");
    }
}
