package sallyport.mappings.police;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

class IhubMappingTest {

    private static final DisclosureProfile FORCE = DisclosureProfiles.of("force");
    private static final String ID = "SP-2026-000123-v1-14";

    @Test
    void isOneIncidentWithEverythingItRefersToBesideIt() throws Exception {
        JsonNode document = render(InventedPackages.full());
        assertThat(document.at("/data/type").asText()).isEqualTo("incident");
        Set<String> included = new HashSet<>();
        document.get("included")
                .forEach(entity -> included.add(
                        entity.get("type").asText() + entity.get("id").asText()));
        Set<String> referred = new HashSet<>();
        document.at("/data/relationships")
                .forEach(relation -> referred.add(relation.at("/data/type").asText()
                        + relation.at("/data/id").asText()));
        assertThat(referred).isEqualTo(included).hasSize(6);
        assertThat(document.at("/data/relationships").fieldNames())
                .toIterable()
                .containsExactly("incidentLocation", "suspect", "witness", "staffVictim", "attachment", "submission");
    }

    @Test
    void theSubmissionCarriesWhatTheForceAsksFor() {
        assertThatJson(new String(bytes(InventedPackages.full()), StandardCharsets.UTF_8))
                .inPath("$.included[?(@.type=='submission')].attributes")
                .isArray()
                .first()
                .isObject()
                .containsEntry("forceIdentifier", "14")
                .containsEntry("brand", "14")
                .containsEntry("customerReferenceNumber", "SP-2026-000123")
                .containsEntry("externalReferenceId", ID)
                .containsEntry("submitTime", "2026-08-04T11:15:30+01:00")
                .containsEntry("category", "crime-in-prison-referral")
                .containsEntry("categorySubcode", "initial");
    }

    @Test
    void thePackageRidesAlongCutToTheProfile() throws Exception {
        JsonNode attachment = entity(render(InventedPackages.full()), "attachment");
        byte[] content = attachment.at("/attributes/content").binaryValue();
        assertThat(new JsonMapper().readTree(content))
                .hasToString(
                        FORCE.cut(PackageJson.tree(InventedPackages.full())).toString());
        assertThat(attachment.at("/attributes/sha256").asText()).isEqualTo(Sha256.hex(content));
        assertThat(attachment.at("/attributes/contentType").asText()).isEqualTo("application/json");
    }

    @Property(tries = 100)
    void noNameIsLongerThanTheModelAllowsAndNoneIsLost(
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 90) String name) throws Exception {
        JsonNode document = render(InventedPackages.full(1, name, "O" + name));
        JsonNode person = entity(document, "person");
        assertThat(person.at("/attributes/givenName/0").asText()).hasSizeLessThanOrEqualTo(35);
        assertThat(person.at("/attributes/surname").asText()).hasSizeLessThanOrEqualTo(35);
        assertThat(entity(document, "submission")
                        .at("/attributes/submissionContent")
                        .asText())
                .contains(name)
                .contains("O" + name);
    }

    @Test
    void aNameThatJustFitsIsLeftAndALongerOneIsWrittenInFullBelow() throws Exception {
        String fits = "f".repeat(34) + "\uD83D\uDE00";
        String tooLong = "s".repeat(34) + "\uD83D\uDE00x";

        JsonNode document = render(InventedPackages.full(1, fits, tooLong));

        assertThat(entity(document, "person").at("/attributes/givenName/0").asText())
                .isEqualTo(fits);
        assertThat(entity(document, "person").at("/attributes/surname").asText())
                .isEqualTo("s".repeat(34) + "\uD83D\uDE00");
        assertThat(entity(document, "submission")
                        .at("/attributes/submissionContent")
                        .asText())
                .contains(
                        "Written in full, because the form above is too short for it:\n- person 1 surname: " + tooLong)
                .doesNotContain("person 1 given name");
        assertThat(entity(render(InventedPackages.full()), "submission")
                        .at("/attributes/submissionContent")
                        .asText())
                .doesNotContain("Written in full");
    }

    @Test
    void theSameMessageHasTheSameIdsAndBytes() throws Exception {
        assertThat(bytes(InventedPackages.full())).isEqualTo(bytes(InventedPackages.full()));
        JsonNode other = new JsonMapper()
                .readTree(IhubMapping.render(
                        InventedPackages.full(), FORCE, new IhubForce("14", "14"), "SP-2026-000123-v2-14"));
        assertThat(other.at("/data/id"))
                .isNotEqualTo(render(InventedPackages.full()).at("/data/id"));
    }

    @Test
    void whatTheProfileWithholdsIsNowhereInTheDocument() {
        String rendered = new String(
                IhubMapping.render(
                        InventedPackages.full(),
                        DisclosureProfiles.of("regional-north"),
                        new IhubForce("14", "14"),
                        ID),
                StandardCharsets.UTF_8);
        assertThat(rendered).doesNotContain("Arbor", "Testperson", "A1234BC", "Ficta", "landing", "struck");
    }

    @Test
    void aWithdrawalSaysSoInPlainWords() throws Exception {
        JsonNode submission = entity(render(InventedPackages.withdrawn()), "submission");
        assertThat(submission.at("/attributes/submissionContent").asText())
                .contains("This referral is withdrawn.", "Reason: DUPLICATE", "Incident number: 60000001")
                .doesNotContain("Arbor");
        assertThat(submission.at("/attributes/categorySubcode").asText()).isEqualTo("withdrawal");
    }

    private static JsonNode entity(JsonNode document, String type) {
        for (JsonNode entity : document.get("included")) {
            if (entity.get("type").asText().equals(type)) {
                return entity;
            }
        }
        throw new AssertionError("no " + type);
    }

    private static JsonNode render(ReferralPackage pkg) throws Exception {
        return new JsonMapper().readTree(bytes(pkg));
    }

    private static byte[] bytes(ReferralPackage pkg) {
        return IhubMapping.render(pkg, FORCE, new IhubForce("14", "14"), ID);
    }
}
