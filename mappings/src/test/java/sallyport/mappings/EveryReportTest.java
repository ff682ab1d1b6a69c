package sallyport.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.police.CjseAddress;
import sallyport.mappings.police.CjseMapping;
import sallyport.mappings.police.IhubForce;
import sallyport.mappings.police.IhubMapping;
import sallyport.mappings.referral.Facts;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.PackageMapping;
import sallyport.mappings.referral.PackageSchema;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.referral.SourceVersion;
import sallyport.mappings.triage.Triage;

/** From report to police, for every report that triage has a case for. */
class EveryReportTest {

    @ParameterizedTest
    @MethodSource("reports")
    void becomesAPackageThatBothChannelsCarry(Path folder) throws IOException {
        IncidentReport report = IncidentReport.read(Files.readAllBytes(folder.resolve("in.json")));
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
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                Instant.parse("2026-08-04T10:15:30Z")));
        PackageSchema.validate(PackageJson.write(pkg));
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

    static List<Path> reports() {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/golden/triage"))) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
