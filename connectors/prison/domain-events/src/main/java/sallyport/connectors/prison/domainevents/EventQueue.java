package sallyport.connectors.prison.domainevents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Unavailable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** One queue, asked without repeats of its own; what fails is {@link Unavailable}. */
final class EventQueue implements AutoCloseable {

    static final int BATCH = 10;

    private static final int TRIES_TO_DELETE = 3;

    private final SqsClient sqs;
    private final String name;
    private final Duration poll;
    private final DomainEventsHealth health;
    private volatile @Nullable String address;

    EventQueue(DomainEventsProperties properties, String name, DomainEventsHealth health) {
        this.name = name;
        this.poll = properties.poll();
        this.health = health;
        Duration answer = properties.poll().plus(properties.timeout());
        this.sqs = SqsClient.builder()
                .endpointOverride(properties.url())
                .region(Region.of(properties.region()))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(properties.connectTimeout())
                        .socketTimeout(answer)
                        .maxConnections(properties.pollers() + 2))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(answer).retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** Waits for messages; attributes are not asked for, so none can become a header. */
    List<Message> receive() {
        return ask(queue -> sqs.receiveMessage(request ->
                        request.queueUrl(queue).maxNumberOfMessages(BATCH).waitTimeSeconds((int) poll.toSeconds()))
                .messages());
    }

    /** Returns how many could not be deleted: they come again. */
    int delete(List<Message> messages) {
        List<Message> left = messages;
        for (int attempt = 0; attempt < TRIES_TO_DELETE && !left.isEmpty(); attempt++) {
            left = deleteOnce(left);
        }
        return left.size();
    }

    private List<Message> deleteOnce(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(String.valueOf(i))
                    .receiptHandle(messages.get(i).receiptHandle())
                    .build());
        }
        return ask(queue ->
                sqs.deleteMessageBatch(request -> request.queueUrl(queue).entries(entries)).failed().stream()
                        .map(failed -> messages.get(Integer.parseInt(failed.id())))
                        .toList());
    }

    /** Makes messages visible again at once, instead of when their time is up. */
    void giveBack(List<Message> messages) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(String.valueOf(i))
                    .receiptHandle(messages.get(i).receiptHandle())
                    .visibilityTimeout(0)
                    .build());
        }
        ask(queue -> sqs.changeMessageVisibilityBatch(
                request -> request.queueUrl(queue).entries(entries)));
    }

    private <T> T ask(Function<String, T> question) {
        return health.observe(() -> {
            try {
                return question.apply(address());
            } catch (SdkException | IllegalStateException failure) {
                // A closed connection pool answers with the latter.
                throw failure instanceof SdkException sdk
                        ? DomainEventsFaults.of(sdk)
                        : new Unavailable("closed", name, null, null);
            }
        });
    }

    private String address() {
        String known = address;
        if (known == null) {
            known = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
            address = known;
        }
        return known;
    }

    @Override
    public void close() {
        sqs.close();
    }
}
