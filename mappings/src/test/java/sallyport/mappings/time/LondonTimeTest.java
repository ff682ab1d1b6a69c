package sallyport.mappings.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;

class LondonTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T10:00:00, 2026-01-15T10:00:00Z",
        "2026-07-15T10:00:00, 2026-07-15T09:00:00Z",
        "2026-07-15T10:00, 2026-07-15T09:00:00Z",
        "2026-07-15T10:00:00.1, 2026-07-15T09:00:00.100Z",
        "2026-07-15T10:00:00.123456789, 2026-07-15T09:00:00.123456789Z",
        "2026-07-15T10:00:00.1234567899, 2026-07-15T09:00:00.123456789Z",
        "2026-07-15T10:00:00Z, 2026-07-15T10:00:00Z",
        "2026-07-15t10:00:00.5z, 2026-07-15T10:00:00.500Z",
        "2026-07-15T10:00:00+01:00, 2026-07-15T09:00:00Z",
        "2026-07-15T10:00:00-23:59, 2026-07-16T09:59:00Z",
        "2026-07-15T10:00:00-0130, 2026-07-15T11:30:00Z",
        "2026-07-15T10:00:00+23:59, 2026-07-14T10:01:00Z",
        "0000-02-29T10:00:00Z, 0000-02-29T10:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
        "2016-12-31T23:59:60.9Z, 2017-01-01T00:00:00Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z"
    })
    void readsWhatTheSystemsWrite(String text, Instant instant) {
        LondonTime time = LondonTime.parse(text, "/at");

        assertThat(time.text()).isEqualTo(text);
        assertThat(time.instant()).isEqualTo(instant);
        assertThat(time.ambiguous()).isFalse();
    }

    @Test
    void takesTheEarlierOffsetInTheHourThatOctoberRepeatsAndSaysSo() {
        LondonTime time = LondonTime.parse("2026-10-25T01:30:00", "/at");

        assertThat(time.instant()).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(time.ambiguous()).isTrue();
        assertThat(LondonTime.parse("2026-10-25T01:30:00Z", "/at").ambiguous()).isFalse();
        assertThat(LondonTime.parse("2026-10-25T02:00:00", "/at").ambiguous()).isFalse();
    }

    @Test
    void readsTheHourThatMarchLeavesOutAsIfTheClockStoodStill() {
        LondonTime time = LondonTime.parse("2026-03-29T01:30:00", "/at");

        assertThat(time.instant()).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(time.ambiguous()).isFalse();
    }

    @Test
    void readsAsManyDigitsAsFitIntoSixtyFourCharacters() {
        String longest = "2026-07-15T10:00:00." + "1".repeat(44);

        assertThat(LondonTime.parse(longest, "/at").instant()).isEqualTo("2026-07-15T09:00:00.111111111Z");
        assertThatThrownBy(() -> LondonTime.parse(longest + "1", "/at")).hasMessage("schema-invalid at /at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30T10:00:00",
                "2026-07-15",
                "2026-07-15 10:00:00",
                "2026-07-15T24:00:01",
                "2026-07-15T10:00:00.",
                "2026-07-15T10:00:00+25:00",
                "2026-07-15T10:00:00+24:00",
                "2026-07-15T10:00:00+01:60",
                "2026-07-15T10:00:61",
                "0000-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "9999-12-31T23:59:60Z",
                "2026-07-15T10:60:00",
                "0000-00-00T00:00:00",
                "١٢٣٤-07-15T10:00:00",
                "+2026-07-15T10:00:00",
                "2026-07-15T10:00:00.00000000000000000000000000000000000000000000000000000000"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> LondonTime.parse(text, "/at"))
                .isInstanceOf(Rejected.class)
                .hasMessage("schema-invalid at /at");
    }
}
