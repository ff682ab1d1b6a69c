package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Claim;
import sallyport.ledger.Effect.AdvancePoll;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Effects;
import sallyport.ledger.PollClaim;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;

/** Several nodes, and one source that each of them could ask: a mailbox, say. */
class PollSourcesIT {

    private static final String MAILBOX = SourceKey.TELEPHONE_MAILS;
    private static final Duration LEASE = Duration.ofSeconds(1);

    private TestLedger ledger;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        ledger.jdbc.update("INSERT INTO poll_source (system, stream, cursor) VALUES (?, 'mailbox', '0')", MAILBOX);
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void twoNodesAskItInTurnAndNeverAtOnce() throws Exception {
        var inside = new AtomicInteger();
        var mostInside = new AtomicInteger();
        var runs = new AtomicInteger();
        Set<String> asked = ConcurrentHashMap.newKeySet();
        try (TestNode one = node("one", inside, mostInside, runs, asked);
                TestNode two = node("two", inside, mostInside, runs, asked)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> runs.get() >= 20 && asked.size() == 2);
        }

        assertThat(mostInside).hasValue(1);
        assertThat(ledger.count("SELECT cursor::int FROM poll_source"))
                .as("each run began where the one before it had ended")
                .isBetween((long) runs.get() - 2, (long) runs.get());
    }

    private TestNode node(
            String name, AtomicInteger inside, AtomicInteger mostInside, AtomicInteger runs, Set<String> asked)
            throws Exception {
        return TestNode.start(ledger, new TestPolicy(), name, new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:polls/" + MAILBOX)
                        .process(exchange -> mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max))
                        // Time enough for another to be inside, too.
                        .delay(20)
                        .process(exchange -> {
                            asked.add(name);
                            PollClaim poll = exchange.getProperty(Claim.PROPERTY, PollClaim.class);
                            int cursor = Integer.parseInt(poll.cursor());
                            inside.decrementAndGet();
                            runs.incrementAndGet();
                            exchange.getMessage()
                                    .setBody(Effects.of(
                                            new AdvancePoll(Integer.toString(cursor + 1), Duration.ofMillis(30))));
                        });
            }
        });
    }

    /** It has read, and is frozen before its commit: the other reads the same again, and only what that one commits counts. */
    @Test
    void whatANodeReadBeforeItWasFrozenIsReadByTheOtherAndNothingIsDoubled() {
        LedgerNode frozen = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", LEASE));
        LedgerNode other = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("two", LEASE));
        PollClaim first = claim(frozen).get(0);
        assertThat(claim(other)).isEmpty();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> ledger.count("SELECT count(*) FROM poll_source WHERE next_at <= now()") == 1);
        PollClaim second = claim(other).get(0);
        assertThat(second.cursor()).as("the mark is where it was").isEqualTo(first.cursor());
        other.committer().commit(List.of(Finished.done(second, mail("7/2/2/"))));
        frozen.committer().commit(List.of(Finished.done(first, mail("7/1/1/"))));

        assertThat(ledger.text("SELECT cursor FROM poll_source")).isEqualTo("7/2/2/");
        assertThat(ledger.count("SELECT count(*) FROM source_version")).isEqualTo(1);
        assertThat(ledger.count("SELECT requested FROM work")).isEqualTo(1);
    }

    /** Its mails are committed and not put away; with another UIDVALIDITY they are all read once more. */
    @Test
    void aMailThatIsReadAgainIsNoOtherMail() {
        LedgerNode node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
        for (String mark : List.of("7/1/1/", "8/4/4/")) {
            node.committer().commit(List.of(Finished.done(claim(node).get(0), mail(mark))));
        }

        assertThat(ledger.text("SELECT cursor FROM poll_source")).isEqualTo("8/4/4/");
        assertThat(ledger.count("SELECT count(*) FROM source_version")).isEqualTo(1);
        assertThat(ledger.count("SELECT requested FROM work")).isEqualTo(1);
    }

    private List<PollClaim> claim(LedgerNode node) {
        return new PollRows(node.database())
                .claim(Map.of(MAILBOX, 1), node.properties().workLease());
    }

    private static Effects mail(String mark) {
        return Effects.of(
                new StoreSource(
                        new SourceKey(MAILBOX, "m-1"),
                        "whole".getBytes(),
                        null,
                        null,
                        false,
                        Instant.now(),
                        "imap://x",
                        null,
                        null,
                        Step.TELEPHONE_MAIL),
                new AdvancePoll(mark, Duration.ZERO));
    }
}
