package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;

class NamedDocumentTest {

    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void aPackageNamesItsDocumentsInItsOrder() {
        ObjectNode pkg = JsonNodeFactory.instance.objectNode();
        document(pkg, 12, "application/pdf");
        document(pkg, 7, "video/mp4");
        assertThat(NamedDocument.in(pkg))
                .containsExactly(
                        new NamedDocument(12, "application/pdf", 3_000_000_000L, HASH),
                        new NamedDocument(7, "video/mp4", 3_000_000_000L, HASH))
                .extracting(NamedDocument::fileName)
                .containsExactly("document-12.pdf", "document-7.mp4");
    }

    @Test
    void aPackageWithoutDocumentsNamesNone() {
        assertThat(NamedDocument.in(JsonNodeFactory.instance.objectNode())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "mediaType", "size", "sha256"})
    void oneThatIsNotNamedWholeIsNotAmongThem(String missing) {
        ObjectNode pkg = JsonNodeFactory.instance.objectNode();
        document(pkg, 12, "application/pdf").remove(missing);
        assertThat(NamedDocument.in(pkg)).isEmpty();
    }

    @Test
    void theForceIsToldOfThemWholeAndNoTeamIs() {
        ObjectNode pkg = JsonNodeFactory.instance.objectNode();
        document(pkg, 12, "application/pdf");
        for (String destination : DisclosureProfiles.destinations()) {
            DisclosureProfile profile = DisclosureProfiles.of(destination);
            assertThat(NamedDocument.in(profile.cut(pkg))).as(destination).hasSize(destination.equals("force") ? 1 : 0);
            assertThat(NamedDocument.pass(profile)).as(destination).isEqualTo(destination.equals("force"));
        }
    }

    private static ObjectNode document(ObjectNode pkg, long number, String mediaType) {
        return pkg.withArray("/documents")
                .addObject()
                .put("number", number)
                .put("kind", "statement")
                .put("mediaType", mediaType)
                .put("size", 3_000_000_000L)
                .put("sha256", HASH);
    }
}
