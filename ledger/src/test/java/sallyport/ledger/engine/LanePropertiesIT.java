package sallyport.ledger.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.AfterUnknown;
import sallyport.ledger.Effect.CancelUnsent;
import sallyport.ledger.Effect.NotArrived;
import sallyport.ledger.Effect.Release;
import sallyport.ledger.Effect.SettleItem;
import sallyport.ledger.Effects;
import sallyport.ledger.Failure;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;

/**
 * Whatever happens in whatever order to two nodes, a partner and a person, nothing promised is lost, nothing is accepted twice and
 * each case's messages arrive in order (I1 to I3). The machine is the real one on a real database; only time and luck are made up.
 */
class LanePropertiesIT {

    private static final AtomicInteger RUN = new AtomicInteger();
    private static final int CASES = 3;

    private static TestLedger ledger;

    @BeforeContainer
    static void createDatabase() {
        ledger = TestLedger.create();
    }

    @AfterContainer
    static void closeDatabase() {
        ledger.close();
    }

    /** What may happen next. */
    enum Deed {
        PROMISE,
        CLAIM,
        /** A node looks at its lease, last thing before the first byte, and stands still until it is over. */
        FREEZE,
        THAW,
        SEND,
        COMMIT,
        CRASH,
        LEASES_END,
        RELEASE,
        CONFIRM,
        CANCEL,
        WITHDRAW,
        LOSE_PATIENCE
    }

    /** What a partner makes of bytes that are sent to it. */
    enum Luck {
        ACCEPTS,
        ACCEPTS_AND_DROPS,
        DROPS,
        IS_DOWN,
        REFUSES
    }

    /** One thing that happens; the numbers choose what it happens to. */
    record Event(Deed deed, Luck luck, int one, int other) {}

    @Provide
    Arbitrary<List<Event>> stories() {
        Arbitrary<Deed> deeds = Arbitraries.frequency(
                Tuple.of(6, Deed.PROMISE),
                Tuple.of(10, Deed.CLAIM),
                Tuple.of(4, Deed.FREEZE),
                Tuple.of(3, Deed.THAW),
                Tuple.of(12, Deed.SEND),
                Tuple.of(10, Deed.COMMIT),
                Tuple.of(3, Deed.CRASH),
                Tuple.of(4, Deed.LEASES_END),
                Tuple.of(3, Deed.RELEASE),
                Tuple.of(2, Deed.CONFIRM),
                Tuple.of(1, Deed.CANCEL),
                Tuple.of(1, Deed.WITHDRAW),
                Tuple.of(1, Deed.LOSE_PATIENCE));
        Arbitrary<Luck> lucks = Arbitraries.frequency(
                Tuple.of(6, Luck.ACCEPTS),
                Tuple.of(2, Luck.ACCEPTS_AND_DROPS),
                Tuple.of(2, Luck.DROPS),
                Tuple.of(3, Luck.IS_DOWN),
                Tuple.of(1, Luck.REFUSES));
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 11);
        return Combinators.combine(deeds, lucks, numbers, numbers)
                .as(Event::new)
                .list()
                .ofMinSize(30)
                .ofMaxSize(110)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void nothingIsLostDoubledOrOutOfOrder(
            @ForAll("stories") List<Event> story, @ForAll AfterUnknown afterUnknown, @ForAll boolean fallback) {
        var world = new World(RUN.incrementAndGet(), afterUnknown, fallback);
        for (Event event : story) {
            world.happens(event);
            world.holds();
        }
        world.endsWell();
    }

    /** One story's lane, its partner, and the two nodes that work on it. */
    private static final class World {

        private final String lane;
        private final long firstCase;
        private final String[] channels;
        private final TestPolicy policy = new TestPolicy();
        private final List<Node> nodes;
        private final LedgerNode person;
        /** What the partner holds, by message, in the order in which it was accepted. */
        private final Map<String, Long> held = new LinkedHashMap<>();

        private final List<String> accepted = new ArrayList<>();
        private final boolean dedupes;
        private int promised;

        World(int run, AfterUnknown afterUnknown, boolean fallback) {
            lane = "force:run-" + run;
            firstCase = 10L * run;
            for (int i = 0; i < CASES; i++) {
                ledger.jdbc.update(
                        "INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family)"
                                + " VALUES (?, ?, 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', '46', 'ASSAULT')",
                        firstCase + i,
                        TestLedger.reference(firstCase + i));
            }
            channels = fallback ? new String[] {"ihub", "mail"} : new String[] {"ihub"};
            policy.tries = 3;
            policy.wait = Duration.ZERO;
            policy.patience.put("ihub", Duration.ofMillis(1));
            dedupes = afterUnknown == AfterUnknown.RESEND;
            for (String channel : channels) {
                if (dedupes) {
                    policy.deduping.add(channel);
                } else if (afterUnknown == AfterUnknown.ASK) {
                    policy.asking.add(channel);
                }
            }
            nodes = List.of(new Node("a", policy), new Node("b", policy));
            person = TestNode.node(ledger, policy, TestLedger.quick("person", Duration.ofMinutes(5)));
        }

        void happens(Event event) {
            Node node = nodes.get(event.one() % nodes.size());
            switch (event.deed()) {
                case PROMISE -> promise(firstCase + event.other() % CASES);
                case CLAIM -> node.claim(lane, channels, 1 + event.other() % 3);
                case FREEZE ->
                    pick(event.other(), hand -> hand.waits() && !hand.leaseOver && !hand.claim.asks())
                            .ifPresent(hand -> {
                                hand.frozen = true;
                                leasesEnd();
                            });
                case THAW -> pick(event.other(), hand -> hand.frozen).ifPresent(hand -> send(hand, event.luck()));
                case SEND -> pick(event.other(), Hand::waits).ifPresent(hand -> send(hand, event.luck()));
                case COMMIT ->
                    pick(event.other(), hand -> hand.finished != null).ifPresent(Hand::commit);
                case CRASH -> node.hands.clear();
                case LEASES_END -> leasesEnd();
                case RELEASE ->
                    parked(event.other(), false)
                            .ifPresent(laneCase -> TestNode.write(ledger, person, new Release("lane/" + laneCase)));
                case CONFIRM ->
                    parked(event.other(), true)
                            .ifPresent(laneCase ->
                                    TestNode.write(ledger, person, new SettleItem(laneCase, head(laneCase), true)));
                case CANCEL ->
                    parked(event.other(), false)
                            .ifPresent(laneCase ->
                                    TestNode.write(ledger, person, new SettleItem(laneCase, head(laneCase), false)));
                case WITHDRAW ->
                    TestNode.write(
                            ledger, person, new CancelUnsent(firstCase + event.other() % CASES, LaneFamily.FORCE));
                case LOSE_PATIENCE -> {
                    ledger.jdbc.update(
                            "UPDATE lane_case SET patience_until = now() WHERE lane = ? AND patience_until IS NOT NULL",
                            lane);
                    new LanePatience(
                                    person.database(),
                                    new LaneRows(person.database()),
                                    () -> List.of(LaneFamily.FORCE),
                                    () -> {})
                            .lose();
                }
            }
        }

        /** Of what both nodes have in hand. */
        private Optional<Hand> pick(int number, Predicate<Hand> which) {
            var fitting = nodes.stream()
                    .flatMap(node -> node.hands.stream())
                    .filter(which)
                    .toList();
            return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(number % fitting.size()));
        }

        private void promise(long caseId) {
            TestNode.write(ledger, person, TestLedger.promise(lane, caseId, lane + "-" + promised++, channels));
        }

        /**
         * The lease is looked at right before a byte leaves: what outlived its lease sends nothing, unless the node stood still
         * between the look and the byte.
         */
        private void send(Hand hand, Luck luck) {
            LaneClaim claim = hand.claim;
            boolean looked = hand.frozen;
            hand.frozen = false;
            if (hand.leaseOver && !looked) {
                hand.finished = failed(claim, Failure.Kind.UNAVAILABLE, "lease-expired");
            } else if (claim.asks()) {
                hand.finished = switch (luck) {
                    case IS_DOWN, DROPS -> failed(claim, Failure.Kind.UNAVAILABLE, "down");
                    case REFUSES -> failed(claim, Failure.Kind.UNKNOWN, "cannot-tell");
                    case ACCEPTS, ACCEPTS_AND_DROPS ->
                        Finished.done(
                                claim,
                                held.containsKey(claim.messageId()) ? Effects.none() : Effects.of(new NotArrived()));
                };
            } else {
                hand.finished = switch (luck) {
                    case ACCEPTS -> {
                        accept(claim);
                        yield Finished.done(claim, Effects.none());
                    }
                    case ACCEPTS_AND_DROPS -> {
                        accept(claim);
                        yield failed(claim, Failure.Kind.UNKNOWN, "no-answer");
                    }
                    case DROPS -> failed(claim, Failure.Kind.UNKNOWN, "no-answer");
                    case IS_DOWN -> failed(claim, Failure.Kind.UNAVAILABLE, "down");
                    // A partner that has it already says so; it refuses only what it does not hold.
                    case REFUSES ->
                        dedupes && held.containsKey(claim.messageId())
                                ? Finished.done(claim, Effects.none())
                                : failed(claim, Failure.Kind.REJECTED, "refused");
                };
            }
        }

        private void accept(LaneClaim claim) {
            if (dedupes && held.containsKey(claim.messageId())) {
                return;
            }
            accepted.add(claim.messageId());
            held.put(claim.messageId(), claim.referralCase().id());
        }

        private static Finished failed(LaneClaim claim, Failure.Kind kind, String code) {
            return Finished.failed(claim, new Failure(kind, code, null, "as the story goes", null));
        }

        private void leasesEnd() {
            ledger.jdbc.update(
                    """
                    UPDATE lane_case c SET next_at = now() - interval '1 second'
                      FROM lane_item i WHERE i.id = c.head_item AND c.lane = ? AND i.state IN ('SENDING', 'ASKING')
                    """,
                    lane);
            nodes.forEach(node -> node.hands.forEach(hand -> hand.leaseOver = true));
        }

        /**
         * A parked case that a person would treat so: what the partner holds is confirmed; what it does not hold, and no node that
         * stands still may yet send, is not.
         */
        private Optional<Long> parked(int pick, boolean heldByPartner) {
            List<Map<String, Object>> rows = ledger.jdbc.queryForList(
                    """
                    SELECT c.id, i.message_id FROM lane_case c JOIN lane_item i ON i.id = c.head_item
                     WHERE c.lane = ? AND c.parked_reason IS NOT NULL ORDER BY c.id
                    """,
                    lane);
            var fitting = rows.stream()
                    .filter(row -> held.containsKey(row.get("message_id")) == heldByPartner)
                    .filter(row -> heldByPartner || !mayStillBeSent(row.get("message_id")))
                    .toList();
            return fitting.isEmpty()
                    ? Optional.empty()
                    : Optional.of((Long) fitting.get(pick % fitting.size()).get("id"));
        }

        private boolean mayStillBeSent(Object messageId) {
            return pick(0, hand -> hand.frozen && hand.claim.messageId().equals(messageId))
                    .isPresent();
        }

        private static long head(long laneCase) {
            return ledger.count("SELECT head_item FROM lane_case WHERE id = ?", laneCase);
        }

        /** At any moment: nothing twice, nothing out of order, nothing called done or cancelled that is not. */
        void holds() {
            assertThat(accepted).as("accepted once each").doesNotHaveDuplicates();
            Map<Long, Integer> last = new HashMap<>();
            held.forEach((message, caseId) -> {
                int seq = (int) ledger.count("SELECT seq FROM lane_item WHERE message_id = ?", message);
                assertThat(seq).as(message + " in order").isGreaterThan(last.getOrDefault(caseId, 0));
                last.put(caseId, seq);
            });
            ledger.jdbc.query(
                    """
                    SELECT i.message_id, i.state FROM lane_item i JOIN lane_case c ON c.id = i.lane_case
                     WHERE c.lane = ? AND i.state IN ('DONE', 'CANCELLED')
                    """,
                    row -> {
                        assertThat(held.containsKey(row.getString("message_id")))
                                .as(row.getString("message_id") + " is " + row.getString("state"))
                                .isEqualTo(row.getString("state").equals("DONE"));
                    },
                    lane);
        }

        /** All trouble over, and a person who finds out the truth: everything promised is done, or cancelled, and nothing waits. */
        void endsWell() {
            for (int round = 0; round < 200; round++) {
                leasesEnd();
                nodes.forEach(node -> node.hands.clear());
                Node node = nodes.get(round % nodes.size());
                node.claim(lane, channels, 10);
                for (Hand hand : List.copyOf(node.hands)) {
                    send(hand, Luck.ACCEPTS);
                    hand.commit();
                }
                parked(0, true)
                        .ifPresent(laneCase ->
                                TestNode.write(ledger, person, new SettleItem(laneCase, head(laneCase), true)));
                parked(0, false).ifPresent(laneCase -> TestNode.write(ledger, person, new Release("lane/" + laneCase)));
                holds();
                if (unfinished() == 0) {
                    break;
                }
            }
            assertThat(unfinished()).as("still to do").isZero();
            Map<String, Long> states = new TreeMap<>();
            ledger.jdbc.query(
                    "SELECT i.state, count(*) AS n FROM lane_item i JOIN lane_case c ON c.id = i.lane_case"
                            + " WHERE c.lane = ? GROUP BY i.state",
                    row -> {
                        states.put(row.getString("state"), row.getLong("n"));
                    },
                    lane);
            assertThat(states.keySet()).isSubsetOf("DONE", "CANCELLED");
            assertThat(states.getOrDefault("DONE", 0L)).isEqualTo(held.size());
            assertThat(states.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(promised);
        }

        private long unfinished() {
            return ledger.count("SELECT count(*) FROM lane_case WHERE lane = ? AND head_item IS NOT NULL", lane);
        }
    }

    /** A node, and what it has in hand: claims that it may send, answer, forget, or come back to too late. */
    private static final class Node {

        private final LedgerNode node;
        private final LaneClaims claims;
        private final List<Hand> hands = new ArrayList<>();

        Node(String name, TestPolicy policy) {
            node = TestNode.node(ledger, policy, TestLedger.quick(name, Duration.ofMinutes(5)));
            claims = new LaneClaims(node.database(), policy, name, Clock.systemUTC());
        }

        void claim(String lane, String[] channels, int permits) {
            Map<Outlet, Integer> wanted = new HashMap<>();
            for (String channel : channels) {
                wanted.put(new Outlet(lane, channel), permits);
            }
            claims.claim(wanted, Duration.ofMinutes(5)).toSend().forEach(claim -> hands.add(new Hand(this, claim)));
        }
    }

    /** A claim in a node's hand. */
    private static final class Hand {

        private final Node node;
        private final LaneClaim claim;
        private @Nullable Finished finished;
        private boolean frozen;
        private boolean leaseOver;

        Hand(Node node, LaneClaim claim) {
            this.node = node;
            this.claim = claim;
        }

        boolean waits() {
            return finished == null && !frozen;
        }

        /** In time, or much too late. */
        void commit() {
            node.node.committer().commit(List.of(requireNonNull(finished)));
            node.hands.remove(this);
        }
    }
}
