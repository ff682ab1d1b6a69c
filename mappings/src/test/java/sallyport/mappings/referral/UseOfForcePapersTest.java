package sallyport.mappings.referral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.disclosure.HeldBack;
import sallyport.mappings.referral.PackageDiff.Change;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.referral.ReferralPackage.Exhibit;
import sallyport.mappings.referral.ReferralPackage.Media;
import sallyport.mappings.referral.UseOfForcePaper.Listed;
import sallyport.mappings.referral.UseOfForcePaper.Treated;
import sallyport.mappings.useofforce.UseOfForceReport;

/** Use of force reports, in the package. */
class UseOfForcePapersTest {

    private static final String REPORT =
            """
            {"id": 4711, "agency_id": "MDI", "offender_no": "A1234BC", "incident_date": "2026-08-03T09:45:00",
             "submitted_date": "2026-08-03T12:00:00", "status": "SUBMITTED", "reporter_name": "Ada Reporter",
             "form_response": {
               "incidentDetails": {"plannedUseOfForce": false, "authorisedBy": "Custodial Manager Bell",
                 "witnesses": [{"name": "Wilma Witness"}]},
               "involvedStaff": [{"name": "Otto Officer", "email": "otto@example.org", "username": "OOFFICER_GEN"},
                 {"username": "PPERSON_GEN"}],
               "reasonsForUseOfForce": {"reasons": ["ASSAULT_ON_A_MEMBER_OF_STAFF"], "primaryReason": "ASSAULT_ON_A_MEMBER_OF_STAFF"},
               "useOfForceDetails": {"bodyWornCamera": "YES", "bodyWornCameraNumbers": [{"cameraNum": "BWC-17"}, {"cameraNum": "BWC-18"}],
                 "batonDrawnAgainstPrisoner": true, "batonUsed": true, "pavaDrawnAgainstPrisoner": true, "pavaUsed": true, "taserDrawn": true,
                 "handcuffsApplied": true, "weaponsObserved": "YES", "weaponTypes": [{"weaponType": "A mop handle"}]},
               "evidence": {"photographsTaken": true, "cctvRecording": "YES",
                 "evidenceTagAndDescription": [{"evidenceTagReference": "M0012345", "description": "A mop handle"},
                   {"evidenceTagReference": "M0012346"}]},
               "relocationAndInjuries": {"prisonerInjuries": "NOT_KNOWN", "f213CompletedBy": "Nora Nurse", "prisonerHospitalisation": false,
                 "staffNeedingMedicalAttention": [{"name": "Otto Officer", "hospitalisation": true}]}},
             "statements": [
               {"id": 1, "name": "Otto Officer", "email": "otto@example.org", "statement": "He struck me.", "statement_status": "SUBMITTED",
                "submitted_date": "2026-08-03T15:00:00", "statement_amendments": [{"additional_comment": "Twice."}]},
               {"id": 2, "statement_status": "PENDING"}, {"id": 3, "name": "Not There", "statement_status": "REMOVAL_REQUESTED"}]}
            """;

    private final ReferralPackage pkg = assembled(REPORT);

    @Test
    void thePaperSaysWhatTheReportSays() {
        UseOfForcePaper paper = pkg.useOfForce().get(0);

        assertThat(pkg.useOfForce()).hasSize(1);
        assertThat(paper.reportId()).isEqualTo("4711");
        assertThat(paper.prisonerNumber()).isEqualTo("A1234BC");
        assertThat(paper.occurred().instant()).hasToString("2026-08-03T08:45:00Z");
        assertThat(paper.submitted().text()).isEqualTo("2026-08-03T12:00:00");
        assertThat(paper.complete()).isFalse();
        assertThat(paper.primaryReason()).isEqualTo("ASSAULT_ON_A_MEMBER_OF_STAFF");
        assertThat(paper.reasons()).containsExactly("ASSAULT_ON_A_MEMBER_OF_STAFF");
        assertThat(paper.planned()).isFalse();
        assertThat(paper.authorisedBy()).isEqualTo("Custodial Manager Bell");
        assertThat(paper.staff()).containsExactly("Otto Officer", "not named");
        assertThat(paper.witnesses()).containsExactly("Wilma Witness");
        assertThat(paper.means())
                .containsExactly("BATON_DRAWN", "BATON_USED", "PAVA_DRAWN", "PAVA_USED", "TASER_DRAWN", "HANDCUFFS");
        assertThat(paper.weapons()).containsExactly("A mop handle");
        assertThat(paper.prisonerInjured()).as("nobody knows").isNull();
        assertThat(paper.prisonerInHospital()).isFalse();
        assertThat(paper.injuryFormBy()).isEqualTo("Nora Nurse");
        assertThat(paper.staffTreated()).containsExactly(new Treated("Otto Officer", true));
        assertThat(paper.statements())
                .extracting(Listed::state)
                .containsExactly("SUBMITTED", "PENDING", "REMOVAL_REQUESTED");
        assertThat(paper.statements().get(2).author())
                .as("who asked to be taken out is not named")
                .isNull();
        assertThat(paper.prisonerRole()).isEqualTo(ReferralPackage.Role.SUSPECT);
        assertThat(paper.witnessesNamed()).isOne();
        assertThat(paper.statements().get(0).author()).isEqualTo("Otto Officer");
        assertThat(paper.statements().get(0).amendments()).isOne();
        assertThat(paper.statements().get(1).submitted()).isNull();
    }

    @Test
    void tagsAreExhibitsAndCamerasAreFootage() {
        assertThat(pkg.exhibits())
                .filteredOn(exhibit -> exhibit.source().equals("USE_OF_FORCE"))
                .containsExactly(
                        Exhibit.existing("USE_OF_FORCE", "BAGGED_AND_TAGGED", "M0012345", "A mop handle", null),
                        Exhibit.existing("USE_OF_FORCE", "BAGGED_AND_TAGGED", "M0012346", "Not described", null));
        assertThat(pkg.media())
                .filteredOn(media -> media.source().equals("USE_OF_FORCE"))
                .containsExactly(
                        media("BODY_WORN_CAMERA", "BWC-17", "Camera BWC-17"),
                        media("BODY_WORN_CAMERA", "BWC-18", "Camera BWC-18"),
                        media("CCTV", null, "The use of force was recorded"),
                        media("PHOTO", null, "Photographs were taken"));
    }

    @Test
    void aCameraWithoutANumberIsFootageToo() {
        ReferralPackage without =
                assembled(REPORT.replace("[{\"cameraNum\": \"BWC-17\"}, {\"cameraNum\": \"BWC-18\"}]", "[]"));

        assertThat(without.media()).contains(media("BODY_WORN_CAMERA", null, "A camera without its number"));
    }

    @Test
    void whatNobodySaidIsNotThere() {
        ReferralPackage bare = assembled(
                """
                {"id": "9", "agency_id": "MDI", "offender_no": "A1234BC", "incident_date": "2026-08-03T09:45:00", "status": "COMPLETE"}
                """);

        UseOfForcePaper paper = bare.useOfForce().get(0);
        assertThat(paper.complete()).isTrue();
        assertThat(paper.submitted()).isNull();
        assertThat(paper.planned()).isNull();
        assertThat(paper.means()).isEmpty();
        assertThat(bare.exhibits()).noneMatch(exhibit -> exhibit.source().equals("USE_OF_FORCE"));
        assertThat(bare.media()).noneMatch(media -> media.source().equals("USE_OF_FORCE"));
        assertObeysItsSchema(bare);
    }

    @Test
    void whatIsBeingWrittenOrWasDeletedSaysNothing() {
        ReferralPackage none = assembled();

        assertThat(assembled(REPORT.replace("SUBMITTED\", \"reporter", "IN_PROGRESS\", \"reporter")))
                .isEqualTo(none);
        assertThat(assembled(REPORT.replace("\"id\": 4711", "\"id\": 4711, \"deleted\": true")))
                .isEqualTo(none);
    }

    @Test
    void theOrderInWhichReportsCameChangesNothing() {
        String later = REPORT.replace("4711", "4712").replace("09:45:00", "09:46:00");
        String sameTime = REPORT.replace("4711", "4713");

        ReferralPackage all = assembled(REPORT, later, sameTime);

        assertThat(all.useOfForce()).extracting(UseOfForcePaper::reportId).containsExactly("4711", "4713", "4712");
        assertThat(assembled(sameTime, later, REPORT)).isEqualTo(all);
        assertThat(all.exhibits())
                .as("a tag that three reports name is one exhibit")
                .filteredOn(exhibit -> exhibit.source().equals("USE_OF_FORCE"))
                .hasSize(2);
    }

    @Test
    void theChecklistAnswersItself() {
        assertThat(item(pkg))
                .isEqualTo(new Readiness(
                        ReadinessItem.USE_OF_FORCE, State.PRESENT, "Statements of staff are still to come."));
        assertThat(item(assembled(REPORT.replace("\"status\": \"SUBMITTED\"", "\"status\": \"COMPLETE\"")))
                        .note())
                .isNull();
        assertThat(item(assembled()).state()).isEqualTo(State.MISSING);
    }

    @Test
    void aStatementThatCameIsOneChange() {
        ReferralPackage later = assembled(REPORT.replace(
                "\"id\": 2, \"statement_status\": \"PENDING\"", "\"id\": 2, \"statement_status\": \"SUBMITTED\""));

        assertThat(PackageDiff.between(pkg, later))
                .extracting(Change::pointer)
                .allMatch(pointer -> pointer.startsWith("/useOfForce/0/statements/"));
        assertThat(PackageDiff.between(assembled(), pkg))
                .extracting(Change::pointer)
                .contains("/useOfForce/0/reportId")
                .noneMatch(pointer -> pointer.startsWith("/persons"));
    }

    @Test
    void theForceGetsNoAddressAndNoWordsOfAStatement() {
        JsonNode cut = DisclosureProfiles.of("force").cut(PackageJson.tree(pkg));

        assertThat(cut.at("/useOfForce/0/staff/0").asText()).isEqualTo("Otto Officer");
        assertThat(cut.at("/useOfForce/0/statements/0/author").asText()).isEqualTo("Otto Officer");
        assertThat(PackageJson.tree(pkg).toString())
                .doesNotContain("example.org", "OOFFICER_GEN", "He struck me", "Twice.");
    }

    @Test
    void ofSomebodyWhoIsNeitherSuspectNorVictimLessLeavesAndOfWitnessesNoName() {
        JsonNode suspect =
                DisclosureProfiles.of("force").cut(PackageJson.tree(pkg)).at("/useOfForce/0");
        assertThat(suspect.path("witnesses").isMissingNode()).isTrue();
        assertThat(suspect.path("witnessesNamed").asInt()).isOne();
        assertThat(suspect.path("prisonerNumber").asText()).isEqualTo("A1234BC");
        assertThat(suspect.path("means")).isNotEmpty();
        assertThat(DisclosureProfiles.of("force")
                        .heldBack(PackageJson.tree(pkg))
                        .lines())
                .contains(new HeldBack.Line("third-party", "/useOfForce/*/witnesses/*", 1));

        for (String number : new String[] {"B2345CD", "C3456DE"}) {
            ReferralPackage other = assembled(REPORT.replace("A1234BC", number));
            assertThat(other.useOfForce().get(0).prisonerRole())
                    .isEqualTo(number.equals("B2345CD") ? ReferralPackage.Role.WITNESS : null);
            JsonNode cut = DisclosureProfiles.of("force").cut(PackageJson.tree(other));
            assertThat(cut.path("useOfForce").toString())
                    .contains("4711", "Otto Officer", "\"witnessesNamed\":1")
                    .doesNotContain(
                            number, "Wilma Witness", "BATON_DRAWN", "Nora Nurse", "prisonerInHospital", "ASSAULT_ON");
            assertThat(DisclosureProfiles.of("force")
                            .heldBack(PackageJson.tree(other))
                            .lines())
                    .contains(new HeldBack.Line("third-party", "/useOfForce/*/prisonerNumber", 1));
            PackageSchema.validate(PackageJson.write(other));
        }
    }

    @Test
    void aPaperThatPeopleAddedAnswersTheChecklist() {
        Facts facts = InventedFacts.withDocuments(
                InventedFacts.staffAssault(),
                List.of(new ReferralPackage.Document(12, "use-of-force", "application/pdf", 9, "d".repeat(64))));
        assertThat(item(PackageMapping.assemble(facts)))
                .isEqualTo(new Readiness(ReadinessItem.USE_OF_FORCE, State.PRESENT, "As a paper: document 12."));
        assertThat(item(PackageMapping.assemble(
                                facts.withUseOfForce(List.of(UseOfForceReport.read(REPORT.getBytes(UTF_8))))))
                        .note())
                .isEqualTo("Statements of staff are still to come.");
        assertThat(Checklist.preview(facts.incident(), facts.verdict(), facts.documents()))
                .contains(new Readiness(ReadinessItem.USE_OF_FORCE, State.PRESENT, "As a paper: document 12."));
    }

    @Test
    void obeysItsSchemaAndIsReadBackEqual() {
        assertObeysItsSchema(pkg);
        assertObeysItsSchema(InventedPackages.full());
    }

    private static void assertObeysItsSchema(ReferralPackage pkg) {
        byte[] bytes = PackageJson.write(pkg);
        PackageSchema.validate(bytes);
        assertThat(PackageJson.read(bytes)).isEqualTo(pkg);
    }

    private static Readiness item(ReferralPackage pkg) {
        return pkg.readiness().stream()
                .filter(readiness -> readiness.item() == ReadinessItem.USE_OF_FORCE)
                .findFirst()
                .orElseThrow();
    }

    private static Media media(String kind, String reference, String description) {
        Media media = Media.existing("USE_OF_FORCE", kind, reference, description, null);
        return kind.equals("PHOTO") ? media : media.kept(LocalDate.parse("2026-08-31"), "POLICY");
    }

    private static ReferralPackage assembled(String... reports) {
        return PackageMapping.assemble(InventedFacts.staffAssault()
                .withUseOfForce(List.of(reports).stream()
                        .map(report -> UseOfForceReport.read(report.getBytes(UTF_8)))
                        .toList()));
    }
}
