package sallyport.connectors.prison.domainevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Against a real queue server in this JVM. */
final class DomainEventsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CANARY = "canary-4f1c";

    private static int port;
    private static @Nullable SQSRestServer server;

    private final SqsClient sender = client(port);
    private final List<List<DomainEventMessage>> batches = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
    private final DomainEventsHealth health = new DomainEventsHealth();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final String queue = "queue-" + UUID.randomUUID();
    private DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeAll
    static void startServer() throws IOException {
        System.setProperty("aws.accessKeyId", "x");
        System.setProperty("aws.secretAccessKey", "x");
        port = freePort();
        server = serve(port);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.stopAndWait();
        }
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @BeforeEach
    void listenToTheLog() {
        log.start();
        ((Logger) LoggerFactory.getLogger(DomainEventsConsumer.class)).addAppender(log);
    }

    @AfterEach
    void stop() {
        camel.stop();
        sender.close();
        ((Logger) LoggerFactory.getLogger(DomainEventsConsumer.class)).detachAppender(log);
        assertThat(log.list).noneMatch(line -> line.getFormattedMessage().contains(CANARY));
    }

    @Test
    void handsOnEveryMessageByteForByteAndDeletesItAfterwards() throws Exception {
        createQueue(300);
        List<String> sent = IntStream.range(0, 25)
                .mapToObj(i -> "{\"Message\":\"" + i + " \u2028 \u00e9 \"}")
                .toList();
        sent.forEach(this::send);
        consume(this::keep, Duration.ofSeconds(20));
        await().atMost(SOON).untilAsserted(() -> assertThat(bodies()).containsExactlyInAnyOrderElementsOf(sent));
        assertThat(batches).allMatch(batch -> batch.size() <= 10);
        assertThat(batches).allSatisfy(batch -> assertThat(batch)
                .allSatisfy(message -> assertThat(message.sqsMessageId()).isNotBlank()));
        await().atMost(SOON).untilAsserted(() -> assertThat(inQueue()).isZero());
        assertThat(health.problem()).isEmpty();
    }

    @Test
    void aBatchWhoseExchangeFailedComesAgain() throws Exception {
        createQueue(1);
        send("{\"name\":\"" + CANARY + "\"}");
        consume(
                exchange -> {
                    keep(exchange);
                    if (batches.size() == 1) {
                        throw new IllegalStateException(CANARY);
                    }
                },
                Duration.ofSeconds(1));
        await().atMost(SOON).until(() -> batches.size() == 2);
        assertThat(batches.get(1).get(0).sqsMessageId())
                .isEqualTo(batches.get(0).get(0).sqsMessageId());
        await().atMost(SOON).untilAsserted(() -> assertThat(inQueue()).isZero());
    }

    @Test
    void aBatchThatWasRolledBackComesAgain() throws Exception {
        createQueue(1);
        send("{}");
        consume(
                exchange -> {
                    keep(exchange);
                    exchange.setRollbackOnly(batches.size() == 1);
                },
                Duration.ofSeconds(1));
        await().atMost(SOON).until(() -> batches.size() == 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(inQueue()).isZero());
    }

    @Test
    void aHubThatCannotTakeEventsInDoesNotUseUpTheirReceiveCount() throws Exception {
        createQueue(0);
        send("{}");
        consume(
                exchange -> {
                    keep(exchange);
                    throw new IllegalStateException("no database");
                },
                Duration.ofSeconds(1));
        await().atMost(SOON).until(() -> !batches.isEmpty());
        // Pauses of 0.2, 0.4, 0.8 and 1.6 seconds: without them there would be hundreds.
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> batches.size() <= 5);
    }

    @Test
    void noAttributeOfAMessageBecomesAHeader() throws Exception {
        createQueue(300);
        sender.sendMessage(request -> request.queueUrl(address())
                .messageBody("{}")
                .messageAttributes(Map.of(
                        "CamelHttpUri", text("http://127.0.0.1:1"),
                        "eventType", text("x"),
                        "operationName", text("y"))));
        consume(this::keep, Duration.ofSeconds(1));
        await().atMost(SOON).until(() -> !headers.isEmpty());
        assertThat(headers.get(0)).isEmpty();
    }

    @Test
    void aSuspendedRouteGivesBackAtOnceWhatItWasStillWaitingForAndGoesOnWhenResumed() throws Exception {
        createQueue(300);
        consume(this::keep, Duration.ofSeconds(20));
        send("first");
        await().atMost(SOON).until(() -> bodies().contains("first"));
        long before = System.nanoTime();
        camel.getRouteController().suspendRoute("intake");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        send("second");
        await().during(Duration.ofMillis(1500)).atMost(SOON).untilAsserted(() -> assertThat(visibleInQueue())
                .isEqualTo(1));
        assertThat(bodies()).containsExactly("first");
        camel.getRouteController().resumeRoute("intake");
        await().atMost(SOON).until(() -> bodies().contains("second"));
    }

    @Test
    void stopsAtOnceInTheMiddleOfALongWait() throws Exception {
        createQueue(300);
        consume(this::keep, Duration.ofSeconds(20));
        send("one");
        await().atMost(SOON).until(() -> !batches.isEmpty());
        long before = System.nanoTime();
        camel.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void aBatchInHandIsDeletedBeforeTheRouteStops() throws Exception {
        createQueue(300);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        send("one");
        consume(
                exchange -> {
                    keep(exchange);
                    begun.countDown();
                    assertThat(finish.await(10, TimeUnit.SECONDS)).isTrue();
                },
                Duration.ofSeconds(20));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopping = new Thread(() -> camel.stop());
        stopping.start();
        await().atMost(SOON).until(() -> camel.isStopping());
        finish.countDown();
        stopping.join(10_000);
        assertThat(inQueue()).isZero();
    }

    @Test
    void saysOnceThatTheQueueIsAwayAndOnceThatItIsBack() throws Exception {
        int other = freePort();
        consume(this::keep, Duration.ofSeconds(1), "http://localhost:" + other);
        await().atMost(SOON).until(() -> health.problem().isPresent());
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> lines(Level.WARN) == 1);
        assertThat(health.problem()).hasValue("last call failed: no-answer");
        SQSRestServer late = serve(other);
        try (SqsClient owner = client(other)) {
            owner.createQueue(request -> request.queueName(queue));
            await().atMost(SOON).until(() -> health.problem().isEmpty());
            await().atMost(SOON).until(() -> lines(Level.INFO) == 1);
            assertThat(lines(Level.WARN)).isEqualTo(1);
        } finally {
            camel.stop();
            late.stopAndWait();
        }
    }

    @Test
    void aNameThatIsNoQueueStopsTheStart() {
        DomainEventsComponent component =
                new DomainEventsComponent(properties("http://localhost:" + port, Duration.ofSeconds(1)), health);
        assertThatThrownBy(() -> component.createEndpoint("domain-events:a/../d", "a/../d", Map.of()))
                .hasMessageContaining("sallyport.domain-events.queue");
    }

    private void consume(Processor intake, Duration poll) throws Exception {
        consume(intake, poll, "http://localhost:" + port);
    }

    private void consume(Processor intake, Duration poll, String service) throws Exception {
        camel.addComponent("domain-events", new DomainEventsComponent(properties(service, poll), health));
        camel.getShutdownStrategy().setTimeout(10);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("domain-events:" + queue).routeId("intake").process(intake);
            }
        });
        camel.start();
    }

    private DomainEventsProperties properties(String service, Duration poll) {
        return new DomainEventsProperties(
                URI.create(service),
                queue,
                "eu-west-2",
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                poll,
                1,
                Duration.ofMillis(200),
                Duration.ofSeconds(2));
    }

    @SuppressWarnings("unchecked")
    private void keep(Exchange exchange) {
        headers.add(Map.copyOf(exchange.getMessage().getHeaders()));
        batches.add(exchange.getMessage().getBody(List.class));
    }

    private List<String> bodies() {
        return batches.stream()
                .flatMap(List::stream)
                .map(message -> new String(message.body(), UTF_8))
                .toList();
    }

    private long lines(Level level) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getLevel() == level)
                .count();
    }

    private void createQueue(int visibilitySeconds) {
        sender.createQueue(request -> request.queueName(queue)
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(visibilitySeconds))));
    }

    private String address() {
        return sender.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    private void send(String body) {
        sender.sendMessage(request -> request.queueUrl(address()).messageBody(body));
    }

    private int inQueue() {
        return visibleInQueue() + count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    private int visibleInQueue() {
        return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    private int count(QueueAttributeName attribute) {
        return Integer.parseInt(
                sender.getQueueAttributes(request -> request.queueUrl(address()).attributeNames(attribute))
                        .attributes()
                        .get(attribute));
    }

    private static SqsClient client(int port) {
        return SqsClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.EU_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static SQSRestServer serve(int port) {
        SQSRestServer started =
                SQSRestServerBuilder.withPort(port).withInterface("localhost").start();
        started.waitUntilStarted();
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
