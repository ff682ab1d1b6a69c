package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.builder.RouteBuilder;
import sallyport.ledger.Effects;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;

/** A ledger with lanes, nodes that send, and a partner that a test decides for. */
final class LaneStage implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(15);
    static final Duration LEASE = Duration.ofSeconds(30);

    final TestPolicy policy = new TestPolicy();
    /** Every claim that reached the partner's side, in order. */
    final Queue<LaneClaim> sent = new ConcurrentLinkedQueue<>();

    final TestLedger ledger = TestLedger.create();
    /** A node that only writes. */
    final LedgerNode writer = TestNode.node(ledger, policy, TestLedger.quick("writer", LEASE));

    /** What a partner makes of a claim; an exception is its failure. */
    @FunctionalInterface
    interface Partner {
        Effects take(LaneClaim claim) throws Exception;
    }

    LaneStage(int cases) {
        ledger.cases(cases);
    }

    TestNode start(String name, Partner partner) throws Exception {
        return TestNode.start(ledger, policy, name, new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:lanes/force").process(exchange -> {
                    LaneClaim claim = exchange.getMessage().getBody(LaneClaim.class);
                    sent.add(claim);
                    exchange.getMessage().setBody(partner.take(claim));
                });
            }
        });
    }

    void promise(String lane, long caseId, String messageId, String... channels) {
        TestNode.write(ledger, writer, TestLedger.promise(lane, caseId, messageId, channels));
    }

    /** Claims what is due as a node does that then does nothing about it. */
    List<LaneClaim> claim(int permits, Duration lease) {
        var claims = new LaneClaims(writer.database(), policy, "dead", Clock.systemUTC());
        Map<Outlet, Integer> wanted = new HashMap<>();
        claims.due(List.of(LaneFamily.FORCE)).forEach(due -> wanted.put(due.outlet(), permits));
        return claims.claim(wanted, lease).toSend();
    }

    String state(String messageId) {
        return ledger.text("SELECT state FROM lane_item WHERE message_id = ?", messageId);
    }

    String parked(long caseId) {
        return ledger.text(
                "SELECT coalesce(parked_reason || ' ' || parked_code, 'not parked') FROM lane_case WHERE case_id = ?",
                caseId);
    }

    long laneCase(long caseId) {
        return ledger.count("SELECT id FROM lane_case WHERE case_id = ?", caseId);
    }

    long item(String messageId) {
        return ledger.count("SELECT id FROM lane_item WHERE message_id = ?", messageId);
    }

    List<String> attempts(String messageId) {
        return ledger.jdbc.queryForList(
                """
                SELECT a.outcome || CASE WHEN a.asked THEN ' asked' ELSE '' END
                       || CASE WHEN a.may_have_reached THEN ' reached?' ELSE '' END
                  FROM attempt a JOIN lane_item i ON i.id = a.lane_item WHERE i.message_id = ? ORDER BY a.attempt_no
                """,
                String.class,
                messageId);
    }

    void awaitState(String messageId, String state) {
        await().atMost(SOON).untilAsserted(() -> assertThat(state(messageId)).isEqualTo(state));
    }

    void awaitAllDone() {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        ledger.count("SELECT count(*) FROM lane_item WHERE state NOT IN ('DONE', 'CANCELLED')"))
                .isZero());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
