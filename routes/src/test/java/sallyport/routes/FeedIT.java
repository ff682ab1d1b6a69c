package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TeamQueue;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.Canary;
import sallyport.simulators.world.Oddity;

/** A regional team reads what happens to cases from its own queue, and from no other. */
class FeedIT {

    private static final String TEAM = "police-intelligence";

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @Test
    void aTeamReadsCaseEventsOnceAndNobodysName() throws JMSException {
        Case known = cases.awaitDelivered(cases.order(Oddity.NONE, cases.prisonReachedBy(Force.IHUB)), 1);

        List<String> bodies;
        try (TeamQueue queue = new TeamQueue(hub.broker(), TEAM, "feed." + TEAM)) {
            bodies = queue
                    .takeUntil(event -> event.text().contains(known.reference())
                            && event.text().contains("sallyport.case.delivered"))
                    .stream()
                    .map(TeamQueue.Event::text)
                    .toList();
        }

        List<CloudEvent> events = bodies.stream().map(FeedIT::cloudEvent).toList();
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getTime()).isNotNull();
        });
        assertThat(events).extracting(CloudEvent::getId).doesNotHaveDuplicates();
        assertThat(events)
                .filteredOn(event -> known.reference().equals(event.getSubject()))
                .extracting(CloudEvent::getType)
                .startsWith("sallyport.case.approved", "sallyport.case.delivered");
        assertThat(bodies).allSatisfy(body -> assertThat(body).doesNotContainPattern(Canary.REGEX));
        hub.simulators().world().numbersInUse().forEach(number -> assertThat(bodies)
                .noneMatch(body -> body.contains(number.asText())));
    }

    private static CloudEvent cloudEvent(String body) {
        return Objects.requireNonNull(EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE))
                .deserialize(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void anotherTeamIsRefused() {
        assertThatThrownBy(() -> new TeamQueue(hub.broker(), "regional-north", "feed." + TEAM))
                .isInstanceOf(JMSSecurityException.class);
    }
}
