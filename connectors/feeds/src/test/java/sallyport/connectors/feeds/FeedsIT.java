package sallyport.connectors.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.mappings.Rejected;

class FeedsIT {

    private static final String CLOUD_EVENT = "application/cloudevents+json";

    @TempDir
    Path directory;

    private TeamBroker broker;
    private FeedPublisher publisher;
    private DefaultCamelContext camel;
    private ProducerTemplate hub;

    @BeforeEach
    void startHub() throws Exception {
        broker = new TeamBroker(directory);
        start("hub", TeamBroker.PASSWORD);
    }

    private void start(String user, String password) throws Exception {
        publisher = new FeedPublisher(new FeedsProperties(
                broker.coreUrl(),
                user,
                password,
                List.of(TeamBroker.NORTH, TeamBroker.SOUTH, "without-queue"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                100));
        camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(5);
        camel.addRoutes(new FeedsRoutes(publisher));
        camel.start();
        hub = camel.createProducerTemplate();
    }

    @AfterEach
    void stopHub() throws Exception {
        camel.stop();
        broker.close();
    }

    @Test
    void aTeamReadsItsEventOverAmqpByteForByte() throws Exception {
        connected();
        byte[] body = "{\"id\":\"e-1\",\"text\":\"Überfall\"}".getBytes(StandardCharsets.UTF_8);

        Accepted accepted = publish(new Outbound(TeamBroker.NORTH, "e-1", "SP-2026-000001", CLOUD_EVENT, body));

        assertThat(accepted.delivered()).isTrue();
        try (Connection team = amqp("team-regional-north")) {
            BytesMessage read = (BytesMessage) consumer(team, TeamBroker.NORTH).receive(5000);
            assertThat(read.getBody(byte[].class)).isEqualTo(body);
            assertThat(((AmqpJmsMessageFacade) ((JmsMessage) read).getFacade())
                            .getContentType()
                            .toString())
                    .isEqualTo(CLOUD_EVENT);
            assertThat(read.getJMSDeliveryMode()).isEqualTo(jakarta.jms.DeliveryMode.PERSISTENT);
        }
    }

    @Test
    void anotherTeamIsRefusedAtTheQueue() throws Exception {
        connected();
        publish(event(TeamBroker.NORTH, "e-1"));

        try (Connection other = amqp("team-regional-south")) {
            assertThatThrownBy(() -> consumer(other, TeamBroker.NORTH).receive(2000))
                    .isInstanceOf(JMSException.class);
        }
        try (Connection own = amqp("team-regional-north")) {
            Session session = own.createSession(false, Session.AUTO_ACKNOWLEDGE);
            assertThatThrownBy(() -> session.createProducer(session.createQueue("feed.regional-north"))
                            .send(session.createTextMessage("forged")))
                    .isInstanceOf(JMSException.class);
        }
        assertThat(broker.stored(TeamBroker.NORTH)).isEqualTo(1);
    }

    @Test
    void theSameIdIsStoredOnceHoweverOftenItIsSent() {
        connected();

        for (int i = 0; i < 3; i++) {
            assertThat(publish(event(TeamBroker.NORTH, "e-1")).code()).isEqualTo("stored");
        }

        assertThat(broker.stored(TeamBroker.NORTH)).isEqualTo(1);
    }

    @Test
    void whatIsStoredSurvivesTheBroker() throws Exception {
        connected();
        publish(event(TeamBroker.NORTH, "e-1"));

        broker.stop();
        broker.start();

        assertThat(broker.stored(TeamBroker.NORTH)).isEqualTo(1);
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> publish(event(TeamBroker.NORTH, "e-1")).code().equals("stored"));
        assertThat(broker.stored(TeamBroker.NORTH)).isEqualTo(1);
    }

    @Test
    void whileTheBrokerIsDownNothingIsSentAndAfterwardsItGoesOnByItself() throws Exception {
        connected();
        broker.stop();

        await().atMost(Duration.ofSeconds(10)).until(() -> publisher.problem().isPresent());
        assertThat(failure(event(TeamBroker.SOUTH, "e-1"))).isInstanceOf(Unavailable.class);

        broker.start();
        connected();
        assertThat(publish(event(TeamBroker.SOUTH, "e-1")).code()).isEqualTo("stored");
    }

    @Test
    void everyEventOfABurstIsAnsweredThoughTheBrokerDiesUnderIt() throws Exception {
        connected();
        List<CompletableFuture<Exchange>> answers = burst(TeamBroker.NORTH, 0, 800);
        broker.stop();

        int stored = 0;
        for (CompletableFuture<Exchange> answer : answers) {
            Exchange exchange = answer.get(20, TimeUnit.SECONDS);
            if (exchange.getException() == null) {
                stored++;
            } else {
                assertThat(exchange.getException()).isInstanceOfAny(Unknown.class, Unavailable.class);
            }
        }
        broker.start();
        assertThat(broker.stored(TeamBroker.NORTH)).isGreaterThanOrEqualTo(stored);

        connected();
        for (CompletableFuture<Exchange> answer : burst(TeamBroker.NORTH, 0, 800)) {
            assertThat(answer.get(20, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(broker.events(TeamBroker.NORTH))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 800).mapToObj(i -> "e-" + i).toList());
    }

    @Test
    void aTeamNobodyConfiguredIsRejected() {
        connected();

        assertThat(failure(event("extremism-unit", "e-1")))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("unknown-destination"));
    }

    @Test
    void aQueueThatTheBrokerLacksIsTheOperatorsToMend() {
        connected();

        assertThat(failure(event("without-queue", "e-1")))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("no-such-queue"));
        assertThat(publish(event(TeamBroker.NORTH, "e-2")).code()).isEqualTo("stored");
    }

    @Test
    void aUserThatMayNotSendIsTheOperatorsToMend() throws Exception {
        camel.stop();
        start("stranger", TeamBroker.PASSWORD);
        connected();

        assertThat(failure(event(TeamBroker.NORTH, "e-1")))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("not-authorised"));
        assertThat(broker.stored(TeamBroker.NORTH)).isZero();
    }

    @Test
    void aWrongPasswordIsTheReasonOfHealth() throws Exception {
        camel.stop();
        start("hub", "wrong");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(publisher.problem()).contains("the broker refuses this user"));
        assertThat(failure(event(TeamBroker.NORTH, "e-1"))).isInstanceOf(Unavailable.class);
    }

    @Test
    void hundredMessagesAreUnderWayAtOnce() throws Exception {
        connected();
        for (CompletableFuture<Exchange> warm : burst(TeamBroker.SOUTH, 0, 500)) {
            warm.get(30, TimeUnit.SECONDS);
        }
        int events = 10_000;
        long start = System.nanoTime();
        for (int from = 0; from < events; from += 500) {
            for (CompletableFuture<Exchange> answer : burst(TeamBroker.NORTH, from, 500)) {
                assertThat(answer.get(30, TimeUnit.SECONDS).getException()).isNull();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;

        System.out.printf(
                "feeds: %d durable events confirmed in %.2f s, %.0f a second%n", events, seconds, events / seconds);
        assertThat(broker.stored(TeamBroker.NORTH)).isEqualTo(events);
    }

    private List<CompletableFuture<Exchange>> burst(String team, int from, int count) {
        List<CompletableFuture<Exchange>> answers = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            Outbound event = event(team, "e-" + i);
            answers.add(hub.asyncSend(
                    "direct:feeds-publish", exchange -> exchange.getMessage().setBody(event)));
        }
        return answers;
    }

    private void connected() {
        await().atMost(Duration.ofSeconds(10)).until(() -> publisher.problem().isEmpty());
    }

    private Accepted publish(Outbound event) {
        return hub.requestBody("direct:feeds-publish", event, Accepted.class);
    }

    private Exception failure(Outbound event) {
        return hub.send("direct:feeds-publish", exchange -> exchange.getMessage()
                        .setBody(event))
                .getException();
    }

    private Connection amqp(String user) throws JMSException {
        Connection connection = new JmsConnectionFactory(broker.amqpUrl()).createConnection(user, TeamBroker.PASSWORD);
        connection.start();
        return connection;
    }

    private static MessageConsumer consumer(Connection connection, String team) throws JMSException {
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        return session.createConsumer(session.createQueue("feed." + team));
    }

    private static Outbound event(String team, String id) {
        return new Outbound(
                team, id, "SP-2026-000001", CLOUD_EVENT, ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
