package sallyport.simulators.police;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sallyport.simulators.world.Dice;
import sallyport.simulators.world.Prison;
import sallyport.simulators.world.Prisons;

/**
 * The 39 forces with a prison on their ground. In order of code every other one takes iHub reports and the rest the exchange, a
 * few take both. The seed says which one is slow and which one is down for a while.
 */
public final class Forces {

    private static final int BOTH_EVERY = 13;
    private static final int MANIFEST_EVERY = 3;

    private final List<Force> all;
    private final Force slow;
    private final Force down;

    public Forces(Prisons prisons, long seed) {
        List<Force> forces = new ArrayList<>();
        for (Map.Entry<String, List<Prison>> entry : prisons.byForce().entrySet()) {
            String first = forces.size() % 2 == 0 ? Force.IHUB : Force.CJSE;
            String second = first.equals(Force.IHUB) ? Force.CJSE : Force.IHUB;
            List<String> channels =
                    forces.size() % BOTH_EVERY == BOTH_EVERY - 1 ? List.of(first, second) : List.of(first);
            forces.add(new Force(entry.getKey(), entry.getValue().get(0).forceName(), channels));
        }
        this.all = List.copyOf(forces);
        Dice dice = Dice.of(seed, "forces");
        this.slow = dice.pick(only(Force.IHUB));
        this.down = dice.pick(only(Force.CJSE));
    }

    public List<Force> all() {
        return all;
    }

    public List<String> codes() {
        return all.stream().map(Force::code).toList();
    }

    public Force byCode(String code) {
        return all.stream()
                .filter(force -> force.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no force " + code));
    }

    /** Says what it received: every third one. */
    public boolean offersManifest(Force force) {
        return all.indexOf(force) % MANIFEST_EVERY == 0;
    }

    /** Answers late. */
    public Force slow() {
        return slow;
    }

    /** Refuses connections now and then. */
    public Force down() {
        return down;
    }

    private List<Force> only(String channel) {
        return all.stream()
                .filter(force -> force.channels().equals(List.of(channel)))
                .toList();
    }
}
