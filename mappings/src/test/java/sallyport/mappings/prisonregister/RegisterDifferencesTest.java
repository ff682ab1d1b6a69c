package sallyport.mappings.prisonregister;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.prisonregister.RegisterDifferences.Difference;
import sallyport.mappings.prisonregister.RegisterDifferences.Kind;

class RegisterDifferencesTest {

    private static final List<PrisonForce> TABLE =
            List.of(row("AAI", "LS1 1AA", true), row("BBI", "LS1 1BB", false), row("CCI", "LS1 1CC", true));

    @Test
    void whatFitsIsNoDifference() {
        assertThat(differences(open("AAI", " ls11aa"), open("BBI", "XX1 1XX"), open("CCI")))
                .isEmpty();
    }

    @Test
    void anOpenPrisonWithoutARowIsOneUnlessItIsAPlaceWithoutReferrals() {
        assertThat(differences(
                        open("AAI", "LS1 1AA"),
                        open("BBI"),
                        open("CCI"),
                        open("NEW"),
                        prison("OLD", false, List.of(), List.of()),
                        prison("IRC", true, List.of("IRC"), List.of()),
                        prison("MIX", true, List.of("IRC", "HMP"), List.of())))
                .extracting(Difference::subject)
                .containsExactly("register/NO_FORCE/MIX", "register/NO_FORCE/NEW");
    }

    @Test
    void aRowForAClosedOrUnknownPrisonIsOne() {
        assertThat(differences(open("AAI", "LS1 1AA"), prison("BBI", false, List.of(), List.of())))
                .extracting(Difference::kind)
                .containsExactly(Kind.CLOSED, Kind.UNKNOWN);
    }

    @Test
    void nearABoundaryAnotherPostcodeIsOneAndElsewhereItIsNone() {
        List<Difference> found =
                differences(open("AAI", "LS9 9ZZ"), open("BBI", "LS9 9ZZ"), open("CCI", "LS9 9ZZ", "LS1 1CC"));

        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.subject()).isEqualTo("register/POSTCODE/AAI");
            assertThat(one.detail()).contains("AAI", "force 13");
        });
    }

    @Test
    void whatIsMendedIsAllThatCouldBeAndIsNot() {
        List<Prison> register = List.of(open("AAI", "LS1 1AA"), open("NEW"));
        List<Difference> found = RegisterDifferences.between(register, TABLE);

        assertThat(RegisterDifferences.mended(register, TABLE, found))
                .contains(
                        "register/NO_FORCE/AAI", "register/CLOSED/BBI", "register/POSTCODE/AAI", "register/UNKNOWN/NEW")
                .doesNotContain("register/NO_FORCE/NEW", "register/UNKNOWN/BBI", "register/UNKNOWN/CCI");
    }

    @Test
    void aPrisonThatIsTwiceInTheRegisterIsOnePrison() {
        assertThat(differences(open("AAI", "LS1 1AA"), open("BBI"), open("CCI", "LS1 1CC"), open("NEW"), open("NEW")))
                .hasSize(1);
        assertThat(RegisterDifferences.between(List.of(open("AAI", "LS1 1AA")), List.of(TABLE.get(0), TABLE.get(0))))
                .isEmpty();
    }

    @Test
    void theTableSaysWhichPrisonsStandNearABoundary() {
        assertThat(PrisonForces.suggestion("LEI").orElseThrow())
                .returns(true, PrisonForce::boundary)
                .returns(true, PrisonForce::certain)
                .returns("LS12 2TJ", PrisonForce::postcode);
        assertThat(PrisonForces.suggestion("DWI").orElseThrow().boundary()).isTrue();
        assertThat(PrisonForces.suggestion("MDI").orElseThrow().boundary()).isFalse();
    }

    private static List<Difference> differences(Prison... register) {
        return RegisterDifferences.between(List.of(register), TABLE);
    }

    private static PrisonForce row(String id, String postcode, boolean boundary) {
        return new PrisonForce(id, id, new ForceCode("13"), "West Yorkshire Police", true, postcode, boundary);
    }

    private static Prison open(String id, String... postcodes) {
        return prison(id, true, List.of("HMP"), List.of(postcodes));
    }

    private static Prison prison(String id, boolean active, List<String> types, List<String> postcodes) {
        return new Prison(
                id,
                id,
                null,
                active,
                true,
                false,
                false,
                false,
                types,
                List.of(),
                postcodes.stream()
                        .map(postcode -> new Prison.Address(null, null, "Town", null, postcode, "England"))
                        .toList(),
                List.of(),
                0);
    }
}
