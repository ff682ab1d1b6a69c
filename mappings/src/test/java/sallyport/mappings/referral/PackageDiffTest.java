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

    @Test
    void namesEachFieldOfAnIdentityThatChangedSinceTheReferral() {
        ReferralPackage then = PackageMapping.assemble(InventedFacts.staffAssault());
        ReferralPackage now = PackageMapping.assemble(InventedFacts.withSuspectKnownAs(known -> known.replace(
                        "\"lastName\":\"ARBOR\"", "\"lastName\":\"ARBER\"")
                .replace("A-1-002", "B-2-003")
                .replace("\"lastName\":\"AHORN\"", "\"lastName\":\"AHRON\"")
                .replace("\"conditionalReleaseDate\":\"2027-01-02\"", "\"conditionalReleaseDate\":\"2027-03-02\"")));

        assertThat(PackageDiff.between(then, now))
                .contains(
                        new Change("/persons/0/lastName", "ARBOR", "ARBER"),
                        new Change("/persons/0/location", "A-1-002", "B-2-003"),
                        new Change("/persons/0/releaseDates/conditionalRelease", "2027-01-02", "2027-03-02"),
                        new Change("/persons/0/aliases/1/lastName", null, "AHRON"),
                        new Change("/persons/0/aliases/1/lastName", "AHORN", null));
        // The earlier one says what it said.
        assertThat(then.persons(ReferralPackage.Role.SUSPECT).get(0).lastName()).isEqualTo("ARBOR");
    }
}
