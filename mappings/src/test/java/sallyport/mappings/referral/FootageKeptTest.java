package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.referral.ReferralPackage.Media;
import sallyport.mappings.referral.ReferralPackage.MediaEvidence;

/** The incident of the package is of 3 August 2026; the report says that there is body-worn video and CCTV, and a charge lists a camera. */
class FootageKeptTest {

    @Test
    void whereNobodyHasSaidItIsReckonedFromTheDayOfTheIncidentAndMarkedAsOurs() {
        ReferralPackage pkg = PackageMapping.assemble(InventedFacts.staffAssault());

        assertThat(pkg.media()).hasSize(3).allSatisfy(media -> {
            assertThat(media.keptUntil()).isEqualTo(LocalDate.parse("2026-08-31"));
            assertThat(media.keptUntilBy()).isEqualTo("POLICY");
        });
        assertThat(FootageKept.of(pkg))
                .contains(new FootageKept.Due(LocalDate.parse("2026-08-24"), LocalDate.parse("2026-08-31"), 3));
    }

    /** Shortly after midnight in summer is the day before by UTC. */
    @Test
    void theDayIsLondons() {
        assertThat(FootageKept.reckoned("CCTV", Instant.parse("2026-08-02T23:30:00Z")))
                .isEqualTo(LocalDate.parse("2026-08-31"));
        assertThat(FootageKept.reckoned("PIN_PHONE_RECORDING", Instant.parse("2026-08-02T12:00:00Z")))
                .isEqualTo(LocalDate.parse("2026-10-31"));
        assertThat(FootageKept.reckoned("CCTV", Instant.parse("9999-12-03T12:00:00Z")))
                .isEqualTo(LocalDate.parse("9999-12-31"));
        assertThat(FootageKept.reckoned("CCTV", Instant.parse("9999-12-04T12:00:00Z")))
                .as("no day that can be written")
                .isNull();
        assertThat(FootageKept.reckoned("PHOTO", Instant.parse("2026-08-02T12:00:00Z")))
                .isNull();
    }

    @Test
    void whatAPersonSaidOfAKindSpeaksOfAllOfIt() {
        ReferralPackage pkg = told(
                """
                {"kind":"BODY_WORN_CAMERA","reference":"Disc 4","keptUntil":"2026-09-20","askedToKeepOn":"2026-08-04"}""");

        assertThat(of(pkg, "PERSON")).singleElement().satisfies(media -> {
            assertThat(media.evidence()).isEqualTo(MediaEvidence.TO_BE_EVIDENCED);
            assertThat(media.keptUntil()).isEqualTo(LocalDate.parse("2026-09-20"));
            assertThat(media.keptUntilBy()).isEqualTo("PERSON");
            assertThat(media.askedToKeepOn()).isEqualTo(LocalDate.parse("2026-08-04"));
        });
        assertThat(pkg.media())
                .filteredOn(media -> media.kind().equals("BODY_WORN_VIDEO"))
                .singleElement()
                .satisfies(media -> assertThat(media.keptUntil()).isNull());
        assertThat(pkg.media())
                .filteredOn(media -> media.kind().equals("CCTV"))
                .hasSize(2)
                .allSatisfy(media -> assertThat(media.keptUntilBy()).isEqualTo("POLICY"));
        assertThat(FootageKept.of(pkg))
                .contains(new FootageKept.Due(LocalDate.parse("2026-08-24"), LocalDate.parse("2026-08-31"), 3));
        PackageSchema.validate(PackageJson.write(pkg));
        assertThat(PackageJson.read(PackageJson.write(pkg))).isEqualTo(pkg);
    }

    @Test
    void whatIsHandedOverRunsOutNoMore() {
        ReferralPackage pkg = told(
                """
                {"kind":"BODY_WORN_CAMERA","reference":"Disc 4","handedTo":"DC 4711","handedOn":"2026-08-05"},
                {"kind":"CCTV","reference":"Disc 5","handedTo":"DC 4711","handedOn":"2026-08-05","keptUntil":"2026-09-01"}""");

        assertThat(FootageKept.of(pkg)).isEmpty();
        assertThat(of(pkg, "PERSON")).extracting(Media::evidence).containsOnly(MediaEvidence.DELIVERED);
        assertThat(item(pkg).state()).isEqualTo(Readiness.State.PRESENT);
    }

    @Test
    void whatIsNamedAndNotHandedOverIsMissing() {
        ReferralPackage pkg = told(
                """
                {"kind":"BODY_WORN_CAMERA","reference":"Disc 4","handedTo":"DC 4711","handedOn":"2026-08-05"},
                {"kind":"CCTV","reference":"Disc 5"}""");

        assertThat(item(pkg))
                .isEqualTo(new Readiness(
                        ReadinessItem.FOOTAGE, Readiness.State.MISSING, "1 of 2 recordings are not handed over yet."));
        assertThat(FootageKept.of(pkg))
                .as("the one that is named, by the hub's reckoning")
                .contains(new FootageKept.Due(LocalDate.parse("2026-08-24"), LocalDate.parse("2026-08-31"), 1));
    }

    @Test
    void wherePeopleSayThatThereIsNoneNothingRunsOut() {
        ReferralPackage pkg = PackageMapping.assemble(InventedFacts.staffAssault(List.of(InventedAnswers.fact(
                ReadinessItem.FOOTAGE,
                "{\"state\":\"NOT_APPLICABLE\",\"note\":\"No camera was on.\",\"source\":\"The control room\"}"))));
        assertThat(FootageKept.of(pkg)).isEmpty();
        ReferralPackage missing = PackageMapping.assemble(InventedFacts.staffAssault(List.of(InventedAnswers.fact(
                ReadinessItem.FOOTAGE, "{\"state\":\"MISSING\",\"note\":\"Asked for.\",\"source\":\"Me\"}"))));
        assertThat(FootageKept.of(missing)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"CCTV\",\"reference\":\"1\",\"handedTo\":\"DC\"} | /entries/0/handedOn",
                "{\"kind\":\"CCTV\",\"reference\":\"1\",\"handedOn\":\"2026-08-05\"} | /entries/0/handedTo"
            })
    void handedOverByHalfIsRefused(String entry, String where) {
        assertThatThrownBy(() -> fact(entry)).hasMessage("missing-field at " + where);
    }

    @ParameterizedTest
    @CsvSource({"CCTV,28,28,why", "CCTV,28,7,''"})
    void aTableThatCannotBeRightStopsTheStart(String kind, String kept, String warn, String why) {
        assertThatThrownBy(() -> FootageKept.read(List.of(row(kind, kept, warn, why))))
                .hasMessageContaining("needs a kind of its own");
    }

    @Test
    void aKindHasOneRow() {
        Map<String, String> row = row("CCTV", "28", "27", "why");
        assertThat(FootageKept.read(List.of(row))).containsOnlyKeys("CCTV");
        assertThatThrownBy(() -> FootageKept.read(List.of(row, row))).hasMessageContaining("needs a kind of its own");
    }

    @Test
    void somebodyIsToldAsLongBeforeAsTheTableSaysOfTheKind() {
        ReferralPackage pkg = told(
                """
                {"kind":"BODY_WORN_CAMERA","reference":"1","keptUntil":"2026-10-31","handedTo":"DC","handedOn":"2026-08-05"},
                {"kind":"CCTV","reference":"2","keptUntil":"2026-10-20"}""");
        Media recorded = pkg.media().stream()
                .filter(media -> "2026-10-20".equals(String.valueOf(media.keptUntil())))
                .findFirst()
                .orElseThrow();
        assertThat(FootageKept.warnOn(recorded)).isEqualTo(LocalDate.parse("2026-10-13"));
        assertThat(FootageKept.warnOn(Media.existing("PERSON", "PIN_PHONE_RECORDING", null, null, null)
                        .kept(LocalDate.parse("2026-10-31"), "POLICY")))
                .isEqualTo(LocalDate.parse("2026-10-17"));
        assertThat(FootageKept.warnOn(Media.existing("PERSON", "PHOTO", null, null, null)
                        .kept(LocalDate.parse("2026-10-31"), "PERSON")))
                .as("a kind without a row")
                .isEqualTo(LocalDate.parse("2026-10-24"));
    }

    private static Map<String, String> row(String kind, String kept, String warn, String why) {
        return Map.of("kind", kind, "group", "G", "keptDays", kept, "warnDays", warn, "basis", "OURS", "why", why);
    }

    private static ReferralPackage told(String entries) {
        return PackageMapping.assemble(InventedFacts.staffAssault(List.of(fact(entries))));
    }

    private static Fact fact(String entries) {
        return InventedAnswers.fact(
                ReadinessItem.FOOTAGE,
                "{\"state\":\"PRESENT\",\"source\":\"The control room\",\"entries\":[" + entries + "]}");
    }

    private static List<Media> of(ReferralPackage pkg, String source) {
        return pkg.media().stream()
                .filter(media -> media.source().equals(source))
                .toList();
    }

    private static Readiness item(ReferralPackage pkg) {
        return pkg.readiness().stream()
                .filter(readiness -> readiness.item() == ReadinessItem.FOOTAGE)
                .findFirst()
                .orElseThrow();
    }
}
