package sallyport.bench;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * The hub against the loop, in turns, so that what the machine does besides falls on all three alike: intake and delivery of each for
 * half a round, the median of the ratios at the end.
 */
final class Rounds {

    private static final String BY_HAND = "by-hand-force-";
    private static final String BY_HAND_FAMILY = "BY_HAND";
    private static final int MOST_A_SECOND = 2500;
    /** Handed over and not fetched; and handed over and not at its end, of which the tracker's rows wait a while on purpose. */
    private static final int MOST_UNFETCHED = 400;

    private static final int MOST_UNTOLD = 2000;
    private static final int HINTS = 10;

    /** Every other report opens a case, which the tracker is told of. */
    private static final int REPORTS_A_ROW = 2;

    private final Stage stage;
    private final Backlog backlog;
    private final Duration half;
    private final AtomicInteger next;
    private final ActiveMQConnectionFactory broker;

    /** @param first the first report number that nobody used yet */
    Rounds(Stage stage, Duration half, int first) throws Exception {
        this.stage = stage;
        this.half = half;
        this.next = new AtomicInteger(first);
        this.backlog = new Backlog(stage.ledger().connection(), stage.forces(), stage.aRendering());
        for (String destination : List.of("feed", "tracker")) {
            backlog.lane("by-hand-" + destination, BY_HAND_FAMILY, true);
        }
        this.broker = new ActiveMQConnectionFactory(stage.brokerUrl());
        broker.setConfirmationWindowSize(1 << 20);
        broker.setProducerWindowSize(-1);
    }

    /** Units a second: events taken in and judged, packages delivered. */
    record Speed(double intake, double delivery) {

        /** Of cases that are both taken in and delivered. */
        double both() {
            return 1 / (1 / intake + 1 / delivery);
        }

        @Override
        public String toString() {
            return "%.0f intake/s, %.0f delivery/s, %.0f both/s".formatted(intake, delivery, both());
        }
    }

    /** What each of the three reached in one round. */
    private record Round(Speed hub, Speed oneByOne, Speed batched) {

        void say(String name) {
            Bench.say(name, "hub " + hub);
            Bench.say("", "one by one " + oneByOne);
            Bench.say("", "batched " + batched);
        }
    }

    void run(int rounds) throws Exception {
        // Both run for months in life: what they do in their first minute, while their code is compiled, is not
        // counted.
        round().say("not counted");
        List<Double> oneByOne = new ArrayList<>();
        List<Double> batched = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            Round round = round();
            round.say("round " + number);
            oneByOne.add(round.hub.both() / round.oneByOne.both());
            batched.add(round.hub.both() / round.batched.both());
        }
        System.out.printf("ratio one-by-one: %.2f%n", median(oneByOne));
        System.out.printf("ratio batched: %.2f%n", median(batched));
    }

    private Round round() throws Exception {
        Speed hub = new Speed(hubIntake(), hubDelivery(half));
        stage.chains(false);
        Speed one = byHand(1, half);
        Speed hundred = byHand(100, half);
        stage.chains(true);
        stage.rest();
        return new Round(hub, one, hundred);
    }

    private double hubIntake() throws Exception {
        QuickPartner partner = stage.quick();
        int givenBefore = partner.reportsGiven();
        int takenBefore = partner.rowsTaken();
        int handed = 0;
        OffsetDateTime from = stage.ledger().now();
        long start = System.nanoTime();
        while (System.nanoTime() - start < half.toNanos()) {
            // As the queue's consumer hands them over, and no faster than they are worked off: by what the partner saw,
            // since a
            // look into the ledger costs the hub what it is measured by.
            if (handed - (partner.reportsGiven() - givenBefore) < MOST_UNFETCHED
                    && handed - REPORTS_A_ROW * (partner.rowsTaken() - takenBefore) < MOST_UNTOLD) {
                stage.hint(next.getAndAdd(HINTS), HINTS);
                handed += HINTS;
            } else {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        OffsetDateTime to = stage.ledger().now();
        double seconds = (System.nanoTime() - start) / 1e9;
        stage.rest();
        // What is not told is not done.
        long told = REPORTS_A_ROW * stage.ledger().sent("tracker", from, to);
        return Math.min(stage.ledger().judged(from, to), told) / seconds;
    }

    private double hubDelivery(Duration length) throws Exception {
        backlog.fill("force:", "FORCE", (int) (MOST_A_SECOND * length.toSeconds()));
        OffsetDateTime from = stage.ledger().now();
        long start = System.nanoTime();
        backlog.open("force:", "FORCE");
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        OffsetDateTime to = stage.ledger().now();
        double seconds = (System.nanoTime() - start) / 1e9;
        backlog.shut("force:", "FORCE");
        stage.rest();
        stage.ledger().forget("force:");
        // A delivery is done when the force, the team and the tracker have been told.
        long delivered = Long.MAX_VALUE;
        for (String lanes : List.of("force:", "feed:", "tracker")) {
            delivered = Math.min(delivered, stage.ledger().sent(lanes, from, to));
        }
        return delivered / seconds;
    }

    private Speed byHand(int size, Duration length) throws Exception {
        double intake =
                HandLoop.perSecond(thread -> new HandIntake(stage.database(), stage.partner(), next, size), length);
        backlog.fill(BY_HAND, BY_HAND_FAMILY, (int) (MOST_A_SECOND * length.toSeconds()));
        List<String> lanes = backlog.lanes(BY_HAND);
        double delivery = HandLoop.perSecond(
                thread -> new HandDelivery(
                        stage.database(),
                        stage.partner(),
                        broker,
                        stage.brokerUser(),
                        stage.brokerPassword(),
                        lanes.get(thread),
                        size),
                length);
        stage.ledger().forget(BY_HAND);
        return new Speed(intake, delivery);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
