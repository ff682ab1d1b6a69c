package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sallyport.mappings.referral.PackageDiff.Change;

class PackageDiffTest {

    @Test
    void equalPackagesDifferInNothing() {
        assertThat(PackageDiff.between(InventedPackages.full(), InventedPackages.full()))
                .isEmpty();
    }

    @Test
    void namesTheFieldWithBothValues() {
        assertThat(PackageDiff.between(InventedPackages.full(), InventedPackages.full(2, "Testperson", "Arber")))
                .containsExactly(
                        new Change("/version", "1", "2"),
                        new Change("/kind", "INITIAL", "SUPPLEMENT"),
                        new Change("/persons/0/lastName", "Arbor", "Arber"));
    }

    @Test
    void tellsWhatAWithdrawalTakesAway() {
        assertThat(PackageDiff.between(InventedPackages.full(), InventedPackages.withdrawn()))
                .contains(
                        new Change("/persons/0/prisonerNumber", "A1234BC", null),
                        new Change("/withdrawal/reason", null, "DUPLICATE"));
    }
}
