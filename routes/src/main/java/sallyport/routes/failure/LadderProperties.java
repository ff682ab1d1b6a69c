package sallyport.routes.failure;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import sallyport.ledger.Failure;

/**
 * How long the hub waits between tries.
 *
 * @param immediate sends of the 24-hour class; after the last rung the next channel, or a person
 * @param routine sends of all other cases
 * @param internal reads from prison systems, the tracker and the regional queues; the last rung repeats
 * @param internalTries tries of internal work before a person is asked; covers a weekend's planned outage
 * @param jitter share by which each wait is varied, so that retries do not march in step
 */
@Validated
@ConfigurationProperties("sallyport.ladders")
public record LadderProperties(
        @NotEmpty @DefaultValue({"10s", "1m", "5m", "10m"}) List<Duration> immediate,
        @NotEmpty @DefaultValue({"10s", "1m", "10m", "1h", "4h", "12h", "24h"}) List<Duration> routine,
        @NotEmpty @DefaultValue({"1s", "5s", "30s", "2m", "10m"}) List<Duration> internal,
        @DefaultValue("600") int internalTries,
        @DecimalMin("0") @DecimalMax("0.5") @DefaultValue("0.1") double jitter) {

    /** The rung for the attempt that failed, from 1, varied by the jitter; longer where the partner asked for longer. */
    Duration wait(List<Duration> ladder, int attempt, Failure failure) {
        Duration rung = ladder.get(Math.min(attempt, ladder.size()) - 1);
        double spread = 1 + jitter * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        Duration wait = Duration.ofMillis(Math.round(rung.toMillis() * spread));
        Duration asked = failure.retryAfter();
        return asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    }
}
