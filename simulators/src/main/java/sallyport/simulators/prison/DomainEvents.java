package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.simulators.journal.Agenda;
import sallyport.simulators.journal.Json;
import sallyport.simulators.world.DomainEvent;
import sallyport.simulators.world.EventSink;
import sallyport.simulators.world.World;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The queue of domain events, each in its SNS envelope. The queue itself is in memory: what nobody had taken from it when the
 * simulators died is sent again at the next start, so an event comes at least once, as upstream.
 */
public final class DomainEvents implements EventSink, AutoCloseable {

    public static final String QUEUE = "sallyport-domain-events";
    public static final String REGION = "eu-west-2";
    public static final String ACCESS_KEY = "simulated";

    private static final Logger LOG = LoggerFactory.getLogger(DomainEvents.class);
    private static final int BATCH = 10;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String TOPIC = "arn:aws:sns:eu-west-2:000000000000:domainevents";

    private final World world;
    private final SQSRestServer server;
    private final SqsClient sqs;
    private final String queueUrl;
    private final Agenda agenda;
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final int port;
    private volatile boolean closing;

    public DomainEvents(int port, World world, Clock clock) {
        this.world = world;
        this.port = port;
        this.server =
                SQSRestServerBuilder.withInterface("127.0.0.1").withPort(port).start();
        server.waitUntilStarted();
        this.sqs = SqsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, ACCESS_KEY)))
                .build();
        this.queueUrl = sqs.createQueue(request ->
                        request.queueName(QUEUE).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30")))
                .queueUrl();
        this.agenda = new Agenda("domain-events", 1, clock);
        world.connect(this);
        agenda.after(LOOK, this::look);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Events sent since this process started, copies counted. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void publish(List<DomainEvent> events) {
        List<DomainEvent> prompt =
                events.stream().filter(event -> event.delay().isZero()).toList();
        for (int from = 0; from < prompt.size(); from += BATCH) {
            List<DomainEvent> batch = prompt.subList(from, Math.min(from + BATCH, prompt.size()));
            later(Duration.ZERO, batch);
        }
        events.stream().filter(event -> !event.delay().isZero()).forEach(event -> later(event.delay(), List.of(event)));
    }

    private void later(Duration delay, List<DomainEvent> batch) {
        unsent.addAndGet(batch.size());
        agenda.after(delay, () -> {
            send(batch);
            unsent.addAndGet(-batch.size());
        });
    }

    private void send(List<DomainEvent> batch) {
        for (DomainEvent event : batch) {
            for (int copy = 1; copy < event.copies(); copy++) {
                sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(envelope(event)));
            }
        }
        List<SendMessageBatchRequestEntry> entries = batch.stream()
                .map(event -> SendMessageBatchRequestEntry.builder()
                        .id(String.valueOf(event.seq()))
                        .messageBody(envelope(event))
                        .build())
                .toList();
        sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        sent.addAndGet(batch.stream().mapToInt(DomainEvent::copies).sum());
    }

    /** Puts any text on the queue, for tests of what is not an event. */
    public void sendRaw(String body) {
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(body));
    }

    static String envelope(DomainEvent event) {
        ObjectNode envelope = Json.object()
                .put("Type", "Notification")
                .put("MessageId", event.messageId())
                .put("TopicArn", TOPIC)
                .put("Message", new String(Json.bytes(event.message()), StandardCharsets.UTF_8))
                .put("Timestamp", Clock.systemUTC().instant().toString())
                .put("SignatureVersion", "1")
                .put("Signature", "simulated")
                .put("SigningCertURL", "https://sns.eu-west-2.amazonaws.com/simulated.pem")
                .put("UnsubscribeURL", "https://sns.eu-west-2.amazonaws.com/?Action=Unsubscribe");
        envelope.putObject("MessageAttributes")
                .putObject("eventType")
                .put("Type", "String")
                .put("Value", event.type());
        return new String(Json.bytes(envelope), StandardCharsets.UTF_8);
    }

    /** When the queue is empty, everything that had been sent before the look has been taken and deleted. */
    private void look() {
        try {
            long before = world.lastEvent();
            if (unsent.get() == 0 && waiting() == 0) {
                world.taken(before);
            }
        } catch (RuntimeException e) {
            if (closing) {
                return;
            }
            LOG.warn("domain-events: cannot look at the queue: {}", e.getClass().getSimpleName());
        } finally {
            agenda.after(LOOK, this::look);
        }
    }

    /** Messages in the queue, those in somebody's hands included. */
    public int waiting() {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    @Override
    public void close() {
        closing = true;
        agenda.close();
        sqs.close();
        server.stopAndWait();
    }
}
