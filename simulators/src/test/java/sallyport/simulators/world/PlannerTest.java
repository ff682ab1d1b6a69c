package sallyport.simulators.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sallyport.simulators.police.Force;
import sallyport.simulators.police.Forces;

class PlannerTest {

    /** The first burst and a minute at the usual rate. */
    private static final int FIRST_MINUTE = 300;

    private final Prisons prisons = Prisons.read();

    @Test
    void drawsTheSameLifeFromTheSameSeed() {
        assertThat(drawn(5)).isEqualTo(drawn(5)).isNotEqualTo(drawn(6));
    }

    @Test
    void hasThirtyMandatoryCasesForEachChannelInTheFirstMinute() {
        Forces forces = new Forces(prisons, 1);
        for (String channel : List.of(Force.IHUB, Force.CJSE)) {
            assertThat(plans(1).stream()
                            .filter(plan -> plan.expected() == Expected.MANDATORY)
                            .filter(plan -> forces.byCode(plan.force())
                                    .channels()
                                    .get(0)
                                    .equals(channel)))
                    .hasSizeGreaterThan(30);
        }
    }

    @Test
    void makesAboutHalfOfTheIncidentsReferable() {
        long referable =
                plans(1).stream().filter(plan -> plan.expected().referable()).count();

        assertThat(referable).isBetween(FIRST_MINUTE * 40L / 100, FIRST_MINUTE * 60L / 100);
    }

    @Test
    void showsEveryOddityAndEveryScenarioSoonerOrLater() {
        Set<Oddity> oddities = plans(1).stream().map(Plan::oddity).collect(Collectors.toSet());
        Set<String> scenarios = IntStream.rangeClosed(1, 1000)
                .mapToObj(planner(1)::plan)
                .map(plan -> plan.scenario().name())
                .collect(Collectors.toSet());

        assertThat(oddities).containsExactlyInAnyOrder(Oddity.values());
        assertThat(scenarios)
                .containsExactlyInAnyOrderElementsOf(
                        Scenario.readAll().stream().map(Scenario::name).toList());
    }

    @Test
    void namesOnlyPeopleWhoAreInThatPrison() {
        Population population = new Population(1, prisons);
        assertThat(plans(1).stream().filter(plan -> plan.oddity() == Oddity.NONE))
                .allSatisfy(plan -> assertThat(plan.suspects()).allMatch(suspect -> population
                        .find(suspect.number())
                        .filter(found -> found.prison().equals(plan.location()))
                        .isPresent()));
    }

    private List<String> drawn(long seed) {
        return plans(seed).stream()
                .map(plan -> plan.scenario().name()
                        + plan.oddity()
                        + plan.location()
                        + plan.suspects()
                        + plan.victim()
                        + plan.ago())
                .toList();
    }

    private List<Plan> plans(long seed) {
        return IntStream.rangeClosed(1, FIRST_MINUTE)
                .mapToObj(planner(seed)::plan)
                .toList();
    }

    private Planner planner(long seed) {
        return new Planner(seed, prisons, new Population(seed, prisons));
    }
}
