package sallyport.mappings.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.ForceCode;

class PrisonForcesTest {

    @Test
    void findsTheForceOfThePlace() {
        assertThat(PrisonForces.forPrison("MDI")).isEqualTo(new ForceCode("14"));
        // Postal town York, but it stands in the East Riding.
        assertThat(PrisonForces.forPrison("FNI")).isEqualTo(new ForceCode("16"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORTH", "SOUTH", "NOU", "DWI", "ONI"})
    void asksAPersonForEscortsAndBoundaries(String location) {
        assertThatThrownBy(() -> PrisonForces.forPrison(location))
                .isInstanceOf(Rejected.class)
                .hasMessage("force-needs-confirmation at /location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HYI", "WBI", "ZZGHI", "OUT", "TRN", "", "mdi", "XYZ"})
    void refusesClosedAndUnknownPrisons(String location) {
        assertThatThrownBy(() -> PrisonForces.forPrison(location)).hasMessage("prison-without-force at /location");
    }

    @Test
    void suggestsWhatTheTableSaysNearABoundary() {
        assertThat(PrisonForces.suggestion("DWI")).hasValueSatisfying(prison -> {
            assertThat(prison.force()).isEqualTo(new ForceCode("01"));
            assertThat(prison.certain()).isFalse();
        });
        assertThat(PrisonForces.suggestion("NORTH")).isEmpty();
    }

    @Test
    void reportsComeFromOpenPrisonsAndFromTheTwoRegionsOfEscorts() {
        assertThat(PrisonForces.reporting())
                .hasSize(PrisonForces.all().size() + 2)
                .contains("MDI", "NORTH", "SOUTH")
                .doesNotContain("NOU", "HYI");
    }

    @Test
    void thirtyNineForcesHaveAPrison() {
        assertThat(PrisonForces.all()).hasSize(127);
        assertThat(PrisonForces.all()).extracting(PrisonForce::force).satisfies(forces -> assertThat(Set.copyOf(forces))
                .hasSize(39));
    }
}
