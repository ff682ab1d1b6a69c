package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.mappings.canonical.Sha256;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.Prison;
import sallyport.simulators.world.PrisonLife;
import sallyport.simulators.world.Prisons;

/** What the prisons say of people in open cases reaches the list of liaison officers, and stays as true as it is there. */
class PrisonerAlertIT {

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/London"));
    /** On which nothing in the simulated world begins by itself. */
    private static final LocalDate SINCE = LocalDate.of(2026, 6, 6);

    /** It waits for a person to decide, so the case stays open: those that go on by themselves are soon closed by their force. */
    private static final String WAITING = "staff-assault-no-injury";

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final TestHub hub = TestHub.shared();
    private final PrisonLife life = hub.simulators().life();
    private final Casebook cases = new Casebook(hub);
    private String prison = "";

    /** A prison of its own for each test: a person who is in an open case already would spoil it. */
    @BeforeEach
    void choosePrison() {
        List<String> quiet = hub.simulators().forces().all().stream()
                .filter(force -> force.channels().equals(List.of(Force.IHUB)))
                .flatMap(force -> Prisons.read().byForce().get(force.code()).stream())
                .map(Prison::id)
                .toList();
        prison = quiet.get(quiet.size() - NEXT.incrementAndGet());
    }

    @Test
    void aCaseThatOpensHasItsSuspectsAlertsReadAndBeforeThatNothingIs() {
        IncidentRecord incident = watched();
        String suspect = suspect(incident);
        long counted = counted();
        life.alert(suspect, "XPOI", SINCE, TODAY.plusDays(40));
        life.alert(suspect, "HA", SINCE, null);
        life.alert(suspect, "XSC", SINCE, TODAY);
        life.alert(suspect, "ROV", TODAY.plusDays(1), null);
        await("events about nobody in an open case are counted").until(() -> counted() >= counted + 8);
        assertThat(cases.count("SELECT count(*) FROM hint WHERE convert_from(raw, 'UTF8') LIKE ?", "%" + suspect + "%"))
                .isZero();
        assertThat(versions(suspect)).isEmpty();

        Case opened = opened(incident);

        JsonNode row = awaitRow(suspect, "XPOI");
        assertThat(row.path("since").asText()).isEqualTo(SINCE.toString());
        assertThat(row.path("expires").asText()).isEqualTo(TODAY.plusDays(40).toString());
        assertThat(row.path("caseReference").asText()).isEqualTo(opened.reference());
        assertThat(row.path("prison").asText()).isEqualTo(prison);
        assertThat(codesSince(suspect)).containsExactly("XPOI");
        // To begin tomorrow: known, and not shown.
        assertThat(cases.count(
                        "SELECT count(*) FROM prisoner_alert WHERE prisoner_number = ? AND code = 'ROV' AND active_from > ?",
                        suspect,
                        TODAY))
                .isEqualTo(1);
        assertThat(versions(suspect)).singleElement().satisfies(raw -> {
            assertThat(new String(raw, StandardCharsets.UTF_8))
                    .contains("\"XPOI\"")
                    .doesNotContain("\"HA\"");
            assertThat(cases.count(
                            "SELECT count(*) FROM evidence WHERE kind = 'COLLECTION' AND detail = 'prisoner-alerts'"
                                    + " AND payload_sha256 = ?",
                            Sha256.of(raw)))
                    .isEqualTo(1);
        });
    }

    @Test
    void theListFollowsEveryChangeAndABurstOfThemIsOneRead() {
        IncidentRecord incident = watched();
        String suspect = suspect(incident);
        opened(incident);
        await("read when the case opened").until(() -> !versions(suspect).isEmpty() && runs(suspect) == 1);

        String interest = life.alert(suspect, "XPOI", SINCE, null);
        String order = life.alert(suspect, "XFO", SINCE, null);
        String harm = life.alert(suspect, "ROV", SINCE, null);
        await("all are shown")
                .untilAsserted(() -> assertThat(codesSince(suspect)).containsExactly("ROV", "XFO", "XPOI"));
        assertThat(runs(suspect)).isEqualTo(2);

        life.moveAlert(suspect, interest, SINCE.minusDays(1), TODAY.plusDays(9));
        life.endAlert(suspect, order);
        life.deleteAlert(suspect, harm);
        await("moved, over and deleted")
                .untilAsserted(() -> assertThat(codesSince(suspect)).isEmpty());
        assertThat(awaitRow(suspect, "XPOI", SINCE.minusDays(1)).path("expires").asText())
                .isEqualTo(TODAY.plusDays(9).toString());
        assertThat(versions(suspect)).hasSize(3);
    }

    @Test
    void whoComesIntoACaseLaterIsReadThen() {
        IncidentRecord first = watched();
        String other = somebodyBut(suspect(first));
        life.alert(other, "XPOI", SINCE, null);
        opened(first);

        life.amend(first.id(), report -> {
            ObjectNode involved = ((ObjectNode) report.at("/prisonersInvolved/0")).deepCopy();
            report.withArray("/prisonersInvolved").add(involved.put("prisonerNumber", other));
            return report;
        });

        awaitRow(other, "XPOI");
    }

    /** A prison has few people, and who is drawn is chance. */
    private String somebodyBut(String prisoner) {
        return Stream.generate(() -> suspect(watched()))
                .limit(20)
                .filter(drawn -> !drawn.equals(prisoner))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void afterAMergeTheAlertsAreShownUnderTheNumberThatRemains() {
        IncidentRecord incident = cases.order(WAITING, Oddity.MERGED_PRISONER, prison);
        String removed =
                incident.report().at("/prisonersInvolved/0/prisonerNumber").asText();
        cases.await(incident, "open", known -> true);
        life.alert(removed, "XPOI", SINCE, null);
        awaitRow(removed, "XPOI");

        String kept = life.merge(incident.id());

        awaitRow(kept, "XPOI");
        assertThat(codesSince(removed)).isEmpty();
    }

    @Test
    void whatNoEventToldIsFoundWithinADay() {
        IncidentRecord incident = watched();
        String suspect = suspect(incident);
        opened(incident);
        await("read when the case opened").until(() -> runs(suspect) == 1);
        hub.jdbc()
                .sql(
                        "UPDATE prisoner_alert_reading SET read_at = now() - interval '25 hours' WHERE prisoner_number = ?")
                .param(suspect)
                .update();

        look();

        await("read again").until(() -> runs(suspect) == 2);
        look();
        assertThat(runs(suspect)).isEqualTo(2);
    }

    /** Lets the next look happen now, and waits until it has. */
    private void look() {
        long before = fence();
        hub.jdbc()
                .sql("UPDATE poll_source SET next_at = now() WHERE system = 'prisoner-alerts'")
                .update();
        await("looked").until(() -> fence() >= before + 2);
    }

    private long fence() {
        return cases.count("SELECT fence FROM poll_source WHERE system = 'prisoner-alerts'");
    }

    @Test
    void whatCouldNotBeReadIsSaidOnTheList() {
        IncidentRecord incident = watched();
        String suspect = suspect(incident);
        life.alert(suspect, "XPOI", SINCE, null);
        hub.simulators().requests().interrupt("prisoner-alerts", true);
        try {
            opened(incident);
            await("said to be unread").until(() -> list(0).path("unread").asInt() > 0);
            assertThat(codesSince(suspect)).isEmpty();
        } finally {
            hub.simulators().requests().interrupt("prisoner-alerts", false);
        }
        awaitRow(suspect, "XPOI");
    }

    /** Everything is in the report, and it is no case yet: the prison has taken it back to finish it. */
    private IncidentRecord watched() {
        IncidentRecord incident = life.order(WAITING, Oddity.NONE, prison, "REOPENED");
        cases.awaitDisposition(incident, "WATCHED");
        return incident;
    }

    private Case opened(IncidentRecord incident) {
        life.changeStatus(incident.id(), "AWAITING_REVIEW");
        return cases.await(incident, "open", known -> true);
    }

    private static String suspect(IncidentRecord incident) {
        for (JsonNode involved : incident.report().path("prisonersInvolved")) {
            if (involved.path("prisonerRole").asText().equals("ASSAILANT")) {
                return involved.path("prisonerNumber").asText();
            }
        }
        throw new AssertionError("the scenario names no assailant");
    }

    private JsonNode awaitRow(String number, String code) {
        return awaitRow(number, code, SINCE);
    }

    private JsonNode awaitRow(String number, String code, LocalDate since) {
        List<JsonNode> found = new ArrayList<>();
        await(code + " is shown").until(() -> {
            found.clear();
            rows(number).stream()
                    .filter(row -> row.path("code").asText().equals(code))
                    .filter(row -> row.path("since").asText().equals(since.toString()))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private List<String> codesSince(String number) {
        return rows(number).stream()
                .filter(row -> row.path("since").asText().equals(SINCE.toString()))
                .map(row -> row.path("code").asText())
                .toList();
    }

    private List<JsonNode> rows(String number) {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page;
        int next = 0;
        do {
            page = list(next++);
            page.path("items").forEach(row -> {
                if (row.path("prisonerNumber").asText().equals(number)) {
                    rows.add(row);
                }
            });
        } while (page.path("items").size() == 100);
        return rows;
    }

    private JsonNode list(int page) {
        return Casebook.tree(hub.get("/api/v1/prisoner-alerts?size=100&prison=" + prison + "&page=" + page)
                .body());
    }

    private long counted() {
        return cases.count("SELECT coalesce(sum(n), 0) FROM tally WHERE what LIKE 'event-only-counted/person.alert%'");
    }

    /** A claim and its end count the fence up once each. */
    private long runs(String number) {
        return cases.count("SELECT fence / 2 FROM work WHERE step = 'prisoner-alert-fetch' AND key = ?", number);
    }

    private List<byte[]> versions(String number) {
        return hub.jdbc()
                .sql("SELECT v.raw FROM source_version v JOIN source_record r ON r.id = v.record"
                        + " WHERE r.system = 'prisoner-alerts' AND r.record_id = ? ORDER BY v.version_no")
                .param(number)
                .query((row, n) -> row.getBytes(1))
                .list();
    }
}
