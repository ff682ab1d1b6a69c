package sallyport.mappings.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentFamiliesTest {

    @ParameterizedTest
    @CsvSource({
        "ASSAULT_5, ASSAULT",
        "ASSAULT_50, ASSAULT",
        "ASSAULT_09, ASSAULT",
        "BC_DISRUPT_3RD_PTY_1, BC_DISRUPT_3RD_PTY",
        "ASSAULT, ASSAULT",
        "ASSAULT5, ASSAULT5",
        "ASSAULT_, ASSAULT_",
        "ASSAULT_5A, ASSAULT_5A",
        "_5, _5",
        "5, 5",
        "A_/, A_/",
        "A_:, A_:",
        "'', ''"
    })
    void theFamilyIsTheTypeWithoutItsVersion(String type, String family) {
        assertThat(IncidentFamilies.of(type)).isEqualTo(family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASSAULT", "ASSAULT_", "PICNIC_1", "_1", "", "ASSAULT_1_1"})
    void aTypeOfNoKnownFamilyOrWithoutAVersionIsNotKnown(String type) {
        assertThat(IncidentFamilies.knows(type)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASSAULT_1", "ASSAULT_99", "FIND_6"})
    void aTypeOfAKnownFamilyIsKnownInEveryVersion(String type) {
        assertThat(IncidentFamilies.knows(type)).isTrue();
    }
}
