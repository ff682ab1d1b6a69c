package sallyport.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorOptionsTest {

    @Test
    void readsArgumentsAndPorts() {
        String[] arguments = {"--data", "d", "--seed", "9", "--rate", "30", "--hour", "0.5s"};
        SimulatorOptions options = SimulatorOptions.parse(arguments, Map.of("SIMULATORS_PORT", "9999"));

        assertThat(options.data()).isEqualTo(Path.of("d"));
        assertThat(options.seed()).isEqualTo(9);
        assertThat(options.rate()).isEqualTo(30);
        assertThat(options.hour()).isEqualTo(Duration.ofMillis(500));
        assertThat(options.port()).isEqualTo(9999);
        assertThat(options.partnerPort()).isEqualTo(8443);
    }

    @Test
    void readsWhatMakeRunIsGiven() {
        SimulatorOptions options = SimulatorOptions.parse(
                new String[0],
                Map.of("SALLYPORT_DATA_DIR", "elsewhere", "SIMULATORS_SEED", "7", "SIMULATORS_RATE", "12"));

        assertThat(options.data()).isEqualTo(Path.of("elsewhere"));
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.rate()).isEqualTo(12);
        assertThat(SimulatorOptions.parse(new String[0], Map.of()).data()).isEqualTo(Path.of("data"));
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> SimulatorOptions.parse(new String[] {"--speed", "1"}, Map.of()))
                .hasMessageContaining("--speed");
        assertThatThrownBy(() -> SimulatorOptions.parse(new String[] {"--rate", "many"}, Map.of()))
                .hasMessageContaining("--rate");
        assertThatThrownBy(() -> SimulatorOptions.parse(new String[0], Map.of("SIMULATORS_PORT", "x")))
                .hasMessageContaining("SIMULATORS_PORT");
        assertThatThrownBy(() -> SimulatorOptions.parse(new String[0], Map.of("SIMULATORS_RATE", "many")))
                .hasMessageContaining("SIMULATORS_RATE");
    }
}
