package sallyport.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogInThrottleTest {

    private Instant now = Instant.parse("2026-03-02T14:00:00Z");

    private final LogInThrottle throttle = new LogInThrottle(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void letsFourMistakesPass() {
        fail(4, "ann", "10.0.0.1");

        assertThat(throttle.wait("ann", "10.0.0.1")).isEmpty();
    }

    @Test
    void doublesTheWaitFromTheFifthOn() {
        fail(5, "ann", "10.0.0.1");
        assertThat(throttle.wait("ann", "10.0.0.1")).contains(Duration.ofSeconds(30));

        fail(1, "ann", "10.0.0.1");
        assertThat(throttle.wait("ann", "10.0.0.1")).contains(Duration.ofSeconds(60));

        fail(50, "ann", "10.0.0.1");
        assertThat(throttle.wait("ann", "10.0.0.1")).contains(Duration.ofMinutes(15));
    }

    @Test
    void blocksNobodyElseForOneUsersMistakes() {
        fail(5, "ann", "10.0.0.1");

        assertThat(throttle.wait("bob", "10.0.0.1")).isEmpty();
        assertThat(throttle.wait("ann", "10.0.0.2")).isEmpty();
    }

    @Test
    void blocksAnAddressThatTriesManyNames() {
        for (int n = 0; n < 50; n++) {
            throttle.failed("user" + n, "10.0.0.1");
        }

        assertThat(throttle.wait("someone", "10.0.0.1")).isPresent();
        assertThat(throttle.wait("someone", "10.0.0.2")).isEmpty();
    }

    @Test
    void forgetsAfterAQuietWhileAndAfterSuccess() {
        fail(4, "ann", "10.0.0.1");
        now = now.plus(Duration.ofMinutes(16));
        fail(4, "ann", "10.0.0.1");
        assertThat(throttle.wait("ann", "10.0.0.1")).isEmpty();

        throttle.succeeded("ann", "10.0.0.1");
        fail(4, "ann", "10.0.0.1");
        assertThat(throttle.wait("ann", "10.0.0.1")).isEmpty();
    }

    private void fail(int times, String user, String address) {
        for (int n = 0; n < times; n++) {
            throttle.failed(user, address);
        }
    }
}
