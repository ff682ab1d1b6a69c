package sallyport.simulators.world;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one incident that chance decides, decided once.
 *
 * @param index counts incidents from 1 and makes the reference
 * @param ago how long before the report it happened
 */
public record Plan(
        int index,
        Scenario scenario,
        Oddity oddity,
        String location,
        String force,
        List<Prisoner> suspects,
        @Nullable Prisoner victim,
        Duration ago,
        Dice dice) {

    private static final int FIRST_REFERENCE = 50_000_000;

    public String reference() {
        return String.valueOf(FIRST_REFERENCE + index);
    }

    public Expected expected() {
        return oddity.expected(scenario.expected());
    }
}
