package sallyport.connectors.police.forces;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.Health;

/** Health of one channel as the last call to each force saw it: one force that is down is named, the others are not blamed. */
public final class ForcesHealth implements Health {

    private static final int NAMED = 3;

    private final String name;
    private final Map<String, CallHealth> byForce = new ConcurrentHashMap<>();

    public ForcesHealth(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> problem() {
        Map<String, String> problems = byForce.values().stream()
                .filter(force -> force.problem().isPresent())
                .collect(Collectors.toMap(
                        CallHealth::name, force -> force.problem().orElseThrow(), (a, b) -> a, TreeMap::new));
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        String named = problems.entrySet().stream()
                .limit(NAMED)
                .map(problem -> "force " + problem.getKey() + " " + problem.getValue())
                .collect(Collectors.joining("; "));
        int more = problems.size() - NAMED;
        return Optional.of(more > 0 ? named + "; and " + more + " more" : named);
    }

    /** Makes the call to a configured force and remembers how it went. */
    public <T> T observe(Force force, Supplier<T> call) {
        return byForce.computeIfAbsent(force.code(), CallHealth::new).observe(call);
    }
}
