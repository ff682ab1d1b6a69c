package sallyport.mappings.adjudication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.Watching;
import sallyport.mappings.police.CjseAddress;
import sallyport.mappings.police.CjseMapping;
import sallyport.mappings.police.IhubForce;
import sallyport.mappings.police.IhubMapping;
import sallyport.mappings.proforma.ProformaMapping;
import sallyport.mappings.referral.Checklist;
import sallyport.mappings.referral.Facts;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.PackageMapping;
import sallyport.mappings.referral.PackageSchema;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.referral.SourceVersion;
import sallyport.mappings.triage.Verdict;

class ChargeAloneTest {

    private static final Instant AT = Instant.parse("2026-08-05T10:00:00Z");

    @Test
    void whatTheChargeSaysStandsInTheReportsPlaces() {
        IncidentReport report = ChargeAlone.report(List.of(rich()));

        assertThat(report.reportReference()).isEqualTo("MDI-000169");
        assertThat(report.family()).isEqualTo(ChargeAlone.TYPE);
        assertThat(report.title()).isEqualTo("Charge under paragraph 1: Commits any assault");
        assertThat(report.description()).isEqualTo("Invented statement");
        assertThat(report.prisonersInvolved())
                .extracting(prisoner -> prisoner.prisonerNumber() + " " + prisoner.prisonerRole())
                .containsExactly("A1234BC PERPETRATOR", "B2345CD ACTIVE_INVOLVEMENT");
        assertThat(report.staffInvolved())
                .extracting(member -> member.staffUsername() + " " + member.lastName() + " " + member.staffRole())
                .containsExactly("QTEST2  VICTIM", "null Ficta WITNESS");
        assertThat(report.descriptionAddendums()).singleElement().satisfies(added -> assertThat(added.text())
                .contains("Damage: lock (repair 12.5 pounds)"));
        assertThat(Watching.of(report.status())).isEqualTo(Watching.ACTED_ON);
        assertThat(report.emptiedByTypeChange()).isFalse();
    }

    @Test
    void thePrisonHasDecidedAndSaysWhy() {
        Verdict verdict = ChargeAlone.verdict(List.of(rich()));

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.DISCRETIONARY);
        assertThat(verdict.prisonDecided()).isTrue();
        assertThat(verdict.immediate()).isFalse();
        assertThat(verdict.aggravating()).containsExactly("HATE_CRIME");
        assertThat(verdict.reasons()).singleElement().satisfies(reason -> assertThat(reason.explanation())
                .isEqualTo("The prison has referred charge MDI-000169 under paragraph 1 to the police; no incident"
                        + " report fits it"));
    }

    @ParameterizedTest
    @CsvSource({"2, 2001, true", "7, 7001, true", "16, 16001, false", "22, 22001, false"})
    void hostagesAndEscapesArePoliceMattersAtOnce(String paragraph, long code, boolean immediate) {
        Verdict verdict = ChargeAlone.verdict(List.of(charge("LEI-1", "A1234BC", paragraph, code)));

        assertThat(verdict.immediate()).isEqualTo(immediate);
        assertThat(verdict.aggravating()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1002, CJ88116, CHARGE-PARAGRAPH-1",
        "1(a), 100124, CJ88116, CHARGE-PARAGRAPH-1",
        "1(b), 102224, SX03007 SX03008, CHARGE-PARAGRAPH-1",
        "1 (c), 102324, SX03128, CHARGE-PARAGRAPH-1",
        "2, 2001, COML017 TH82001, CHARGE-PARAGRAPH-2",
        "7, 7001, COML016, CHARGE-PARAGRAPH-7",
        "12, 12001, PR52043 PR52044, CHARGE-PARAGRAPH-12",
        "16, 16001, CD71015, CHARGE-PARAGRAPH-16",
        "17, 17002, CD71040, CHARGE-PARAGRAPH-17",
        "17(a), 1700124, CD71040, CHARGE-PARAGRAPH-17"
    })
    void aParagraphProposesItsOffences(String paragraph, long code, String offences, String rule) {
        List<Adjudication> charges = List.of(charge("LEI-1", "A1234BC", paragraph, code));
        assertThat(ChargeAlone.verdict(charges).offences())
                .extracting(offence -> offence.code().value())
                .containsExactly(offences.split(" "));
        assertThat(packageOf(charges).proposedOffences()).allSatisfy(offence -> {
            assertThat(offence.status()).isEqualTo(ReferralPackage.OffenceStatus.PROPOSED);
            assertThat(offence.ruleId()).isEqualTo(rule);
        });
    }

    @ParameterizedTest
    @CsvSource({"1(d), 102424", "20, 20002", "22, 22001", "5, 5001"})
    void aParagraphThatIsTooWideProposesNone(String paragraph, long code) {
        assertThat(ChargeAlone.verdict(List.of(charge("LEI-1", "A1234BC", paragraph, code)))
                        .offences())
                .isEmpty();
    }

    @Test
    void anAssaultOnStaffIsOneOnAnEmergencyWorkerAndTwoChargesProposeAnOffenceOnce() {
        Adjudication ofStaff = rich();
        assertThat(ChargeAlone.verdict(List.of(ofStaff)).offences())
                .extracting(offence -> offence.code().value())
                .containsExactly("CJ88160");
        Adjudication one = charge("LEI-1", "A1234BC", "16", 16001);
        Adjudication fire = charge("LEI-2", "B1234BC", "16", 16001);
        Adjudication damage = charge("LEI-3", "B1234BC", "17", 17002);
        assertThat(ChargeAlone.verdict(List.of(damage, fire, one)).offences())
                .extracting(offence -> offence.code().value())
                .containsExactly("CD71015", "CD71040");
        assertThat(ChargeAlone.families(List.of(one, damage)))
                .containsExactly(
                        "CONCERTED_INDISCIPLINE", "DAMAGE", "DISORDER", "FIRE", "INCIDENT_AT_HEIGHT", "MISCELLANEOUS");
    }

    @Test
    void severalChargesAreOneMatterWhateverOrderTheyComeIn() {
        Adjudication one = charge("LEI-1", "A1234BC", "1", 1002);
        Adjudication other = charge("LEI-2", "B1234BC", "1", 1002);

        IncidentReport report = ChargeAlone.report(List.of(other, one));

        assertThat(report).isEqualTo(ChargeAlone.report(List.of(one, other)));
        assertThat(report.reportReference()).isEqualTo("LEI-1");
        assertThat(report.prisonersInvolved())
                .extracting(IncidentReport.PrisonerInvolvement::prisonerRole)
                .containsExactly(PrisonerRole.PERPETRATOR, PrisonerRole.PERPETRATOR);
        assertThat(report.description()).isEqualTo("Invented");
        assertThat(report.descriptionAddendums()).singleElement().satisfies(added -> assertThat(added.text())
                .isEqualTo("LEI-2, Charge under paragraph 1: Commits any assault\nInvented"));
        assertThat(report.questions()).isEmpty();
        assertThatThrownBy(() -> ChargeAlone.report(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChargeThatFellIsNoReasonAsLongAsAnotherStands() {
        Adjudication stands = charge("LEI-1", "A1234BC", "1", 1002);
        Adjudication fell = Adjudication.readOne(rawCharge()
                .replace("LEI-000001", "LEI-2")
                .replace("REFER_POLICE", "NOT_PROCEED")
                .getBytes(UTF_8));

        assertThat(ChargeAlone.verdict(List.of(fell, stands)).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.explanation()).contains("LEI-1"));
        assertThat(ChargeAlone.verdict(List.of(fell)).reasons()).hasSize(1);
        assertThat(ChargeAlone.report(List.of(fell, stands)).prisonersInvolved())
                .as("who was told of stays told")
                .hasSize(1);
    }

    @Test
    void theSamePlaceIsSaidOnce() {
        String here = rawCharge().replace("\"locationUuid\"", "\"locationName\":\"Workshop 2\",\"locationUuid\"");
        Adjudication one = Adjudication.readOne(here.getBytes(UTF_8));
        Adjudication other =
                Adjudication.readOne(here.replace("LEI-000001", "LEI-000002").getBytes(UTF_8));
        assertThat(packageOf(List.of(one, other)).incident().place()).containsExactly("Workshop 2");
    }

    @Test
    void everythingAChargeCanNameHasAPlace() {
        String words = rawCharge()
                .replace(
                        "\"protectedCharacteristics\":[]",
                        "\"victimPrisonersNumber\":\"C1234BC\",\"victimOtherPersonsName\":\"A Visitor\",\"protectedCharacteristics\":[]")
                .replace("\"locationUuid\"", "\"locationName\":\"Workshop 2\",\"locationUuid\"")
                .replace(
                        "\"damages\":[]",
                        "\"damages\":[{\"code\":\"CLEANING\",\"details\":\"wall\",\"reporter\":\"U\"}]")
                .replace(
                        "\"witnesses\":[]",
                        "\"witnesses\":[{\"code\":\"OTHER_PERSON\",\"firstName\":\"Oda\",\"lastName\":\"Ther\",\"reporter\":\"U\",\"comment\":\"a cook\"},"
                                + "{\"code\":\"PRISONER\",\"firstName\":\"P\",\"lastName\":\"Q\",\"reporter\":\"U\"},"
                                + "{\"code\":\"OFFICER\",\"firstName\":\"O\",\"lastName\":\"F\",\"reporter\":\"U\"}]")
                .replace(
                        "\"incidentRole\":{}",
                        "\"incidentRole\":{\"roleCode\":\"25c\",\"associatedPrisonersNumber\":\" \"}");
        IncidentReport report = ChargeAlone.report(List.of(Adjudication.readOne(words.getBytes(UTF_8))));

        assertThat(report.descriptionAddendums().get(0).text())
                .isEqualTo(
                        "Damage: wall\nVictim: A Visitor\nWitness: Oda Ther (other person), a cook\nWitness: P Q (prisoner)");
        assertThat(report.prisonersInvolved())
                .extracting(prisoner -> prisoner.prisonerNumber() + " " + prisoner.prisonerRole())
                .containsExactly("A1234BC PERPETRATOR", "C1234BC VICTIM");
        assertThat(report.staffInvolved()).hasSize(1);
        assertThat(packageOf(List.of(Adjudication.readOne(words.getBytes(UTF_8))))
                        .incident()
                        .place())
                .containsExactly("Workshop 2");
    }

    @Test
    void theTitleIsCutWhereManyChargesWouldMakeItTooLong() {
        String words =
                rawCharge().replace("Commits any assault", "Commits<br/>any  " + "very ".repeat(60) + "long deed");

        assertThat(ChargeAlone.report(List.of(Adjudication.readOne(words.getBytes(UTF_8))))
                        .title())
                .startsWith("Charge under paragraph 1: Commits any very")
                .hasSize(200)
                .endsWith("...");
    }

    @ParameterizedTest
    @CsvSource({
        "REFER_POLICE, ACTED_ON",
        "PROSECUTION, ACTED_ON",
        "NOT_PROCEED, WITHDRAWN",
        "QUASHED, WITHDRAWN",
        "UNSCHEDULED, WITHDRAWN"
    })
    void itIsActedOnAsLongAsThePoliceAreAskedOrAct(String status, Watching watching) {
        Adjudication charge =
                Adjudication.readOne(rawCharge().replace("REFER_POLICE", status).getBytes(UTF_8));

        assertThat(Watching.of(ChargeAlone.report(List.of(charge)).status())).isEqualTo(watching);
    }

    @Test
    void aPackageOfAChargeAloneIsValidOnEveryWayToAForce() {
        ReferralPackage pkg = packageOf(List.of(rich()));

        byte[] bytes = PackageJson.write(pkg);
        PackageSchema.validate(bytes);
        assertThat(PackageJson.read(bytes)).isEqualTo(pkg);
        assertThat(new String(
                        IhubMapping.render(
                                pkg, DisclosureProfiles.of("force"), new IhubForce("14", "14"), "SP-2026-000123-1-14"),
                        UTF_8))
                .contains("Charge under paragraph 1");
        assertThat(CjseMapping.render(
                        pkg,
                        DisclosureProfiles.of("force"),
                        new CjseAddress("SallyportHub", "Z00Sallyport", "Z00SP00", "HMPPS", "01401PoliceCaseSystem"),
                        "SP-2026-000123-1-14",
                        "SP-2026-000123-1-14",
                        AT))
                .isNotEmpty();
        assertThat(ProformaMapping.of(DisclosureProfiles.of("force").cut(PackageJson.tree(pkg)), null)
                        .toString())
                .contains(
                        ChargeAlone.NO_REPORT,
                        "Charge number",
                        "MDI-000169",
                        "Proposed from the paragraph of the charge.")
                .doesNotContain("Incident number");
    }

    @Test
    void theForceAndThePrisonAreToldThatThereIsNoReport() {
        ReferralPackage pkg = packageOf(List.of(rich()));

        assertThat(pkg.readiness())
                .filteredOn(item -> item.item() == ReadinessItem.ADJUDICATION_HISTORY)
                .singleElement()
                .satisfies(item -> assertThat(item.note()).isEqualTo(ChargeAlone.NO_REPORT));
        assertThat(Checklist.found(pkg, List.of()))
                .filteredOn(item -> item.item() == ReadinessItem.PLATFORMS)
                .singleElement()
                .satisfies(item -> assertThat(item.note()).contains("no incident report in IRS"));
    }

    private static ReferralPackage packageOf(List<Adjudication> charges) {
        IncidentReport report = ChargeAlone.report(charges);
        return PackageMapping.assemble(new Facts(
                new CaseReference("SP-2026-000123"),
                1,
                ReferralPackage.Kind.INITIAL,
                ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                new ForceCode("14"),
                null,
                report,
                new SourceVersion("adjudication-charges", report.id(), 1, "a".repeat(64)),
                ChargeAlone.verdict(charges),
                List.of(),
                charges,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                AT));
    }

    private static Adjudication rich() {
        try (InputStream in =
                ChargeAloneTest.class.getResourceAsStream("/golden/adjudications/referred-to-police/in.json")) {
            return Adjudication.readAll(Objects.requireNonNull(in).readAllBytes())
                    .get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Adjudication charge(String number, String prisoner, String paragraph, long code) {
        return InventedCharges.charge(number, prisoner, "LEI", "2026-07-01T10:00:00", paragraph, code, false);
    }

    private static String rawCharge() {
        return InventedCharges.raw("LEI-000001", "A1234BC", "LEI", "2026-07-01T10:00:00", "1", 1002, false);
    }
}
