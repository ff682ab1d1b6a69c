package sallyport.connectors.prison.domainevents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.connectors.contract.HostileServer;
import sallyport.connectors.wire.Unavailable;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a real queue server cannot be told to do. */
final class EventQueueIT {

    private static final String CANARY = "canary-4f1c";

    private final WireMockServer partner =
            new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
    private final DomainEventsHealth health = new DomainEventsHealth();

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "x");
        System.setProperty("aws.secretAccessKey", "x");
    }

    @AfterAll
    static void noCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @BeforeEach
    void start() {
        partner.start();
        answer("GetQueueUrl", "{\"QueueUrl\":\"http://localhost:" + partner.port() + "/000000000000/events\"}");
    }

    @AfterEach
    void stop() {
        partner.stop();
    }

    @Test
    void whatCouldNotBeDeletedIsTriedAgainAndNothingElse() {
        partner.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("AmazonSQS.DeleteMessageBatch"))
                .inScenario("delete")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("once")
                .willReturn(json("{\"Successful\":[{\"Id\":\"0\"},{\"Id\":\"2\"}],\"Failed\":[{\"Id\":\"1\","
                        + "\"Code\":\"InternalError\",\"SenderFault\":false}]}")));
        partner.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("AmazonSQS.DeleteMessageBatch"))
                .inScenario("delete")
                .whenScenarioStateIs("once")
                .willReturn(json("{\"Successful\":[{\"Id\":\"0\"}],\"Failed\":[]}")));
        try (EventQueue queue = queue(address())) {
            assertThat(queue.delete(List.of(message("a"), message("b"), message("c"))))
                    .isZero();
        }
        partner.verify(1, deletions("3"));
        partner.verify(1, deletions("1").withRequestBody(matchingJsonPath("$.Entries[0].ReceiptHandle", equalTo("b"))));
    }

    @Test
    void whatCanNeverBeDeletedIsCountedAndLeft() {
        answer(
                "DeleteMessageBatch",
                "{\"Successful\":[],\"Failed\":[{\"Id\":\"0\",\"Code\":\"InternalError\",\"SenderFault\":false}]}");
        try (EventQueue queue = queue(address())) {
            assertThat(queue.delete(List.of(message("a")))).isEqualTo(1);
        }
        partner.verify(3, deletions("1"));
    }

    @ParameterizedTest
    @CsvSource({"403,forbidden", "500,http-500", "503,http-503"})
    void aRefusalIsUnavailableAndIsNotRepeatedByTheLibrary(int status, String code) {
        partner.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("AmazonSQS.ReceiveMessage"))
                .willReturn(aResponse().withStatus(status).withBody("{\"message\":\"" + CANARY + "\"}")));
        failsToReceive(address(), code);
        partner.verify(
                1, postRequestedFor(urlEqualTo("/")).withHeader("X-Amz-Target", equalTo("AmazonSQS.ReceiveMessage")));
    }

    @Test
    void anUnknownQueueIsNamedAsThat() {
        partner.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("AmazonSQS.GetQueueUrl"))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")
                        .withBody("{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"x\"}")));
        failsToReceive(address(), "no-such-queue");
    }

    @Test
    void garbageIsUnavailable() {
        answer("ReceiveMessage", "<html>" + CANARY);
        failsToReceive(address(), "no-answer");
    }

    @Test
    void anAcceptedAndDroppedRequestIsNotRepeatedByTheLibrary() throws Exception {
        try (HostileServer server = new HostileServer(null, HostileServer.acceptsThenDrops())) {
            failsToReceive(server.address(), "no-answer");
            assertThat(server.arrivals()).isEqualTo(1);
        }
    }

    @Test
    void silenceEndsWithTheTimeOut() throws Exception {
        try (HostileServer server = new HostileServer(null, HostileServer.saysNothing())) {
            long before = System.nanoTime();
            failsToReceive(server.address(), null);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private void failsToReceive(URI address, @Nullable String code) {
        try (EventQueue queue = queue(address)) {
            assertThatThrownBy(queue::receive).isInstanceOfSatisfying(Unavailable.class, failure -> {
                if (code != null) {
                    assertThat(failure.code()).isEqualTo(code);
                }
                assertThat(failure).hasNoCause();
                assertThat(failure.getMessage()).doesNotContain(CANARY);
            });
        }
        assertThat(health.problem()).isPresent();
    }

    private RequestPatternBuilder deletions(String size) {
        return postRequestedFor(urlEqualTo("/"))
                .withHeader("X-Amz-Target", equalTo("AmazonSQS.DeleteMessageBatch"))
                .withRequestBody(matchingJsonPath("$.Entries.length()", equalTo(size)));
    }

    private void answer(String operation, String body) {
        partner.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("AmazonSQS." + operation))
                .willReturn(json(body)));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withHeader("Content-Type", "application/x-amz-json-1.0")
                .withBody(body);
    }

    private URI address() {
        return URI.create("http://localhost:" + partner.port());
    }

    private EventQueue queue(URI address) {
        return new EventQueue(
                new DomainEventsProperties(
                        address,
                        "events",
                        "eu-west-2",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        1,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1)),
                "events",
                health);
    }

    private static Message message(String receipt) {
        return Message.builder().receiptHandle(receipt).build();
    }
}
