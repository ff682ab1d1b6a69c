package sallyport.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
import sallyport.bench.crash.LedgerView.Unknown;
import sallyport.bench.crash.Partners.Arrival;
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

    /** Asked while the frozen node has all behind it but the first byte, the force truly does not have it. */
    @Test
    @Order(3)
    void whatANodeSendsWhenItThawsAfterItsForceWasAskedIsTheOnlyOne() throws Exception {
        HubNode frozen = installation.hub(0);
        LedgerView ledger = installation.ledger();
        installation.partners().goOn();
        ledger.suspendForcesBut(askedAndNotDeduping());
        // What was claimed for another force just before would be frozen instead.
        Waits.until("nothing else is being sent", SOON, () -> ledger.sendingBy(frozen.node())
                .isEmpty());
        frozen.arm(FaultPoint.LEASE_SEEN, 1, true);
        Waits.until("frozen before the first byte", SOON.multipliedBy(2), frozen.process()::isFrozen);
        frozen.disarm();
        List<Long> held = ledger.sendingBy(frozen.node());
        ledger.suspendForcesBut(List.of());

        Waits.until(
                "its send is parked", SOON.multipliedBy(2), () -> !silent(held).isEmpty());
        Unknown parked = silent(held).get(0);
        assertThat(arrivals(parked)).isEmpty();
        frozen.process().thaw();

        Waits.until("it sends after all", SOON, () -> !arrivals(parked).isEmpty());
        assertThat(campaign.drain(Duration.ofMinutes(3))).isEmpty();
        assertThat(arrivals(parked)).hasSize(1);
        agrees();
    }

    private List<Unknown> silent(List<Long> attempts) throws SQLException {
        return installation.ledger().unknown().stream()
                .filter(each -> attempts.contains(each.attempt()) && each.code().equals("sender-fell-silent"))
                .toList();
    }

    private List<Arrival> arrivals(Unknown parked) throws IOException {
        return installation.partners().arrivals().stream()
                .filter(Arrival::accepted)
                .filter(arrival -> parked.lane().equals("force:" + arrival.force())
                        && arrival.reference().equals(parked.reference())
                        && arrival.version() == parked.version())
                .toList();
    }

    private static List<String> askedAndNotDeduping() throws IOException {
        List<String> codes = new ArrayList<>();
        for (JsonNode force :
                JSON.readTree(data.resolve("forces.json").toFile()).path("forces")) {
            if (force.at("/channels/0").asText().equals("ihub")
                    && force.path("channels").size() == 1
                    && !force.at("/ihub/dedupes").asBoolean()
                    && force.at("/manifest/asked").asBoolean()) {
                codes.add(force.path("code").asText());
            }
        }
        assertThat(codes).isNotEmpty();
        return codes;
    }

    @Test
    @Order(4)
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
