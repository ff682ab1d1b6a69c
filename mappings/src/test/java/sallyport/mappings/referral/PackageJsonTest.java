package sallyport.mappings.referral;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.disclosure.DisclosureProfiles;

class PackageJsonTest {

    @Property(tries = 300)
    void whatIsWrittenIsReadBackEqual(
            @ForAll String first, @ForAll String last, @ForAll @IntRange(min = 1) int version) {
        ReferralPackage pkg = InventedPackages.full(version, clean(first), clean(last));
        byte[] bytes = PackageJson.write(pkg);
        assertThat(PackageJson.read(bytes)).isEqualTo(pkg);
        assertThat(PackageJson.write(PackageJson.read(bytes))).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\n");
        PackageSchema.validate(bytes);
    }

    @Test
    void theWrittenPackageObeysItsSchema() {
        PackageSchema.validate(PackageJson.write(InventedPackages.full()));
        PackageSchema.validate(PackageJson.write(InventedPackages.withdrawn()));
    }

    @Test
    void whatIsCutForTheForceStillObeysTheSchema() throws Exception {
        for (ReferralPackage pkg : new ReferralPackage[] {InventedPackages.full(), InventedPackages.withdrawn()}) {
            JsonNode cut = DisclosureProfiles.of("force").cut(PackageJson.tree(pkg));
            PackageSchema.validate(new JsonMapper().writeValueAsBytes(cut));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/persons/0/prisonerNumber,A123,/persons/0/prisonerNumber",
        "/caseReference,SP-1,/caseReference",
        "/readiness/1/state,PERHAPS,/readiness/1/state",
        "/lineage/builtAt,yesterday,/lineage/builtAt",
    })
    void theSchemaNamesTheFieldThatIsWrong(String pointer, String value, String where) throws Exception {
        ObjectNode tree = PackageJson.tree(InventedPackages.full());
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) tree.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);
        byte[] bytes = new JsonMapper().writeValueAsBytes(tree);
        assertThatThrownBy(() -> PackageSchema.validate(bytes)).hasMessage("schema-invalid at " + where);
        assertThatThrownBy(() -> PackageJson.read(bytes)).hasMessageStartingWith("schema-invalid at ");
    }

    @Test
    void theSchemaKnowsNoFieldThatNobodyDeclared() throws Exception {
        ObjectNode tree = PackageJson.tree(InventedPackages.full());
        tree.withObject("/persons/0").put("shoeSize", "9");
        assertThatThrownBy(() -> PackageSchema.validate(new JsonMapper().writeValueAsBytes(tree)))
                .hasMessage("schema-invalid at /persons/0/shoeSize");
        tree.withObject("/persons/0").remove(Set.of("shoeSize", "role"));
        assertThatThrownBy(() -> PackageSchema.validate(new JsonMapper().writeValueAsBytes(tree)))
                .hasMessage("schema-invalid at /persons/0/role");
    }

    @Test
    void theSchemaAndTheRecordsHaveTheSameFields() throws Exception {
        JsonNode schema = new JsonMapper().readTree(PackageSchema.text());
        Set<String> declared = new TreeSet<>();
        fields(schema, schema, "", declared);
        Set<String> written = new TreeSet<>();
        Stream.of(InventedPackages.full(), InventedPackages.withdrawn())
                .forEach(pkg -> InventedPackages.addFields(PackageJson.tree(pkg), "", written));
        assertThat(written).isEqualTo(declared);
    }

    @Test
    void aNewNumberIsNothingNew() {
        ReferralPackage first = InventedPackages.full();
        ReferralPackage second = InventedPackages.full(2, "Testperson", "Arbor");
        assertThat(PackageJson.contentBytes(second)).isEqualTo(PackageJson.contentBytes(first));
        assertThat(PackageJson.contentBytes(InventedPackages.full(2, "Testperson", "Arber")))
                .isNotEqualTo(PackageJson.contentBytes(first));
    }

    @Test
    void aWithdrawalNamesNobody() {
        assertThatJson(new String(PackageJson.write(InventedPackages.withdrawn()), StandardCharsets.UTF_8))
                .isObject()
                .containsEntry("version", java.math.BigDecimal.valueOf(2))
                .containsEntry("kind", "WITHDRAWAL")
                .doesNotContainKeys("persons", "staff", "incident", "caseNotes", "adjudications");
    }

    static String clean(String text) {
        return sallyport.mappings.text.CleanText.clean(text).text();
    }

    private static void fields(JsonNode root, JsonNode schema, String pointer, Set<String> into) {
        if (schema.has("$ref")) {
            fields(root, root.at(schema.get("$ref").asText().substring(1)), pointer, into);
        } else if (schema.has("properties")) {
            schema.get("properties")
                    .properties()
                    .forEach(property -> fields(root, property.getValue(), pointer + "/" + property.getKey(), into));
        } else if (schema.has("items")) {
            fields(root, schema.get("items"), pointer + "/*", into);
        } else {
            into.add(pointer);
        }
    }
}
