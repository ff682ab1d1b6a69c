package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** The hub against its partners' own lists, with all of them running. */
class ReconciliationIT {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final List<String> EARS = List.of("event-intake-receive", "incident-intake-sweep");

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @Test
    void aReportThatNoEventAndNoSweepToldOfIsFoundMendedAndAccountedFor() {
        String prison = cases.prisonReachedBy(Force.IHUB);
        IncidentRecord unheard;
        EARS.forEach(route -> wish(route, "suspend"));
        try {
            unheard = cases.order(Oddity.NONE, prison);
            reconcile("reconciliation-prison", prison);

            // Neither of the two that usually tell has said anything: the prison's own list has.
            cases.awaitDelivered(unheard, 1);
        } finally {
            EARS.forEach(route -> wish(route, "resume"));
        }

        reconcile("reconciliation-prison", prison);
        String day = hub.jdbc()
                .sql(
                        "SELECT occurred_on::text FROM source_record r JOIN case_record c ON c.record = r.id WHERE c.case_id = ?")
                .param(cases.find(unheard).orElseThrow().id())
                .query(String.class)
                .single();
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            JsonNode account = Casebook.tree(hub.get("/api/v1/accounting?prison=" + prison + "&day=" + day)
                    .body());
            assertThat(account.path("standing").asText()).as(account.toString()).isEqualTo("EVEN");
            assertThat(account.path("accounts")).isNotEmpty().allSatisfy(one -> {
                assertThat(one.path("source").asLong()).isPositive();
                assertThat(one.path("difference").asLong(-1)).isZero();
            });
        });
        assertThat(cases.deliveries(unheard)).hasSize(1);
    }

    @Test
    void daysThatAPersonAsksForAreHeldAgainstThePrisonsListAndWhatIsMissingIsFetched() {
        String prison = cases.prisonReachedBy(Force.CJSE);
        IncidentRecord unheard;
        EARS.forEach(route -> wish(route, "suspend"));
        try {
            unheard = cases.order(Oddity.NONE, prison);
            LocalDate today = LocalDate.now(LONDON);
            assertThat(hub.post(
                                    "/api/v1/accounting/comparisons",
                                    "{\"from\":\"%s\",\"until\":\"%s\",\"prison\":\"%s\",\"reason\":\"the queue was lost\"}"
                                            .formatted(today.minusDays(30), today, prison))
                            .statusCode())
                    .isEqualTo(202);

            cases.awaitDelivered(unheard, 1);
        } finally {
            EARS.forEach(route -> wish(route, "resume"));
        }

        assertThat(cases.deliveries(unheard)).hasSize(1);
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            JsonNode progress =
                    Casebook.tree(hub.get("/api/v1/accounting/comparisons").body());
            assertThat(progress.path("waiting").asLong(-1)).isZero();
            assertThat(progress.path("parked").asLong(-1)).isZero();
        });
        assertThat(hub.jdbc()
                        .sql(
                                "SELECT actor || ': ' || detail FROM evidence WHERE kind = 'COLLECTION' AND reason = 'the queue was lost'")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .endsWith("prisons: " + prison);
    }

    @Test
    void aForcesSignedManifestOfYesterdayIsReadAndCompared() {
        String force = hub.jdbc()
                .sql("SELECT min(stream) FROM poll_source WHERE system = 'reconciliation-force'")
                .query(String.class)
                .single();

        reconcile("reconciliation-force", force);

        LocalDate yesterday = LocalDate.now(LONDON).minusDays(1);
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(hub.jdbc()
                        .sql(
                                "SELECT day::text || ' ' || items FROM force_manifest WHERE force = ? ORDER BY day DESC LIMIT 1")
                        .param(force)
                        .query(String.class)
                        .list())
                .containsExactly(yesterday + " 0"));
        assertThat(hub.jdbc()
                        .sql("SELECT count(*) FROM task WHERE subject = ?")
                        .param("manifest/" + force + "/refused")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aSendWithoutAnAnswerIsFoundInTheForcesManifestAndNotSentAgain() {
        String prison = cases.prisonReachedBy(Force.IHUB);
        IncidentRecord incident;
        hub.simulators().requests().drop("ihub", true);
        try {
            incident = cases.order(Oddity.NONE, prison);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !cases.deliveries(incident).isEmpty());
        } finally {
            hub.simulators().requests().drop("ihub", false);
        }

        var known = cases.awaitDelivered(incident, 1);

        assertThat(cases.deliveries(incident)).as("arrivals").hasSize(1);
        assertThat(hub.jdbc()
                        .sql("SELECT a.asked || ' ' || a.outcome FROM attempt a JOIN lane_item i ON i.id = a.lane_item"
                                + " JOIN lane_case c ON c.id = i.lane_case WHERE c.case_id = ? AND c.lane LIKE 'force:%'"
                                + " ORDER BY a.attempt_no")
                        .param(known.id())
                        .query(String.class)
                        .list())
                .first()
                .isEqualTo("false UNKNOWN");
        assertThat(hub.jdbc()
                        .sql("SELECT detail FROM receipt WHERE case_id = ? AND rung = 'DELIVERED'")
                        .param(known.id())
                        .query(String.class)
                        .list())
                .containsExactly("answer manifest");
    }

    @Test
    void aChargeWithThePoliceThatNoEventToldOfIsFoundInThePrisonsList() {
        String prison = cases.ownPrison(Force.IHUB).id();
        wish("event-intake-receive", "suspend");
        try {
            IncidentRecord draft =
                    hub.simulators().life().order("disorder-police-referral", Oddity.NONE, prison, "DRAFT");
            hub.simulators().life().writePapers(draft.id());
            String charge = String.format("%s-%06d", prison, draft.index());

            reconcile("reconciliation-referrals", prison);

            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(hub.jdbc()
                            .sql("SELECT c.state FROM referred_charge c JOIN source_record s ON s.id = c.record"
                                    + " WHERE s.system = 'adjudication-charges' AND s.record_id = ?")
                            .param(charge)
                            .query(String.class)
                            .list())
                    .hasSize(1));
        } finally {
            wish("event-intake-receive", "resume");
        }
    }

    /** Its turn is now, and it has had it. */
    private void reconcile(String system, String stream) {
        String before = lastDone(system, stream);
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            hub.jdbc()
                    .sql(
                            "UPDATE poll_source SET next_at = now() WHERE system = ? AND stream = ? AND next_at > now() + interval '1 minute'")
                    .params(system, stream)
                    .update();
            return !lastDone(system, stream).equals(before);
        });
    }

    private String lastDone(String system, String stream) {
        return hub.jdbc()
                .sql("SELECT coalesce(last_done_at::text, 'never') FROM poll_source WHERE system = ? AND stream = ?")
                .params(system, stream)
                .query(String.class)
                .single();
    }

    private void wish(String route, String wish) {
        var answer = hub.post("/api/v1/routes/" + route + "/" + wish, "{\"reason\":\"only the lists are to tell\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        String wanted = wish.equals("suspend") ? "SUSPENDED" : "RUNNING";
        await().untilAsserted(() -> assertThat(
                        Casebook.tree(hub.get("/api/v1/routes").body()))
                .anySatisfy(view -> {
                    assertThat(view.path("id").asText()).isEqualTo(route);
                    assertThat(view.path("wanted").asText()).isEqualTo(wanted);
                    assertThat(view.path("asWanted").asBoolean()).isTrue();
                }));
    }
}
