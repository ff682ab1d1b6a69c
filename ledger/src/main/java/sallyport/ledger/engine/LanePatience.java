package sallyport.ledger.engine;

import static java.util.stream.Collectors.partitioningBy;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.LaneFamily;

/**
 * Turns to the next channel what the one whose turn it is has kept waiting too long, and parks what has no other: also behind an
 * open breaker, where nothing is claimed and so no ladder is climbed. What may have reached the partner stays with its channel.
 * Lanes and routes that an operator suspended run no clock.
 */
final class LanePatience {

    private static final Logger log = LoggerFactory.getLogger(LanePatience.class);

    private static final int MOST = 500;

    private final Database database;
    private final LaneRows lanes;
    private final Supplier<? extends Collection<LaneFamily>> families;
    private final Runnable wake;

    LanePatience(
            Database database, LaneRows lanes, Supplier<? extends Collection<LaneFamily>> families, Runnable wake) {
        this.database = database;
        this.lanes = lanes;
        this.families = families;
        this.wake = wake;
    }

    /** Returns how many were turned or parked. */
    int lose() {
        Collection<LaneFamily> claimed = families.get();
        if (claimed.isEmpty()) {
            return 0;
        }
        int all = 0;
        List<LaneRows.Overdue> some;
        do {
            some = database.inTransactionAgain(() -> {
                var overdue = lanes.outOfPatience(claimed, MOST);
                var turns = overdue.stream()
                        .collect(partitioningBy(head -> head.anotherChannel() && !head.mayHaveReached()));
                lanes.nextChannel(
                        turns.get(true).stream().map(LaneRows.Overdue::item).toList());
                lanes.parkOverdue(turns.get(false));
                return overdue;
            });
            all += some.size();
        } while (some.size() == MOST);
        if (all > 0) {
            log.warn("{} lane items were not accepted in time: turned to the next channel, or parked", all);
            wake.run();
        }
        return all;
    }
}
