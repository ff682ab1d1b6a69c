package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.Effects;
import sallyport.ledger.Step;

/** How fast the machinery itself is: trivial steps, durability on. Prints figures; asserts only that nothing is lost. */
class ThroughputIT {

    private static final int ROWS = 5000;

    @Test
    void trivialStepsPerSecond() throws Exception {
        for (int concurrency : new int[] {8, 100}) {
            try (var ledger = TestLedger.create()) {
                ledger.jdbc.update(
                        "INSERT INTO work (step, key) SELECT 'incident-fetch', i::text FROM generate_series(1, ?) i",
                        ROWS);
                long from = System.nanoTime();
                try (var node = TestNode.start(ledger, new TestPolicy(), "one", new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("ledger:incident-fetch?concurrency=" + concurrency)
                                .process(exchange -> exchange.getMessage()
                                        .setBody(Effects.of(
                                                RequestWork.now(
                                                        Step.TRIAGE,
                                                        exchange.getMessage().getBody(String.class)),
                                                new Tally("steps", 1))));
                    }
                })) {
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> ledger.count(
                                            "SELECT count(*) FROM work WHERE step = 'incident-fetch' AND requested > done")
                                    == 0);
                }
                double seconds = (System.nanoTime() - from) / 1e9;
                System.out.printf(
                        "steps with %d at once, each asking for another: %,.0f a second%n",
                        concurrency, ROWS / seconds);
                assertThat(ledger.count("SELECT n FROM tally")).isEqualTo(ROWS);
                assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'triage' AND requested = 1"))
                        .isEqualTo(ROWS);
            }
        }
    }

    @Test
    void trivialSendsPerSecond() throws Exception {
        try (var ledger = TestLedger.create()) {
            ledger.cases(ROWS);
            var policy = new TestPolicy();
            var writer = TestNode.node(ledger, policy, TestLedger.quick("writer", Duration.ofSeconds(30)));
            for (int i = 1; i <= ROWS; i += 100) {
                var effects = Effects.none();
                for (int c = i; c < i + 100; c++) {
                    effects = effects.and(TestLedger.promise("force:" + c % 39, c, "m-" + c));
                }
                TestNode.write(ledger, writer, effects);
            }
            long from = System.nanoTime();
            try (var node = TestNode.start(ledger, policy, "one", new RouteBuilder() {
                @Override
                public void configure() {
                    from("ledger:lanes/force")
                            .process(exchange -> exchange.getMessage().setBody(Effects.none()));
                }
            })) {
                await().atMost(Duration.ofSeconds(120))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> ledger.count("SELECT count(*) FROM lane_item WHERE state <> 'DONE'") == 0);
            }
            System.out.printf("sends with 16 at once: %,.0f a second%n", ROWS / ((System.nanoTime() - from) / 1e9));
            assertThat(ledger.count("SELECT count(*) FROM attempt WHERE outcome = 'ACCEPTED'"))
                    .isEqualTo(ROWS);
        }
    }
}
