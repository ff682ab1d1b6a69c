package sallyport.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void takesEventsAndWarmUpFromTheCommandLine() {
        assertThat(Plan.of(new String[] {"50", "10"})).isEqualTo(new Plan(50, 10, 20, 5, Duration.ofSeconds(15)));
        assertThat(Plan.of(new String[] {})).isEqualTo(new Plan(5000, 1000, 20, 5, Duration.ofSeconds(15)));
        assertThat(Plan.of(new String[] {"50", "10", "2", "8"}))
                .isEqualTo(new Plan(50, 10, 20, 2, Duration.ofSeconds(4)));
    }

    @Test
    void namesTheArgumentThatIsNoNumber() {
        assertThatThrownBy(() -> Plan.of(new String[] {"50", "some"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("warm-up cannot be some");
    }
}
