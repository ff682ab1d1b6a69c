package sallyport.mappings.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;

class DisclosureProfileTest {

    private static final DisclosureProfile NARROW =
            new DisclosureProfile("narrow", new TreeSet<>(Set.of("/a", "/b/*/a", "/c/d", "/b/*/b/*")));

    @Property
    void nothingOutsideTheListSurvives(@ForAll("documents") JsonNode document) {
        Set<String> left = new TreeSet<>();
        InventedPackages.addFields(NARROW.cut(document), "", left);
        left.forEach(pattern -> assertThat(NARROW.allows(pattern)).as(pattern).isTrue());
    }

    @Property
    void cuttingTwiceIsCuttingOnce(@ForAll("documents") JsonNode document) {
        JsonNode once = NARROW.cut(document);
        assertThat(NARROW.cut(once)).isEqualTo(once);
    }

    @Property
    void theDocumentItselfIsNotTouched(@ForAll("documents") JsonNode document) {
        JsonNode before = document.deepCopy();
        NARROW.cut(document);
        assertThat(document).isEqualTo(before);
    }

    @Test
    void aFieldCannotPoseAsAnotherPlace() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("c/d", "secret");
        document.putObject("b").putObject("*").put("a", "secret");
        assertThat(NARROW.cut(document)).isEqualTo(JsonNodeFactory.instance.objectNode());
    }

    @Test
    void noProfileMeansNothing() {
        assertThatThrownBy(() -> DisclosureProfiles.of("regional-east"))
                .hasMessage("no-disclosure-profile at regional-east");
    }

    @Test
    void theForceGetsEverythingButOurInternalIds() {
        Set<String> all = new TreeSet<>();
        InventedPackages.addFields(PackageJson.tree(InventedPackages.full()), "", all);
        InventedPackages.addFields(PackageJson.tree(InventedPackages.withdrawn()), "", all);
        DisclosureProfile force = DisclosureProfiles.of("force");
        assertThat(all)
                .filteredOn(field -> !force.allows(field))
                .containsExactly(
                        "/answers/witness-availability/*/why",
                        "/incident/reportId",
                        "/lineage/sources/*/recordId",
                        "/staff/*/username",
                        "/useOfForce/*/witnesses/*");
    }

    @Test
    void noTeamSeesAPerson() {
        for (String team : List.of("regional-north", "regional-south", "police-intelligence", "counter-corruption")) {
            JsonNode cut = DisclosureProfiles.of(team).cut(PackageJson.tree(InventedPackages.full()));
            assertThat(cut.toString()).doesNotContain("Arbor", "Testperson", "A1234BC", "1990", "Ficta");
        }
    }

    @Test
    void everyDestinationIsOneWeKnow() {
        assertThat(DisclosureProfiles.destinations())
                .containsExactly(
                        "counter-corruption",
                        "force",
                        "police-intelligence",
                        "regional-north",
                        "regional-south",
                        "tracker");
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return tree(4);
    }

    private static Arbitrary<JsonNode> tree(int depth) {
        Arbitrary<JsonNode> value = Arbitraries.of("x", "y", "").map(JsonNodeFactory.instance::textNode);
        if (depth == 0) {
            return value;
        }
        Arbitrary<JsonNode> inner = tree(depth - 1);
        Arbitrary<JsonNode> object = Arbitraries.maps(Arbitraries.of("a", "b", "c", "d", "*", "c/d", "e"), inner)
                .ofMaxSize(5)
                .map(fields -> {
                    ObjectNode node = JsonNodeFactory.instance.objectNode();
                    fields.forEach(node::set);
                    return node;
                });
        Arbitrary<JsonNode> list = inner.list().ofMaxSize(3).map(entries -> {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            entries.forEach(node::add);
            return node;
        });
        return Arbitraries.oneOf(object, object, list, value);
    }
}
