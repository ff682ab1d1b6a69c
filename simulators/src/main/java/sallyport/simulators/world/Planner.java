package sallyport.simulators.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Draws the plan of each incident: same seed and index, same plan. Every eighth incident is an odd one, each kind in turn. */
public final class Planner {

    private static final int ODD_ONE_IN = 8;

    private final long seed;
    private final Prisons prisons;
    private final Population population;
    private final List<Scenario> scenarios = Scenario.readAll();
    private final List<Scenario> mandatory = scenarios.stream()
            .filter(scenario -> scenario.expected() == Expected.MANDATORY && scenario.suspects() > 0)
            .toList();
    private final List<Oddity> oddities =
            Stream.of(Oddity.values()).filter(oddity -> oddity != Oddity.NONE).toList();
    private final List<String> forces;

    public Planner(long seed, Prisons prisons, Population population) {
        this.seed = seed;
        this.prisons = prisons;
        this.population = population;
        this.forces = List.copyOf(prisons.byForce().keySet());
    }

    public Plan plan(int index) {
        Dice dice = Dice.of(seed, "incident", index);
        boolean odd = index % ODD_ONE_IN == 0;
        Oddity oddity = odd ? oddities.get(index / ODD_ONE_IN % oddities.size()) : Oddity.NONE;
        Scenario scenario = odd ? dice.pick(mandatory) : byWeight(dice);
        Prison prison = oddity == Oddity.BOUNDARY_PRISON
                ? dice.pick(prisons.boundary())
                : dice.pick(prisons.byForce().get(dice.pick(forces)));
        return plan(index, scenario, oddity, prison, dice);
    }

    /** A plan with everything but the people given. */
    public Plan plan(int index, String scenarioName, Oddity oddity, Prison prison) {
        Scenario scenario = scenarios.stream()
                .filter(each -> each.name().equals(scenarioName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + scenarioName));
        return plan(index, scenario, oddity, prison, Dice.of(seed, "ordered", index));
    }

    private Plan plan(int index, Scenario scenario, Oddity oddity, Prison prison, Dice dice) {
        List<Prisoner> inside = new ArrayList<>(population.inside(prison.id()));
        List<Prisoner> suspects = new ArrayList<>();
        for (int i = 0; i < scenario.suspects(); i++) {
            suspects.add(inside.remove(dice.below(inside.size())));
        }
        if (oddity == Oddity.MERGED_PRISONER || oddity == Oddity.MOVED_BOOKING) {
            suspects.set(0, population.mergeable(prison, index));
        }
        if (oddity == Oddity.UNKNOWN_PRISONER) {
            suspects.set(0, suspects.get(0).numbered(Population.unknownNumber(index)));
        }
        return new Plan(
                index,
                scenario,
                oddity,
                location(oddity, prison),
                prison.force(),
                List.copyOf(suspects),
                scenario.victimRole() == null ? null : inside.remove(dice.below(inside.size())),
                Duration.ofMinutes(10 + dice.below(350)),
                dice);
    }

    private static String location(Oddity oddity, Prison prison) {
        return switch (oddity) {
            case ON_ESCORT -> "NORTH";
            case CLOSED_PRISON -> Prisons.CLOSED;
            default -> prison.id();
        };
    }

    private Scenario byWeight(Dice dice) {
        int total = scenarios.stream().mapToInt(Scenario::weight).sum();
        int drawn = dice.below(total);
        for (Scenario scenario : scenarios) {
            drawn -= scenario.weight();
            if (drawn < 0) {
                return scenario;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
