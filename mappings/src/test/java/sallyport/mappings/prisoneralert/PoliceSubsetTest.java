package sallyport.mappings.prisoneralert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each code that police intelligence is shown elsewhere is shown here, or the decision says that it is not and why. */
class PoliceSubsetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HA", "HA2", "XA", "XC", "XCA", "XCI", "XCO", "XCOL", "XCOP", "XCOR", "XEL", "XELH", "XER", "XHT",
                "XILLENT", "XIS", "XRF"
            })
    void isShownOrLeftOutForAReason(String code) throws IOException {
        String decision = Files.readString(Path.of("../docs/decisions/prisoner-alerts.md"));

        assertThat(LiaisonCodes.find(code).isPresent())
                .isNotEqualTo(
                        Pattern.compile("\\b" + code + "\\b").matcher(decision).find());
    }
}
