package sallyport.connectors.prison.casenotes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class LondonWindowTest {

    @Test
    void isTheClockOnTheWallInWinterAndSummer() {
        LondonWindow window = window("2026-01-01T09:00:00Z", "2026-07-01T09:00:00Z");
        assertThat(window.from()).isEqualTo(LocalDateTime.parse("2026-01-01T09:00:00"));
        assertThat(window.to()).isEqualTo(LocalDateTime.parse("2026-07-01T10:00:00"));
    }

    @Test
    void aBeginningInTheFirstPassOfTheRepeatedHourTakesInTheWholeSecondPass() {
        // 01:50 before the clocks went back; 01:05 afterwards is later.
        assertThat(window("2026-10-25T00:50:00Z", "2026-10-26T00:00:00Z").from())
                .isEqualTo(LocalDateTime.parse("2026-10-25T01:00:00"));
    }

    @Test
    void anEndInTheSecondPassTakesInTheWholeFirstPass() {
        // 01:05 after the clocks went back; 01:50 before is earlier.
        assertThat(window("2026-10-24T00:00:00Z", "2026-10-25T01:05:00Z").to())
                .isEqualTo(LocalDateTime.parse("2026-10-25T02:00:00"));
    }

    @Test
    void isAsExactAsTheSourceCanBeOtherwise() {
        LondonWindow window = window("2026-10-25T01:05:00Z", "2026-10-25T02:00:00Z");
        assertThat(window.from()).isEqualTo(LocalDateTime.parse("2026-10-25T01:05:00"));
        assertThat(window("2026-10-24T00:00:00Z", "2026-10-25T00:50:00Z").to())
                .isEqualTo(LocalDateTime.parse("2026-10-25T01:50:00"));
        assertThat(window.to()).isEqualTo(LocalDateTime.parse("2026-10-25T02:00:00"));
    }

    private static LondonWindow window(String from, String to) {
        return LondonWindow.of(Instant.parse(from), Instant.parse(to));
    }
}
