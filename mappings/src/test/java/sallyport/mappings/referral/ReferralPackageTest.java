package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;

class ReferralPackageTest {

    @Test
    void versionsStartAtOne() {
        assertThat(changed(InventedPackages.full(), tree -> tree.put("version", 1))
                        .version())
                .isEqualTo(1);
        assertThatThrownBy(() -> changed(InventedPackages.full(), tree -> tree.put("version", 0)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aWithdrawalAndOnlyThatSaysWhyItWithdraws() {
        assertThatThrownBy(() -> changed(InventedPackages.full(), tree -> tree.put("kind", "WITHDRAWAL")))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> changed(InventedPackages.withdrawn(), tree -> tree.put("kind", "SUPPLEMENT")))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> changed(InventedPackages.withdrawn(), tree -> tree.remove("withdrawal")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aWithdrawalOfAWithdrawalNamesNoIncident() {
        ReferralPackage again = ReferralPackage.withdrawal(
                InventedPackages.withdrawn(),
                ReferralPackage.WithdrawalReason.DUPLICATE,
                null,
                InventedPackages.BUILT_AT);

        assertThat(again.version()).isEqualTo(3);
        assertThat(again.withdrawal()).isNotNull();
        assertThat(again.withdrawal().incidentNumber()).isNull();
        assertThat(again.persons()).isEmpty();
    }

    @Test
    void aDocumentThatIsNoObjectDoesNotObeyTheSchema() {
        assertThatThrownBy(() -> PackageSchema.validate(new byte[] {'7'})).hasMessage("schema-invalid at /");
        assertThatThrownBy(() -> PackageSchema.validate(new byte[] {'{'})).hasMessage("not-json at /");
        assertThatThrownBy(() -> PackageSchema.validate(CanonicalJson.write(
                        PackageJson.tree(InventedPackages.full()).without("caseReference"))))
                .hasMessage("schema-invalid at /caseReference");
    }

    private static ReferralPackage changed(ReferralPackage pkg, Consumer<ObjectNode> change) {
        ObjectNode tree = PackageJson.tree(pkg);
        change.accept(tree);
        return PackageJson.read(CanonicalJson.write(tree));
    }
}
