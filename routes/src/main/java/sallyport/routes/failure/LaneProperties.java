package sallyport.routes.failure;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much a destination is given at once, and when its time is up.
 *
 * @param force effects under way at once to one force on one node
 * @param tracker to the tracker
 * @param feed to one team's queue
 * @param adjudication to one prison's adjudications
 * @param patience how long a channel may take before the next one is tried, by class
 * @param lastPatience how long a channel may take that has none after it, before a person is asked
 * @param askAfter how long after a send without an answer the force's manifest is asked, where it can be: nothing may be on its way still
 * @param breaker when a channel of a destination counts as broken
 * @param only what is different for one lane, by its name with a hyphen for the colon: {@code force-46}, {@code feed-regional-north}
 */
@Validated
@ConfigurationProperties("sallyport.lanes")
public record LaneProperties(
        @Min(1) @Max(1000) @DefaultValue("4") int force,
        @Min(1) @Max(1000) @DefaultValue("24") int tracker,
        @Min(1) @Max(1000) @DefaultValue("100") int feed,
        @Min(1) @Max(1000) @DefaultValue("4") int adjudication,
        @NotNull @Valid @DefaultValue Patience patience,
        @NotNull @Valid @DefaultValue LastPatience lastPatience,
        @NotNull @DefaultValue("3m") Duration askAfter,
        @NotNull @Valid @DefaultValue Breaker breaker,
        @DefaultValue Map<String, @Valid Lane> only) {

    public LaneProperties {
        only = Map.copyOf(only);
    }

    /**
     * @param immediate of the 24-hour class
     * @param routine of all other cases
     */
    public record Patience(
            @NotNull @DefaultValue("20m") Duration immediate, @NotNull @DefaultValue("6h") Duration routine) {}

    /**
     * @param immediate of the 24-hour class
     * @param routine of all other cases
     */
    public record LastPatience(
            @NotNull @DefaultValue("30m") Duration immediate, @NotNull @DefaultValue("48h") Duration routine) {}

    /**
     * @param window how many attempts are looked back on
     * @param minimum of which there must be so many before anything is concluded
     * @param failureRate per cent of them that failed open the breaker: nothing is claimed
     * @param pause for how long; then a few probes are let through
     * @param probes how many
     */
    public record Breaker(
            @Min(1) @DefaultValue("20") int window,
            @Min(1) @DefaultValue("5") int minimum,
            @Min(1) @Max(100) @DefaultValue("50") int failureRate,
            @NotNull @DefaultValue("30s") Duration pause,
            @Min(1) @DefaultValue("2") int probes) {}

    /**
     * What is not set is as for every other lane.
     *
     * @param concurrency effects under way at once on one node
     * @param perSecond how many may begin in a second, on all nodes together
     * @param immediate the ladder of the 24-hour class
     * @param routine the ladder of all other cases
     * @param patience of a channel that has another one after it
     * @param lastPatience of the last channel
     */
    public record Lane(
            @Nullable @Min(1) @Max(1000) Integer concurrency,
            @Nullable @DecimalMin("0.001") Double perSecond,
            @Nullable List<Duration> immediate,
            @Nullable List<Duration> routine,
            @Nullable @Valid Patience patience,
            @Nullable @Valid LastPatience lastPatience) {

        static final Lane LIKE_ALL = new Lane(null, null, null, null, null, null);
    }

    /** What is set for this lane by itself. */
    Lane of(String lane) {
        return only.getOrDefault(lane.replace(':', '-'), Lane.LIKE_ALL);
    }
}
