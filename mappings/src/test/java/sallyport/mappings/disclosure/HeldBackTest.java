package sallyport.mappings.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.table.CsvTable;

/** What is held back, from whom, and what is said of it. */
class HeldBackTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DisclosureProfile FORCE = DisclosureProfiles.of("force");
    /** Words that stand in the values of hostile documents and must be neither in what leaves nor in what is said of it. */
    private static final String SECRET = "Zquirrel";

    @Test
    void ofAPackageItNamesEachPlaceWithItsReasonAndNoValue() {
        HeldBack held = FORCE.heldBack(PackageJson.tree(InventedPackages.full()));
        assertThat(held.destination()).isEqualTo("force");
        assertThat(held.lines())
                .contains(
                        new HeldBack.Line("internal-id", "/incident/reportId", 1),
                        new HeldBack.Line("internal-id", "/lineage/sources/*/recordId", 1),
                        new HeldBack.Line("sensitive", "/answers/witness-availability/*/why", 1),
                        new HeldBack.Line("staff-identity", "/staff/*/username", 1),
                        new HeldBack.Line("third-party", "/persons/*/pncIdAsReceived", 1),
                        new HeldBack.Line("third-party", "/persons/*/croNumber", 1),
                        new HeldBack.Line("third-party", "/useOfForce/*/witnesses/*", 1));
        assertThat(held.words())
                .startsWith("force " + FORCE.version() + ", held back " + held.values() + " of ")
                .contains("third-party 3: /persons/*/croNumber /persons/*/pncIdAsReceived /useOfForce/*/witnesses/*")
                .doesNotContain("QTEST2", "Birke", "1979", "0198a5c6");
    }

    @Test
    void ofAWitnessTheForceGetsWhoAndWhereAndNothingElse() {
        JsonNode cut = FORCE.cut(PackageJson.tree(InventedPackages.full()));
        Set<String> names = new TreeSet<>();
        cut.at("/persons/1").fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "firstName",
                        "knownToPrisonerSearch",
                        "lastName",
                        "prisonerNumberAsReceived",
                        "reportedRole",
                        "role");
        assertThat(cut.at("/persons/0/pncId").asText()).isEqualTo("1979/0163001B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"persons\":[{\"role\":\"WITNESS\",\"dateOfBirth\":\"Zquirrel\"}]}",
                "{\"persons\":[{\"role\":\"INVOLVED\",\"aliases\":[{\"lastName\":\"Zquirrel\"}]}]}",
                "{\"persons\":[{\"dateOfBirth\":\"Zquirrel\"}]}",
                "{\"persons\":[{\"role\":null,\"dateOfBirth\":\"Zquirrel\"}]}",
                "{\"persons\":[{\"role\":[\"SUSPECT\"],\"dateOfBirth\":\"Zquirrel\"}]}",
                "{\"persons\":[{\"role\":\"suspect\",\"dateOfBirth\":\"Zquirrel\"}]}",
                "{\"persons\":[{\"role\":\"SUSPECT|VICTIM|SUBJECT\",\"dateOfBirth\":\"Zquirrel\"}]}",
                "{\"persons\":[[{\"role\":\"SUSPECT\",\"dateOfBirth\":\"Zquirrel\"}]]}",
                "{\"persons\":[\"Zquirrel\"]}",
                "{\"persons\":{\"*\":{\"role\":\"SUSPECT\",\"dateOfBirth\":\"Zquirrel\"}}}",
                "{\"persons/*\":{\"role\":\"SUSPECT\",\"dateOfBirth\":\"Zquirrel\"}}",
                "{\"persons\":[{\"role\":\"WITNESS\",\"releaseDates\":{\"release\":\"Zquirrel\"},\"firstName\":{\"x\":\"Zquirrel\"}}]}",
                "{\"Zquirrel\":\"Zquirrel\",\"Zquirrel/x\":{\"a\":1},\"Zquirrel Zq\":[1,2,\"Zquirrel\"]}",
                "{\"staff\":[{\"username\":\"Zquirrel\",\"email\":\"Zquirrel\"}]}"
            })
    void nothingOfAThirdPartyLeavesForAnybody(String document) {
        JsonNode tree = read(document);
        for (DisclosureProfile profile : DisclosureProfiles.all()) {
            assertThat(profile.cut(tree).toString()).as(profile.destination()).doesNotContain(SECRET);
            assertThat(profile.heldBack(tree).values())
                    .as(profile.destination())
                    .isPositive();
        }
    }

    @Test
    void whatIsSaidOfItHasNoNameThatIsNotOurs() {
        HeldBack held =
                FORCE.heldBack(read("{\"Zquirrel of Leeds\":1,\"a/b\":{\"c\":1},\"" + "x".repeat(50) + "\":[1,1]}"));
        assertThat(held.lines()).containsExactly(new HeldBack.Line("not-in-profile", "/?", 4));
    }

    /** A destination that is told of documents is not for that told of how a witness can be reached. */
    @Test
    void theBackOfAStatementIsForWhomTheTableNames() {
        ObjectNode document = MAPPER.createObjectNode();
        for (String kind : List.of("statement-front", "statement-back", "statement", "photograph")) {
            document.withArray("documents").addObject().put("kind", kind).put("sha256", "f".repeat(64));
        }
        Set<String> fields = Set.of("/documents/*/kind", "/documents/*/sha256");
        DisclosureProfile other = new DisclosureProfile("elsewhere", new TreeSet<>(fields));

        assertThat(FORCE.cut(document).path("documents")).hasSize(4);
        assertThat(other.cut(document).path("documents"))
                .extracting(left -> left.path("kind").asText())
                .containsExactly("statement-front", "photograph");
        assertThat(other.heldBack(document).lines())
                .containsExactly(
                        new HeldBack.Line("witness-contacts", "/documents/*/kind", 2),
                        new HeldBack.Line("witness-contacts", "/documents/*/sha256", 2));
        assertThat(FORCE.rules()).contains("documents with contacts: statement-back\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Seen by QTEST2 on the landing",
                "QTEST2",
                "(QTEST2), then Qtest2@justice.gov.uk",
                "write to fio.ficta@hmps.gsi.gov.uk.",
                "FIO.FICTA@NOMS.GSI.GOV.UK",
                "a@b.justice.gov.uk;c@prisons.gov.uk"
            })
    void staffUserNamesAndAddressesLeaveInNoText(String text) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putArray("staff").addObject().put("username", "QTEST2").put("comment", text);
        document.putObject("incident").put("description", text).put("title", "x " + text + " y");
        JsonNode cut = FORCE.cut(document);
        assertThat(cut.toString())
                .contains(StaffIdentities.REMOVED)
                .doesNotContain("QTEST2")
                .doesNotContainIgnoringCase("gov.uk");
        assertThat(FORCE.cut(cut)).isEqualTo(cut);
        assertThat(FORCE.heldBack(document).lines())
                .contains(
                        new HeldBack.Line("staff-identity", "/incident/description", 1),
                        new HeldBack.Line("staff-identity", "/staff/*/username", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mr SMITH and XQTEST2Y",
                "seller@example.com offered it",
                "fio@justice.gov.uk.example.com",
                "@justice.gov.uk",
                "at 10@noon"
            })
    void whatIsNoneStays(String text) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putArray("staff").addObject().put("username", "QTEST2");
        document.withArray("staff").addObject().put("username", "SMITH");
        document.withArray("staff").addObject().put("username", "A1");
        document.withArray("staff").addObject().put("username", "(.*)+");
        document.putObject("incident").put("description", text);
        assertThat(FORCE.cut(document).at("/incident/description").asText()).isEqualTo(text);
    }

    @Test
    void anEntryOfTheLogHasRoomForAnyDocument() {
        ObjectNode document = MAPPER.createObjectNode();
        for (int i = 0; i < 5_000; i++) {
            document.put("field" + i, i);
        }
        String words = FORCE.heldBack(document).words();
        assertThat(words)
                .hasSizeLessThan(1_400)
                .contains("held back 5000 of 5000 values")
                .contains(" more fields");
    }

    /** Whatever a document is like, what left and what was held back are all of its values. */
    @Property(tries = 300)
    void everyValueIsCountedOnce(@ForAll long seed) {
        JsonNode document = document(new Random(seed), 4);
        HeldBack held = FORCE.heldBack(document);
        assertThat(held.left()).isEqualTo(values(FORCE.cut(document)));
        assertThat(held.left() + held.values()).isEqualTo(values(document));
    }

    @Test
    void aProfileThatChangesIsAnotherVersion() {
        DisclosureProfile now = DisclosureProfiles.of("force");
        assertThat(now.version()).matches("[0-9a-f]{12}");
        assertThat(now.version()).isNotEqualTo(DisclosureProfiles.of("tracker").version());
        assertThat(new DisclosureProfile("force", new TreeSet<>(Set.of("/a"))).rules())
                .isNotEqualTo(new DisclosureProfile("force", new TreeSet<>(Set.of("/a", "/b"))).rules());
        assertThat(now.rules())
                .contains("/incident/title\n")
                .contains("third parties in /persons/*: role not SUBJECT|SUSPECT|VICTIM, leaves comment ")
                .contains("staff-identity /staff/*/username\n");
    }

    @Test
    void everyReasonAndEveryRuleOfThirdPartiesIsAboutAFieldThereIs() {
        Set<String> fields = new TreeSet<>();
        InventedPackages.addFields(PackageJson.tree(InventedPackages.full()), "", fields);
        for (Map<String, String> row : CsvTable.rows("sallyport/disclosure/reasons.csv")) {
            assertThat(fields).contains(row.get("field"));
            assertThat(FORCE.allows(row.get("field"))).as(row.get("field")).isFalse();
        }
        for (Map<String, String> row : CsvTable.rows("sallyport/disclosure/third-parties.csv")) {
            String field = row.get("list") + "/" + row.get("field");
            assertThat(fields).anyMatch(known -> known.equals(field) || known.startsWith(field + "/"));
        }
    }

    private static JsonNode document(Random random, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 0 -> {
                return MAPPER.getNodeFactory().textNode("v" + random.nextInt(9));
            }
            case 1 -> {
                var list = MAPPER.createArrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    list.add(document(random, depth - 1));
                }
                return list;
            }
            default -> {
                ObjectNode object = MAPPER.createObjectNode();
                for (String name : List.of("persons", "role", "comment", "lastName", "*", "a/b", "title", "incident")) {
                    if (random.nextBoolean()) {
                        object.set(
                                name,
                                name.equals("role") && random.nextBoolean()
                                        ? MAPPER.getNodeFactory().textNode("SUSPECT")
                                        : document(random, depth - 1));
                    }
                }
                return object;
            }
        }
    }

    private static int values(JsonNode node) {
        if (node.isValueNode()) {
            return 1;
        }
        int values = 0;
        for (JsonNode child : node) {
            values += values(child);
        }
        return values;
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
