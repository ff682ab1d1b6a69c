package sallyport.routes;

import java.time.Duration;
import java.util.Set;

/** Settings of the flows for tests that do not start a hub. */
public final class InventedProperties {

    /** Where none of them matters. */
    public static final HubProperties GENERAL = of(Set.of(), Duration.ofMinutes(10));

    private InventedProperties() {}

    public static HubProperties of(Set<String> autoApprovePrisons, Duration sweepOverlap) {
        return new HubProperties(
                autoApprovePrisons,
                Duration.ofHours(24),
                Duration.ofMinutes(15),
                Duration.ofHours(4),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofHours(20),
                Duration.ofMinutes(5),
                Duration.ofDays(7),
                sweepOverlap,
                Duration.ofDays(90),
                Set.of(),
                Duration.ofDays(7),
                Duration.ofDays(30));
    }
}
