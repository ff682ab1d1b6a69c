package sallyport.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A term that cannot be meant stops the start with the setting's name. */
class RetentionPropertiesTest {

    private static RetentionProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("sallyport.retention", RetentionProperties.class);
    }

    @Test
    void everyKindHasATermWithoutAnySetting() {
        var defaults = bound(Map.of());
        for (Kept kept : Kept.values()) {
            assertThat(defaults.term(kept)).as(kept.label()).isGreaterThanOrEqualTo(Duration.ofDays(15));
        }
        assertThat(defaults.policy(Kept.UNREFERRED_REPORTS)).isEqualTo("unreferred-reports, kept for 90 days");
    }

    @ParameterizedTest
    @CsvSource({
        "closed-cases, -1d, closed-cases must be whole days",
        "renderings, 0s, renderings must be whole days",
        "attempts, 36h, attempts must be whole days",
        "tallies, 40000d, tallies must be whole days",
        "hints, 14d, hints must be at least 15d",
        "evidence, 3000d, evidence must not be shorter than any case is kept",
        "batch, 0, batch must be between 1 and 5000",
        "rows-per-run, 1, rows-per-run must not be smaller than batch",
        "max-share, 0, max-share must be above 0",
        "max-share, NaN, max-share must be above 0",
        "max-share-from, -1, max-share-from must not be negative",
        "max-clock-difference, 2h, max-clock-difference must be between 1s and 1h",
        "every, 0s, every must be at least 1s"
    })
    void refusesWhatCannotBeMeant(String setting, String value, String why) {
        assertThatThrownBy(() -> bound(Map.of("sallyport.retention." + setting, value)))
                .rootCause()
                .hasMessageStartingWith("sallyport.retention." + why);
    }
}
