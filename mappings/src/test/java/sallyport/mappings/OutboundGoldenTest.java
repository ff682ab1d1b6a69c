package sallyport.mappings;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.outcome.OutcomeMessage;
import sallyport.mappings.police.CjseAddress;
import sallyport.mappings.police.CjseMapping;
import sallyport.mappings.police.IhubForce;
import sallyport.mappings.police.IhubMapping;
import sallyport.mappings.police.MessageIds;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.proforma.Proforma;
import sallyport.mappings.proforma.ProformaMapping;
import sallyport.mappings.referral.Facts;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.PackageMapping;
import sallyport.mappings.referral.PackageSchema;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.referral.SourceVersion;
import sallyport.mappings.tracker.TrackerMapping;
import sallyport.mappings.tracker.TrackerRow;
import sallyport.mappings.triage.Triage;

/**
 * Every folder {@code golden/<mapping>/<case>} of what leaves the hub and of what comes back. The bytes of a channel that change here
 * are a new {@link MappingVersion}.
 */
class OutboundGoldenTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Instant AT = Instant.parse("2026-08-04T10:15:30Z");

    private interface Mapping {
        byte[] render(byte[] in) throws IOException;
    }

    private static final Map<String, Mapping> MAPPINGS = new TreeMap<>(Map.of(
            "package",
            in -> withoutRuleVersion(assemble(in)),
            "ihub",
            OutboundGoldenTest::ihub,
            "cjse",
            OutboundGoldenTest::cjse,
            "proforma",
            OutboundGoldenTest::proforma,
            "outcome",
            in -> CanonicalJson.write(CanonicalJson.tree(OutcomeMessage.read(in))),
            "tracker",
            in -> TrackerMapping.render(CanonicalJson.read(in, TrackerRow.class), DisclosureProfiles.of("tracker"))));

    @TestFactory
    Stream<DynamicTest> everyCaseIsRenderedOrRefusedAsItsFolderSays() {
        return MAPPINGS.keySet().stream().flatMap(mapping -> cases(mapping).stream()
                .map(folder ->
                        dynamicTest(mapping + "/" + folder.getFileName(), () -> check(MAPPINGS.get(mapping), folder))));
    }

    private static void check(Mapping mapping, Path folder) throws IOException {
        Path rejection = folder.resolve("rejected.txt");
        byte[] rendered;
        try {
            rendered = mapping.render(Files.readAllBytes(folder.resolve("in.json")));
        } catch (Rejected rejected) {
            assertThat(rejected.code() + " " + rejected.where())
                    .isEqualTo(Files.readString(rejection).strip());
            return;
        }
        assertThat(rejection).as("rendered although it should be rejected").doesNotExist();
        String text = new String(rendered, StandardCharsets.UTF_8);
        Path xml = folder.resolve("out.xml");
        Path words = folder.resolve("out.txt");
        if (Files.exists(words)) {
            assertThat(text).isEqualTo(Files.readString(words));
        } else if (Files.exists(xml)) {
            assertThat(text).isEqualTo(Files.readString(xml).strip());
        } else {
            assertThatJson(text).isEqualTo(Files.readString(folder.resolve("out.json")));
        }
    }

    private static ReferralPackage assemble(byte[] in) throws IOException {
        JsonNode facts = MAPPER.readTree(in);
        IncidentReport report = IncidentReport.read(bytes(facts.get("report")));
        ReferralPackage pkg = PackageMapping.assemble(new Facts(
                new CaseReference("SP-2026-000123"),
                1,
                ReferralPackage.Kind.INITIAL,
                ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                PrisonForces.forPrison(report.location()),
                null,
                report,
                new SourceVersion("incident-reporting", report.id(), 1, "a".repeat(64)),
                Triage.rules().decide(report),
                Prisoner.readAll(bytes(facts.get("prisoners"))),
                Adjudication.readAll(bytes(facts.get("adjudications"))),
                CaseNotePage.read(bytes(facts.get("caseNotes"))).content(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                AT));
        PackageSchema.validate(PackageJson.write(pkg));
        return pkg;
    }

    private static byte[] withoutRuleVersion(ReferralPackage pkg) {
        ObjectNode tree = PackageJson.tree(pkg);
        tree.withObject("/lineage").remove(List.of("ruleVersion", "mappingVersion"));
        return CanonicalJson.write(tree);
    }

    private static byte[] ihub(byte[] in) {
        ReferralPackage pkg = PackageJson.read(in);
        return IhubMapping.render(
                pkg,
                DisclosureProfiles.of("force"),
                new IhubForce("14", "14"),
                MessageIds.packageMessageId(pkg.caseReference(), pkg.version(), pkg.force()));
    }

    private static byte[] cjse(byte[] in) {
        ReferralPackage pkg = PackageJson.read(in);
        return CjseMapping.render(
                pkg,
                DisclosureProfiles.of("force"),
                new CjseAddress("SallyportHub", "Z00Sallyport", "Z00SP00", "HMPPS", "01401PoliceCaseSystem"),
                MessageIds.requestId(pkg.caseReference(), pkg.version(), pkg.force()),
                MessageIds.correlationId(pkg.caseReference(), pkg.version(), pkg.force()),
                AT);
    }

    /** A package, cut to a profile if the case names one, as lines of words. */
    private static byte[] proforma(byte[] in) throws IOException {
        JsonNode asked = MAPPER.readTree(in);
        UnaryOperator<JsonNode> seen =
                asked.has("for") ? DisclosureProfiles.of(asked.get("for").asText())::cut : UnaryOperator.identity();
        Proforma proforma = ProformaMapping.of(
                seen.apply(asked.get("package")), asked.has("previous") ? seen.apply(asked.get("previous")) : null);
        return ProformaLines.of(proforma).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(JsonNode node) throws IOException {
        return MAPPER.writeValueAsBytes(node);
    }

    private static List<Path> cases(String mapping) {
        try (Stream<Path> folders = Files.list(Path.of(
                OutboundGoldenTest.class.getResource("/golden/" + mapping).toURI()))) {
            List<Path> sorted = folders.sorted().toList();
            assertThat(sorted).isNotEmpty();
            return sorted;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
