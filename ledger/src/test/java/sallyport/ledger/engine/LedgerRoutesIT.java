package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseState;
import sallyport.ledger.Disposition;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.Decide;
import sallyport.ledger.Effect.Dispose;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Effects;
import sallyport.ledger.Hints.Hint;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.TriageWork;

class LedgerRoutesIT {

    private final TestPolicy policy = new TestPolicy();
    private TestLedger ledger;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void carriesAHintThroughFetchAndTriageToADelivery() throws Exception {
        Queue<LaneClaim> sent = new ConcurrentLinkedQueue<>();
        var routes = new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:incident-fetch").routeId("fetch").process(exchange -> {
                    var key = new SourceKey(
                            SourceKey.INCIDENTS, exchange.getMessage().getBody(String.class));
                    exchange.getMessage()
                            .setBody(Effects.of(new StoreSource(
                                    key,
                                    "{\"report\":1}".getBytes(),
                                    "2026-03-01T10:00:00",
                                    Instant.parse("2026-03-01T10:00:00Z"),
                                    false,
                                    Instant.now(),
                                    "http://incidents",
                                    "MDI",
                                    null,
                                    Step.TRIAGE)));
                });
                from("ledger:triage").routeId("triage").process(exchange -> {
                    var work = exchange.getMessage().getBody(TriageWork.class);
                    var opened = TestLedger.referralCase(7);
                    exchange.getMessage()
                            .setBody(Effects.of(
                                    new OpenCase(opened),
                                    new LinkRecord(7, work.key()),
                                    new Dispose(work.key(), Disposition.CASE),
                                    new Decide(
                                            7L,
                                            work.key(),
                                            work.report().id(),
                                            "TRIAGE",
                                            "MANDATORY",
                                            "r1",
                                            "A1",
                                            "{}",
                                            "rules",
                                            null),
                                    new ChangeCase(opened.withState(CaseState.IN_PROGRESS)),
                                    TestLedger.promise("force:46", 7, "m-7")));
                });
                from("ledger:lanes/force").routeId("force").process(exchange -> {
                    sent.add(exchange.getMessage().getBody(LaneClaim.class));
                    exchange.getMessage().setBody(Effects.none());
                });
            }
        };
        try (var node = TestNode.start(ledger, policy, "one", routes)) {
            new LedgerHints(node.node)
                    .record(List.of(new Hint(
                            "e-1",
                            "incident.report.created",
                            "r-1",
                            "{}".getBytes(),
                            null,
                            List.of(RequestWork.now(Step.INCIDENT_FETCH, "r-1")))));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ledger.count("SELECT count(*) FROM lane_item WHERE state = 'DONE'"))
                            .isEqualTo(1));
        }
        assertThat(sent).singleElement().satisfies(claim -> {
            assertThat(claim.messageId()).isEqualTo("m-7");
            assertThat(claim.destination()).isEqualTo("46");
            assertThat(claim.bytes()).asString().isEqualTo("m-7 by ihub");
            assertThat(claim.referralCase().state()).isEqualTo(CaseState.IN_PROGRESS);
        });
        assertThat(ledger.text("SELECT disposition FROM source_record")).isEqualTo("CASE");
        assertThat(ledger.count("SELECT count(*) FROM work WHERE requested > done"))
                .isZero();
        assertThat(ledger.text("SELECT outcome FROM attempt")).isEqualTo("ACCEPTED");
    }
}
