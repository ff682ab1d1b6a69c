package sallyport.routes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import sallyport.connectors.wire.Unavailable;
import sallyport.ledger.Failure;

/** A prison system that is away from Friday evening to Monday morning. */
class OutageTest {

    private static final Duration OUTAGE = Duration.ofHours(60);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);

    private final HubFailurePolicy policy =
            new HubFailurePolicy(new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("sallyport.ladders", LadderProperties.class));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 30, 3600})
    void nothingParksAndEverythingIsTriedAgainSoonAfterIt(long retryAfterSeconds) {
        Failure away = policy.classify(new Unavailable(
                "http-503", "status 503", retryAfterSeconds == 0 ? null : Duration.ofSeconds(retryAfterSeconds), null));
        Duration passed = Duration.ZERO;
        Duration last = Duration.ZERO;
        for (int attempt = 1; passed.compareTo(OUTAGE) < 0; attempt++) {
            Optional<Duration> next = policy.nextWorkTry("incident-fetch", attempt, away);
            assertThat(next).as("try %s after %s", attempt, passed).isPresent();
            last = next.get();
            passed = passed.plus(LONGEST_ANSWER).plus(last);
        }
        assertThat(last).isLessThanOrEqualTo(Duration.ofSeconds(Math.max(660, retryAfterSeconds)));
    }
}
