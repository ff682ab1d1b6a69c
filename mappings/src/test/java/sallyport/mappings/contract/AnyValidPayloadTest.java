package sallyport.mappings.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.police.CjseAddress;
import sallyport.mappings.police.CjseMapping;
import sallyport.mappings.police.IhubForce;
import sallyport.mappings.police.IhubMapping;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.referral.Facts;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.PackageMapping;
import sallyport.mappings.referral.PackageSchema;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.referral.SourceVersion;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;

class AnyValidPayloadTest {

    private static final List<String> NUMBERS = List.of("A1234BC", "B2345CD", "a3456de", "C4567");

    /** A payload of one of the systems. */
    record Payload(String system, JsonNode json) {

        void read() {
            Readers.read(system, ValidPayloads.bytes(json));
        }

        @Override
        public String toString() {
            String text = json.toString();
            return system + " " + text.substring(0, Math.min(text.length(), 2_000));
        }
    }

    @Provide
    Arbitrary<Payload> payloads() {
        return Arbitraries.of(ContractFacts.READ)
                .flatMap(system -> new ValidPayloads(system).arbitrary().map(json -> new Payload(system, json)));
    }

    @Provide
    Arbitrary<JsonNode> reports() {
        return new ValidPayloads("incidents").arbitrary();
    }

    @Property(tries = 3_000)
    void isRead(@ForAll("payloads") Payload payload) {
        payload.read();
    }

    @Property(tries = 1_000)
    void keepsEveryPersonQuestionAndTimeOfAReport(@ForAll("reports") JsonNode json) {
        IncidentReport report = IncidentReport.read(ValidPayloads.bytes(json));

        assertThat(report.id()).isEqualToIgnoringCase(json.get("id").asText());
        assertThat(report.modifiedAt().text()).isEqualTo(json.get("modifiedAt").asText());
        assertThat(report.title()).hasSameSizeAs(json.get("title").asText());
        assertThat(report.prisonersInvolved())
                .hasSize(json.get("prisonersInvolved").size());
        assertThat(report.questions()).hasSize(json.get("questions").size());
        assertThat(report.history()).hasSize(json.get("history").size());
        assertThat(json.get("type").asText()).startsWith(report.family() + "_");
        Suspects people = Suspects.of(report);
        assertThat(people.suspects().size()
                        + people.victims().size()
                        + people.witnesses().size()
                        + people.subjects().size()
                        + people.involved().size())
                .isEqualTo(report.prisonersInvolved().size());
        assertThat(people.staffSuspects().size()
                        + people.staffVictims().size()
                        + people.staffWitnesses().size())
                .isEqualTo(report.staffInvolved().size());
    }

    @Property(tries = 1_000)
    void getsOneVerdictWithReasons(@ForAll("reports") JsonNode json) {
        IncidentReport report = IncidentReport.read(ValidPayloads.bytes(json));

        Verdict verdict = Triage.rules().decide(report);

        assertThat(verdict.reasons()).isNotEmpty();
        assertThat(verdict.explanationJson())
                .isEqualTo(Triage.rules().decide(report).explanationJson());
        if (report.emptiedByTypeChange()) {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.NEEDS_REVIEW);
        }
    }

    /** The whole way, with all that the systems say of the people in it. */
    @Property(tries = 500)
    void reachesThePoliceByBothChannelsWithEverybodyInIt(@ForAll long seed) {
        Random random = new Random(seed);
        IncidentReport report = IncidentReport.read(people("incidents", "prisonerNumber", random));
        ReferralPackage pkg = PackageMapping.assemble(new Facts(
                new CaseReference("SP-2026-000123"),
                1,
                ReferralPackage.Kind.INITIAL,
                ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                new ForceCode("14"),
                null,
                report,
                new SourceVersion("incident-reporting", report.id(), 1, "a".repeat(64)),
                Triage.rules().decide(report),
                Prisoner.readAll(people("prisoner-search", "prisonerNumber", random)),
                Adjudication.readAll(people("adjudications", "prisonerNumber", random)),
                CaseNotePage.read(people("casenotes", "offenderIdentifier", random))
                        .content(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                Instant.parse("2026-08-04T10:15:30Z")));

        assertThat(pkg.persons()).hasSameSizeAs(report.prisonersInvolved());
        assertThat(pkg.staff()).hasSameSizeAs(report.staffInvolved());
        byte[] written = PackageJson.write(pkg);
        try {
            PackageSchema.validate(written);
        } catch (Rejected rejected) {
            // The contracts let a text be empty, or a book, where a force is told something: the place of it is named.
            assertThat(rejected.code()).isEqualTo("schema-invalid");
            String text = PackageJson.tree(pkg).at(rejected.where()).textValue();
            assertThat(text.isEmpty() || text.length() > 1_000)
                    .as(rejected.where())
                    .isTrue();
        }
        assertThat(PackageJson.write(PackageJson.read(written))).isEqualTo(written);
        assertThat(IhubMapping.render(pkg, DisclosureProfiles.of("force"), new IhubForce("14", "14"), "m"))
                .isNotEmpty();
        assertThat(CjseMapping.render(
                        pkg,
                        DisclosureProfiles.of("force"),
                        new CjseAddress("SallyportHub", "Z00Sallyport", "Z00SP00", "HMPPS", "01401PoliceCaseSystem"),
                        "r",
                        "c",
                        Instant.parse("2026-08-04T10:15:30Z")))
                .isNotEmpty();
    }

    /** A payload in which all systems speak of the same few people. */
    private static byte[] people(String system, String number, Random random) {
        JsonNode payload = new ValidPayloads(system).root(random);
        if (payload instanceof ObjectNode report && report.has("reportReference")) {
            // The schema of the package asks more of these two than the contract does.
            report.put("reportReference", "60000001").put("location", random.nextBoolean() ? "MDI" : "NORTH");
        }
        for (JsonNode person : payload.findParents(number)) {
            if (random.nextInt(4) > 0) {
                ((ObjectNode) person).put(number, NUMBERS.get(random.nextInt(NUMBERS.size())));
            }
        }
        return ValidPayloads.bytes(payload);
    }

    @Property(tries = 3_000)
    void spoiltInOnePlaceItIsReadOrRejectedWithThatPlace(@ForAll("payloads") Payload payload, @ForAll Random random) {
        spoil(payload.json(), random);

        try {
            payload.read();
        } catch (Rejected rejected) {
            assertThat(rejected.code()).isIn("schema-invalid", "unknown-code", "unknown-incident-type");
            assertThat(rejected.where()).startsWith("/");
        }
    }

    @Property(tries = 1_000)
    void bytesOfAnyKindAreReadOrRejected(@ForAll @Size(max = 200) byte[] bytes) {
        for (String system : Readers.ALL) {
            try {
                Readers.read(system, bytes);
            } catch (Rejected rejected) {
                assertThat(rejected.code()).isIn("not-json", "schema-invalid");
            }
        }
    }

    /** Removes, empties or replaces one value somewhere in the tree. */
    private static void spoil(JsonNode json, Random random) {
        List<ContainerNode<?>> containers = new ArrayList<>();
        collect(json, containers);
        if (containers.isEmpty()) {
            return;
        }
        JsonNode wrong = List.<JsonNode>of(
                        JsonNodeFactory.instance.nullNode(),
                        JsonNodeFactory.instance.numberNode(1.5),
                        JsonNodeFactory.instance.textNode("NOT_A_CODE\u0000"),
                        JsonNodeFactory.instance.booleanNode(true),
                        JsonNodeFactory.instance.arrayNode().add(1),
                        JsonNodeFactory.instance.objectNode())
                .get(random.nextInt(6));
        ContainerNode<?> target = containers.get(random.nextInt(containers.size()));
        if (target instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextBoolean()) {
                object.remove(name);
            } else {
                object.set(name, wrong);
            }
        } else if (target instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), wrong);
        }
    }

    private static void collect(JsonNode json, List<ContainerNode<?>> containers) {
        if (json instanceof ContainerNode<?> container && !container.isEmpty()) {
            containers.add(container);
            container.forEach(child -> collect(child, containers));
        }
    }
}
