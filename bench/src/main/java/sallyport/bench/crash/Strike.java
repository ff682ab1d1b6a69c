package sallyport.bench.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.FaultPoint;

/**
 * One blow of the schedule.
 *
 * @param hub which of the two is struck; the other one works on
 * @param point where a halt strikes
 * @param nth when it is passed for this time
 * @param after how long the installation works before it, in milliseconds
 */
record Strike(Kind kind, int hub, @Nullable FaultPoint point, int nth, int after) {

    /** Nobody drops files here: DropKillIT strikes that point. */
    static final List<FaultPoint> POINTS = Stream.of(FaultPoint.values())
            .filter(point -> point != FaultPoint.DROP_COMMITTED)
            .toList();

    /** What is done. */
    enum Kind {
        /** {@code kill -9} at any moment. */
        KILL(6),
        /** The process ends at a named point. */
        HALT(0),
        /** It freezes at a named point past its leases, and is thawed. */
        HALT_FROZEN(1),
        /** It freezes at any moment past its leases, and is thawed. */
        FREEZE(1),
        /** Both hubs at once. */
        BOTH(2),
        /** One freezes past its leases, the other is killed meanwhile; the frozen one is thawed. */
        FREEZE_AND_KILL(1),
        /** PostgreSQL stops as at a power cut. */
        DATABASE(2),
        BROKER(2),
        /** Forces take what is sent and break the connection; in the middle of it the hub is killed. */
        DROP(1),
        /** The ledger's disk is full for a while; in the middle of it the hub is killed. */
        DISK_FULL(1),
        /** A life with a clock that is wrong by minutes, and its end. */
        CLOCK(1);

        private final int inADeck;

        /** Struck while the other one is still starting, it would strike an installation that stands still anyway. */
        boolean needsBoth() {
            return this != HALT && this != KILL && this != CLOCK;
        }

        Kind(int inADeck) {
            this.inADeck = inADeck;
        }
    }

    /** The same seed gives the same schedule: decks of all kinds and all points, each shuffled. */
    static List<Strike> schedule(long seed, int strikes) {
        Random random = new Random(seed);
        List<Strike> schedule = new ArrayList<>();
        while (schedule.size() < strikes) {
            List<Strike> deck = deck(random);
            Collections.shuffle(deck, random);
            schedule.addAll(deck);
        }
        return schedule.subList(0, strikes);
    }

    private static List<Strike> deck(Random random) {
        List<Strike> deck = new ArrayList<>();
        for (FaultPoint point : POINTS) {
            deck.add(of(Kind.HALT, point, random));
        }
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.inADeck; i++) {
                FaultPoint point = kind == Kind.HALT_FROZEN ? POINTS.get(random.nextInt(POINTS.size())) : null;
                deck.add(of(kind, point, random));
            }
        }
        return deck;
    }

    private static Strike of(Kind kind, @Nullable FaultPoint point, Random random) {
        return new Strike(kind, random.nextInt(2), point, 1 + random.nextInt(4), random.nextInt(1500));
    }

    @Override
    public String toString() {
        return kind + (point == null ? "" : " " + point + ":" + nth);
    }
}
