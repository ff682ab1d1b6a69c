package sallyport.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import sallyport.ledger.FaultPoint;

/** One kill at every named point, a frozen node, and an operator's word, on two real hubs before one ledger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE = "delivery-send";
    private static final Set<String> NODE_IS_GONE = Set.of("crashed-while-sending", "sender-fell-silent");

    @TempDir
    static Path data;

    private Installation installation;
    private Campaign campaign;

    @BeforeAll
    void stand() throws IOException {
        installation = new Installation(data, Programs.onClassPath(), 1, 60);
        campaign = new Campaign(installation);
    }

    @AfterAll
    void end() {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    @Order(1)
    void killedOnceAtEveryPointNothingIsLostDoubledOrOutOfOrder() throws Exception {
        int hub = 0;
        for (FaultPoint point : Strike.POINTS) {
            System.out.println(campaign.strike(new Strike(Strike.Kind.HALT, hub, point, 1, 0)));
            hub = 1 - hub;
        }
        assertThat(campaign.reached()).containsOnlyKeys(Strike.POINTS);

        assertThat(campaign.drain(Duration.ofMinutes(3))).isEmpty();
        agrees();
    }

    @Test
    @Order(2)
    void aNodeThatFrozePastItsLeaseWritesNothingWhenItThaws() throws Exception {
        HubNode frozen = installation.hub(0);
        LedgerView ledger = installation.ledger();
        installation.partners().goOn();
        frozen.arm(FaultPoint.ANSWERED, 1, true);
        Waits.until("frozen with an answer in hand", SOON, frozen.process()::isFrozen);
        frozen.disarm();
        List<Long> held = ledger.sendingBy(frozen.node());
        assertThat(held).isNotEmpty();
        Waits.until("the other node has taken over", SOON.multipliedBy(2), () -> !ledger.ended(held)
                .contains("SENDING"));
        List<String> takenOver = ledger.ended(held);
        assertThat(takenOver).containsOnly("UNKNOWN crashed-while-sending");

        frozen.process().thaw();

        Waits.until("it notices", SOON, () -> frozen.process().said().contains("taken over by another node"));
        assertThat(campaign.drain(Duration.ofMinutes(3))).isEmpty();
        assertThat(ledger.ended(held)).isEqualTo(takenOver);
        agrees();
    }

    @Test
    @Order(3)
    void aSuspendedRouteStaysSuspendedThroughAKillAndOnTheOtherNode() throws Exception {
        HubNode one = installation.hub(0);
        HubNode other = installation.hub(1);

        assertThat(one.post("/api/v1/routes/" + ROUTE + "/suspend", "{\"reason\":\"the force asked for it\"}")
                        .statusCode())
                .isEqualTo(202);

        List.of(one, other).forEach(hub -> Waits.until(hub.name() + " suspends", SOON, () -> isSuspended(hub)));
        one.process().kill();
        one.start();
        one.awaitUp(Installation.START);
        assertThat(isSuspended(one)).isTrue();
        assertThat(isSuspended(other)).isTrue();

        other.post("/api/v1/routes/" + ROUTE + "/resume", "{\"reason\":\"they can take it again\"}");

        List.of(one, other).forEach(hub -> Waits.until(hub.name() + " resumes", SOON, () -> !isSuspended(hub)));
    }

    private static boolean isSuspended(HubNode hub) throws IOException {
        for (JsonNode route : JSON.readTree(hub.get("/api/v1/routes").body()).findParents("asWanted")) {
            if (route.path("id").asText().equals(ROUTE)) {
                return !route.path("state").asText().equals("RUNNING");
            }
        }
        throw new IOException("no route " + ROUTE);
    }

    private void agrees() throws Exception {
        Comparison comparison = Comparison.of(installation);
        assertThat(comparison.lost()).as("lost").isEmpty();
        assertThat(comparison.doubled()).as("doubled").isEmpty();
        assertThat(comparison.disordered()).as("out of order").isEmpty();
        assertThat(comparison.effects()).as("effects done").isPositive();
        assertThat(campaign.unexplained())
                .as("parked as unknown and not on the wire at a kill")
                .allMatch(unknown -> NODE_IS_GONE.contains(unknown.code()));
        assertThat(installation.ledger().parked()).noneMatch(parked -> parked.contains(" DEFECT "));
    }
}
