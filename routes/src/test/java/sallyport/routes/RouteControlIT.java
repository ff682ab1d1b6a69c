package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** An operator's word about a route stands until it is taken back, whatever happens to the process. */
class RouteControlIT {

    private static final String ROUTE = "delivery-send";

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @Test
    void aSuspendedRouteStaysSuspendedThroughARestartAndDeliversWhenResumed() {
        String prison = cases.prisonReachedBy(Force.CJSE);
        IncidentRecord before;
        IncidentRecord after;
        wish("suspend", "the force asked for a pause");
        try {
            awaitRoute("SUSPENDED");
            before = cases.order(Oddity.NONE, prison);
            assertPromisedButNotSent(before);

            hub.restart();

            assertThatObject(route())
                    .returns("SUSPENDED", view -> view.path("wanted").asText())
                    .returns(true, view -> view.path("asWanted").asBoolean())
                    .returns("admin", view -> view.path("wantedBy").asText())
                    .returns("the force asked for a pause", view -> view.path("wantedWhy")
                            .asText());
            assertThat(route().path("state").asText()).isNotEqualTo("RUNNING");
            // Everything else goes on, and what the hub is asked for readiness is the hub, not a route.
            after = cases.order(Oddity.NONE, prison);
            assertPromisedButNotSent(after);
            assertPromisedButNotSent(before);
            for (String health : List.of("/actuator/health/readiness", "/actuator/health")) {
                assertThat(hub.getUnknown(health).statusCode()).isEqualTo(200);
                assertThat(hub.getUnknown(health).body()).contains("\"UP\"");
            }
        } finally {
            wish("resume", "the pause is over");
        }

        awaitRoute("RUNNING");
        cases.awaitDelivered(before, 1);
        cases.awaitDelivered(after, 1);
        assertThat(cases.deliveries(before)).hasSize(1);
        assertThat(cases.deliveries(after)).hasSize(1);
    }

    @Test
    void aWishWithoutAReasonIsNoWish() {
        var answer = hub.post("/api/v1/routes/" + ROUTE + "/suspend", "{\"reason\":\" \"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(route().path("wanted").asText()).isEqualTo("RUNNING");
    }

    private void assertPromisedButNotSent(IncidentRecord incident) {
        Case known = cases.await(incident, "package promised", seen -> seen.packageVersion() == 1);
        // The tracker's lane has passed it by: not the hub is standing still, only this route.
        await("tracker told")
                .until(() -> cases.count(
                                "SELECT count(*) FROM lane_item i JOIN lane_case c ON c.id = i.lane_case"
                                        + " WHERE c.case_id = ? AND c.lane = 'tracker' AND i.state = 'DONE'",
                                known.id())
                        > 0);
        assertThat(cases.arrivals(known)).isEmpty();
        assertThat(cases.count(
                        "SELECT count(*) FROM lane_item i JOIN lane_case c ON c.id = i.lane_case"
                                + " WHERE c.case_id = ? AND c.lane LIKE 'force:%' AND i.state = 'PROMISED'",
                        known.id()))
                .isEqualTo(1);
    }

    private void wish(String verb, String reason) {
        var answer = hub.post("/api/v1/routes/" + ROUTE + "/" + verb, "{\"reason\":\"" + reason + "\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private void awaitRoute(String state) {
        await(ROUTE + " " + state).until(() -> route().path("state").asText().equals(state));
    }

    private JsonNode route() {
        JsonNode routes = Casebook.tree(hub.get("/api/v1/routes").body());
        return StreamSupport.stream(routes.spliterator(), false)
                .filter(view -> view.path("id").asText().equals(ROUTE))
                .findFirst()
                .orElseThrow();
    }
}
