package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.PartnerCalls;
import sallyport.TeamQueue;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.prison.DomainEvents;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Headers by which a stranger could steer a route change nothing on any inbound edge, and none of them goes any further. */
class EdgeHeadersIT {

    private static final Set<String> STEERING =
            Set.of("camelhttpuri", "operationname", "camelsqlquery", "camelfilename", "jmsreplyto");

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);
    private final PartnerCalls partners = new PartnerCalls(hub);
    private final String prison = cases.prisonReachedBy(Force.IHUB);
    private final String force = cases.forceReachedBy(Force.IHUB);
    private final AtomicInteger trapped = new AtomicInteger();
    private final Leaving leaving = new Leaving();

    @TempDir
    private Path directory;

    private HttpServer trap;
    private Map<String, String> hostile;

    /** Sees every exchange at the moment it is sent anywhere. */
    private static final class Leaving extends EventNotifierSupport {

        private final Set<String> steered = ConcurrentHashMap.newKeySet();
        private final AtomicInteger sendings = new AtomicInteger();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof ExchangeSendingEvent sending) {
                sendings.incrementAndGet();
                sending.getExchange().getMessage().getHeaders().keySet().stream()
                        .filter(name -> STEERING.contains(name.toLowerCase(Locale.ROOT)))
                        .forEach(name -> steered.add(name + " to " + sending.getEndpoint()));
            }
        }
    }

    @BeforeEach
    void setTheTrap() throws IOException {
        trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trap.createContext("/", exchange -> {
            trapped.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        trap.start();
        String address = "http://127.0.0.1:" + trap.getAddress().getPort() + "/trap";
        hostile = new LinkedHashMap<>();
        hostile.put("CamelHttpUri", address);
        hostile.put("camelhttpURI", address);
        hostile.put("operationName", "retrieve");
        hostile.put("CamelSqlQuery", "DELETE FROM outcome");
        hostile.put("CamelFileName", directory.resolve("trap").toString());
        hostile.put("JMSReplyTo", "feed.counter-corruption");
        hub.bean(CamelContext.class).getManagementStrategy().addEventNotifier(leaving);
        leaving.start();
    }

    @AfterEach
    void nothingWasSteered() {
        hub.bean(CamelContext.class).getManagementStrategy().removeEventNotifier(leaving);
        trap.stop(0);
        assertThat(leaving.steered).isEmpty();
        assertThat(trapped).hasValue(0);
        assertThat(Files.exists(directory.resolve("trap"))).isFalse();
        assertThat(hub.simulators().requests().headerNames()).isNotEmpty().doesNotContainAnyElementsOf(STEERING);
    }

    @Test
    void onTheRestPartnerPort() throws JMSException {
        IncidentRecord incident = cases.order(Oddity.NONE, prison);
        Case known = cases.awaitDelivered(incident, 1);
        String plainId = id();
        String hostileId = id();

        HttpResponse<String> plain = partners.outcome(force, accepted(plainId, known));
        HttpResponse<String> steered = partners.outcome(force, accepted(hostileId, known), hostile);

        assertSameAnswer(plain, steered);
        assertThat(steered.statusCode()).isEqualTo(202);
        cases.awaitInbound(force, plainId, "APPLIED");
        cases.awaitInbound(force, hostileId, "APPLIED");
        assertSameAnswer(
                partners.outcome(force, "{\"messageId\":1}"), partners.outcome(force, "{\"messageId\": 1}", hostile));
        cases.awaitQuiet(known);
        assertThat(leaving.sendings).hasPositiveValue();
        assertTheTeamGetsNoneOfThem(known);
    }

    private void assertTheTeamGetsNoneOfThem(Case known) throws JMSException {
        try (TeamQueue queue = new TeamQueue(hub.broker(), "regional-south", "feed.regional-south")) {
            assertThat(queue.takeUntil(event -> event.text().contains(known.reference())
                            && event.text().contains("sallyport.case.accepted")))
                    .flatExtracting(TeamQueue.Event::propertyNames)
                    .extracting(name -> name.toLowerCase(Locale.ROOT))
                    .doesNotContainAnyElementsOf(STEERING);
        }
    }

    @Test
    void onTheSoapPartnerPort() {
        Case known = cases.awaitDelivered(cases.order(Oddity.NONE, prison), 1);
        String plainId = id();
        String hostileId = id();

        HttpResponse<String> plain = partners.cjse(force, PartnerCalls.envelope("REQUEST-1", accepted(plainId, known)));
        HttpResponse<String> steered =
                partners.cjse(force, PartnerCalls.envelope("REQUEST-1", accepted(hostileId, known)), hostile);

        assertSameAnswer(plain, steered);
        assertThat(steered.body()).containsPattern("ResponseCode[^>]*>\\s*1\\s*<");
        cases.awaitInbound(force, plainId, "APPLIED");
        cases.awaitInbound(force, hostileId, "APPLIED");
        cases.awaitQuiet(known);
    }

    @Test
    void onTheQueueOfDomainEvents() {
        IncidentRecord incident = cases.order(Oddity.LOST_EVENTS, prison);
        String messageId = UUID.randomUUID().toString();
        Map<String, MessageAttributeValue> attributes = hostile.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(each.getValue())
                        .build()));
        try (SqsClient sqs = SqsClient.builder()
                .endpointOverride(hub.simulators().eventsUri())
                .region(Region.of(DomainEvents.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(DomainEvents.ACCESS_KEY, DomainEvents.ACCESS_KEY)))
                .build()) {
            String queue = sqs.getQueueUrl(request -> request.queueName(DomainEvents.QUEUE))
                    .queueUrl();
            sqs.sendMessage(request -> request.queueUrl(queue)
                    .messageBody(event(messageId, incident.id()))
                    .messageAttributes(attributes));
        }

        await("noted").until(() -> cases.count("SELECT count(*) FROM hint WHERE message_id = ?", messageId) == 1);
        Case known = cases.awaitDelivered(incident, 1);
        cases.awaitQuiet(known);
        assertThat(cases.arrivals(known)).singleElement().satisfies(delivery -> assertThat(delivery.force())
                .isEqualTo(force));
        assertThat(leaving.sendings).hasPositiveValue();
    }

    private static String event(String messageId, String incidentId) {
        String message = "{\\\"eventType\\\":\\\"incident.report.amended\\\",\\\"version\\\":1,"
                + "\\\"occurredAt\\\":\\\"2026-05-06T07:08:09+01:00\\\",\\\"additionalInformation\\\":{\\\"id\\\":\\\""
                + incidentId + "\\\"}}";
        return "{\"Type\":\"Notification\",\"MessageId\":\"" + messageId + "\",\"Message\":\"" + message
                + "\",\"MessageAttributes\":{\"eventType\":{\"Type\":\"String\",\"Value\":\"incident.report.amended\"},"
                + "\"CamelHttpUri\":{\"Type\":\"String\",\"Value\":\"http://127.0.0.1:1/\"}}}";
    }

    @Test
    void onTheAdminApi() {
        IncidentRecord incident = cases.order("staff-assault-no-injury", Oddity.NONE, prison);
        Case waiting = cases.await(incident, "case opened", known -> true);
        String query = "/api/v1/cases?q=" + waiting.reference();

        assertSameAnswer(
                hub.get(query), hub.send(steered(hub.request(query)).GET().build()));
        HttpResponse<String> approved =
                hub.send(steered(hub.request("/api/v1/cases/" + waiting.reference() + "/approve"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"agreed\"}"))
                        .build());

        assertThat(approved.statusCode()).isEqualTo(202);
        cases.awaitDelivered(incident, 1);
        cases.awaitQuiet(waiting);
    }

    private HttpRequest.Builder steered(HttpRequest.Builder request) {
        hostile.forEach(request::header);
        return request;
    }

    private static void assertSameAnswer(HttpResponse<String> one, HttpResponse<String> other) {
        assertThat(other.statusCode()).isEqualTo(one.statusCode());
        assertThat(other.body()).isEqualTo(one.body());
        assertThat(names(other)).isEqualTo(names(one));
    }

    private static List<String> names(HttpResponse<String> response) {
        return response.headers().map().keySet().stream().sorted().toList();
    }

    private String accepted(String messageId, Case known) {
        return PartnerCalls.document(messageId, known.reference(), force, "\"type\":\"ACCEPTED\"");
    }

    private static String id() {
        return "EDGE-" + UUID.randomUUID();
    }
}
