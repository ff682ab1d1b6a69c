package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.disclosure.HeldBack;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.referral.ReferralPackage.Person;
import sallyport.mappings.referral.ReferralPackage.Role;

class PackageMappingTest {

    private final ReferralPackage pkg = PackageMapping.assemble(InventedFacts.staffAssault());

    @Test
    void obeysItsSchemaAndIsReadBackEqual() {
        byte[] bytes = PackageJson.write(pkg);
        PackageSchema.validate(bytes);
        assertThat(PackageJson.read(bytes)).isEqualTo(pkg);
    }

    @Property(tries = 50)
    void theSameFactsInAnotherOrderAreTheSameBytes(@ForAll long seed) {
        assertThat(PackageJson.write(PackageMapping.assemble(InventedFacts.shuffled(seed))))
                .isEqualTo(PackageJson.write(pkg));
    }

    @Test
    void takesASuspectFromPrisonerSearch() {
        Person suspect = pkg.persons(Role.SUSPECT).get(0);
        assertThat(suspect.prisonerNumber()).isEqualTo(new PrisonerNumber("A1234BC"));
        assertThat(suspect.lastName()).isEqualTo("ARBOR");
        assertThat(suspect.pncId()).isEqualTo(new PncId("1979/0163001B"));
        assertThat(suspect.releaseDates())
                .isEqualTo(new ReferralPackage.ReleaseDates(
                        LocalDate.parse("2026-12-20"),
                        null,
                        null,
                        LocalDate.parse("2027-01-02"),
                        null,
                        null,
                        LocalDate.parse("2026-12-20"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        assertThat(suspect.recall()).isFalse();
        assertThat(suspect.indeterminateSentence()).isNull();
        assertThat(suspect.interpreterLanguages()).containsExactly("POL", "WEL");
    }

    @Test
    void aConfirmedReleaseIsTheEarliestEvenIfAnotherDateIsBeforeIt() {
        ReferralPackage confirmed = PackageMapping.assemble(InventedFacts.withConfirmedRelease("2026-12-31"));
        assertThat(confirmed.persons(Role.SUSPECT).get(0).releaseDates().earliest())
                .isEqualTo(LocalDate.parse("2026-12-31"));
    }

    @Test
    void aDayThatHasPassedIsNoEarliestReleaseAndIsStillSaid() {
        ReferralPackage recalled =
                released("\"confirmedReleaseDate\":\"2025-03-04\",\"conditionalReleaseDate\":\"2025-03-04\","
                        + "\"postRecallReleaseDate\":\"2027-05-06\",\"sentenceExpiryDate\":\"2028-01-01\"");
        ReferralPackage.ReleaseDates dates = dates(recalled);
        assertThat(dates.earliest()).isEqualTo(LocalDate.parse("2027-05-06"));
        assertThat(dates.conditionalRelease()).isEqualTo(LocalDate.parse("2025-03-04"));
        assertThat(dates.confirmedRelease()).isEqualTo(LocalDate.parse("2025-03-04"));
        assertThat(state(recalled, ReadinessItem.RELEASE_DATES)).isEqualTo(State.PRESENT);
    }

    @Test
    void todayIsADayOfReleaseAndYesterdayIsNone() {
        assertThat(dates(released("\"conditionalReleaseDate\":\"2026-08-04\"")).earliest())
                .isEqualTo(LocalDate.parse("2026-08-04"));
        assertThat(dates(released("\"confirmedReleaseDate\":\"2026-08-04\",\"releaseDate\":\"2026-08-05\""))
                        .earliest())
                .isEqualTo(LocalDate.parse("2026-08-04"));
        ReferralPackage over = released("\"conditionalReleaseDate\":\"2026-08-03\"");
        assertThat(dates(over).earliest()).isNull();
        assertThat(readiness(over, ReadinessItem.RELEASE_DATES))
                .isEqualTo(new Readiness(
                        ReadinessItem.RELEASE_DATES,
                        State.MISSING,
                        "Every release date that prisoner search has of a suspect has passed: ask the prison."));
    }

    @Test
    void datesOfTheSentenceGoAlongAndATariffIsAnAnswerWhereThereIsNoRelease() {
        ReferralPackage life = released("\"sentenceStartDate\":\"2010-01-02\",\"licenceExpiryDate\":\"2031-01-02\","
                + "\"paroleEligibilityDate\":\"2029-01-02\",\"homeDetentionCurfewEligibilityDate\":\"2028-01-02\","
                + "\"tariffDate\":\"2030-01-02\"");
        assertThat(dates(life))
                .isEqualTo(new ReferralPackage.ReleaseDates(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        LocalDate.parse("2010-01-02"),
                        LocalDate.parse("2031-01-02"),
                        LocalDate.parse("2029-01-02"),
                        LocalDate.parse("2028-01-02"),
                        LocalDate.parse("2030-01-02")));
        assertThat(state(life, ReadinessItem.RELEASE_DATES)).isEqualTo(State.PRESENT);
        assertThat(state(released("\"tariffDate\":\"2030-01-02\""), ReadinessItem.RELEASE_DATES))
                .isEqualTo(State.PRESENT);
        assertThat(readiness(released("\"sentenceStartDate\":\"2010-01-02\""), ReadinessItem.RELEASE_DATES))
                .isEqualTo(new Readiness(
                        ReadinessItem.RELEASE_DATES,
                        State.MISSING,
                        "Prisoner search has no release date for a suspect, who may be on remand."));
        PackageSchema.validate(PackageJson.write(life));
    }

    @Test
    void anotherNumberIsRightOrMarkedAsWrong() {
        ReferralPackage marked = PackageMapping.assemble(InventedFacts.withSuspectKnownAs(known -> known.replace(
                "{\"type\":\"CRO\",\"value\":\"99/1\"}",
                "{\"type\":\"CRO\",\"value\":\"123456/08T\"},{\"type\":\"PNC\",\"value\":\"2001/123456X\"},"
                        + "{\"type\":\"PNC\",\"value\":\"1980/0163001R\"}")));
        assertThat(marked.persons(Role.SUSPECT).get(0).otherIdentifiers())
                .filteredOn(other -> Boolean.TRUE.equals(other.valid()))
                .extracting(ReferralPackage.OtherIdentifier::value)
                .contains("123456/08T")
                .doesNotContain("2001/123456X", "2001/1111111X");
        PackageSchema.validate(PackageJson.write(marked));
    }

    @Test
    void whichChargeIsOfThisIncidentIsSaidAndOfHistoryLess() {
        ReferralPackage.AdjudicationEntry now = charged("2026-08-03T09:45:00");
        assertThat(now.concerns()).isEqualTo(ReferralPackage.Concerns.THIS_INCIDENT);
        assertThat(now.hearings())
                .extracting(hearing -> hearing.held().text() + " " + hearing.type() + " " + hearing.outcome())
                .containsExactly("2026-08-04T10:00:00 GOV_ADULT ADJOURN", "2026-08-11T10:00:00 INAD_ADULT null");
        assertThat(now.witnesses())
                .extracting(witness -> witness.kind() + " " + witness.lastName())
                .containsExactly("OFFICER Muster", "PRISONER Birke");
        assertThat(now.damages()).containsExactly(new ReferralPackage.Damage("LOCK_REPAIR", "The lock of A-1", "12.5"));

        assertThat(charged("2026-08-03T11:20:00").concerns())
                .as("the same day, an hour and forty minutes later")
                .isEqualTo(ReferralPackage.Concerns.MAY_BE_THIS_INCIDENT);

        ReferralPackage.AdjudicationEntry then = charged("2025-01-02T09:45:00");
        assertThat(then.concerns()).isEqualTo(ReferralPackage.Concerns.HISTORY);
        assertThat(then.witnesses()).isEmpty();
        assertThat(then.hearings()).hasSize(2);
        assertThat(then.damages()).containsExactly(new ReferralPackage.Damage("LOCK_REPAIR", null, "12.5"));
    }

    @Test
    void aChargeThatIsLinkedWithTheCaseIsOfThisIncidentWhateverItsTime() {
        ReferralPackage linked =
                PackageMapping.assemble(rich("2026-08-02T09:45:00").withLinkedCharges(Set.of("MDI-000169")));
        assertThat(linked.adjudications()).singleElement().satisfies(charge -> assertThat(charge.concerns())
                .isEqualTo(ReferralPackage.Concerns.THIS_INCIDENT));
    }

    @Test
    void namesOfWitnessesOfAChargeLeaveOnlyForStaffAndVictims() {
        ReferralPackage whole = PackageMapping.assemble(rich("2026-08-03T09:45:00"));
        PackageSchema.validate(PackageJson.write(whole));
        assertThat(PackageJson.read(PackageJson.write(whole))).isEqualTo(whole);
        JsonNode cut =
                DisclosureProfiles.of("force").cut(PackageJson.tree(whole)).at("/adjudications/0");
        assertThat(cut.at("/witnesses/0/lastName").asText()).isEqualTo("Muster");
        assertThat(cut.at("/witnesses/1").toString()).isEqualTo("{\"kind\":\"PRISONER\"}");
        assertThat(DisclosureProfiles.of("force")
                        .heldBack(PackageJson.tree(whole))
                        .lines())
                .contains(new HeldBack.Line("third-party", "/adjudications/*/witnesses/*/lastName", 1));
    }

    private static ReferralPackage.AdjudicationEntry charged(String at) {
        return PackageMapping.assemble(rich(at)).adjudications().get(0);
    }

    private static Facts rich(String at) {
        return InventedFacts.withCharge(
                charge -> charge.replace("2026-08-03T09:40:00", at)
                        .replace(
                                "\"hearings\":[]",
                                """
                        "hearings":[{"id":1,"dateTimeOfHearing":"2026-08-04T10:00:00","oicHearingType":"GOV_ADULT","agencyId":"MDI",
                          "outcome":{"adjudicator":"A Governor","code":"ADJOURN"}},
                         {"id":2,"dateTimeOfHearing":"2026-08-11T10:00:00","oicHearingType":"INAD_ADULT","agencyId":"MDI"}]""")
                        .replace(
                                "\"witnesses\":[]",
                                """
                        "witnesses":[{"code":"OFFICER","firstName":"Mira","lastName":"Muster","reporter":"QTEST1"},
                         {"code":"PRISONER","firstName":"Exemplar","lastName":"Birke","reporter":"QTEST1","comment":"Was there."}]""")
                        .replace(
                                "\"damages\":[]",
                                """
                        "damages":[{"code":"LOCK_REPAIR","details":"The lock of A-1","reporter":"QTEST1","repairCost":12.50}]"""));
    }

    private static ReferralPackage released(String dates) {
        return PackageMapping.assemble(InventedFacts.withSuspectKnownAs(known -> known.replace(
                "\"conditionalReleaseDate\":\"2027-01-02\",\"homeDetentionCurfewActualDate\":\"2026-12-20\"", dates)));
    }

    private static ReferralPackage.ReleaseDates dates(ReferralPackage of) {
        return of.persons(Role.SUSPECT).get(0).releaseDates();
    }

    private static State state(ReferralPackage of, ReadinessItem item) {
        return readiness(of, item).state();
    }

    private static Readiness readiness(ReferralPackage of, ReadinessItem item) {
        return of.readiness().stream()
                .filter(readiness -> readiness.item() == item)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void otherNamesAndNumbersOfASuspectGoAlongAndOfNobodyElse() {
        Person suspect = pkg.persons(Role.SUSPECT).get(0);
        assertThat(suspect.aliases())
                .containsExactly(
                        new ReferralPackage.Alias(null, null, null, LocalDate.parse("1990-02-01")),
                        new ReferralPackage.Alias("PROBE", null, "AHORN", null));
        assertThat(suspect.otherIdentifiers())
                .containsExactly(
                        new ReferralPackage.OtherIdentifier("CRO", "99/1", false),
                        new ReferralPackage.OtherIdentifier("PNC", "2001/1111111X", false));
        Person witness = pkg.persons(Role.WITNESS).get(0);
        assertThat(witness.prisonerNumber()).isEqualTo(new PrisonerNumber("B2345CD"));
        assertThat(witness.aliases()).isEmpty();
        assertThat(witness.otherIdentifiers()).isEmpty();
    }

    @Test
    void keepsAWrongNumberAsTextAndNeverAsChecked() {
        Person suspect = pkg.persons(Role.SUSPECT).get(0);
        assertThat(suspect.croNumber()).isNull();
        assertThat(suspect.croNumberAsReceived()).isEqualTo("123456/08X");
        Person witness = pkg.persons(Role.WITNESS).get(0);
        assertThat(witness.pncId()).isNull();
        assertThat(witness.pncIdAsReceived()).isEqualTo("1979/0163001X");
        assertThat(state(ReadinessItem.CRO_CHECKED)).isEqualTo(State.MISSING);
    }

    @Test
    void keepsAPrisonerThatNobodyKnows() {
        Person victim = pkg.persons(Role.VICTIM).get(0);
        assertThat(victim.prisonerNumber()).isNull();
        assertThat(victim.prisonerNumberAsReceived()).isEqualTo("not-known");
        assertThat(victim.lastName()).isEqualTo("Reported");
        assertThat(victim.knownToPrisonerSearch()).isFalse();
        assertThat(state(ReadinessItem.PERSON_IDENTIFIED)).isEqualTo(State.MISSING);
    }

    @Test
    void disclosesHistoryAndNotesOfSuspectsOnly() {
        assertThat(pkg.adjudications())
                .extracting(ReferralPackage.AdjudicationEntry::prisonerNumber)
                .containsExactly("A1234BC");
        assertThat(pkg.caseNotes())
                .extracting(ReferralPackage.CaseNoteExtract::prisonerNumber)
                .containsExactly("A1234BC");
    }

    @Test
    void aNoteThatTwoPagesShowIsInThePackageOnceAsTheFullerOneHasIt() {
        for (boolean fullerFirst : new boolean[] {true, false}) {
            ReferralPackage repeated = PackageMapping.assemble(InventedFacts.withANoteOnTwoPages(fullerFirst));
            assertThat(repeated.caseNotes()).singleElement().satisfies(note -> assertThat(note.amendments())
                    .containsExactly("A word more."));
        }
    }

    @Test
    void takesMediaExhibitsInjuriesAndPlaceFromAnswersAndCharges() {
        assertThat(pkg.media())
                .extracting(ReferralPackage.Media::kind)
                .containsExactly("CCTV", "BODY_WORN_VIDEO", "CCTV");
        assertThat(pkg.exhibits())
                .extracting(ReferralPackage.Exhibit::reference)
                .containsExactly("SEAL-77");
        assertThat(pkg.injuries()).extracting(ReferralPackage.Injury::answer).containsExactly("Yes", "Fracture");
        assertThat(pkg.incident()).isNotNull();
        assertThat(pkg.incident().place()).containsExactly("Cell (A-1-002)");
        assertThat(state(ReadinessItem.FOOTAGE)).isEqualTo(State.MISSING);
    }

    @Test
    void whatNoSystemHoldsIsMissingUntilAPersonAnswers() {
        assertThat(state(ReadinessItem.VICTIM_WISHES)).isEqualTo(State.MISSING);
        assertThat(state(ReadinessItem.COMMUNITY_IMPACT_STATEMENT)).isEqualTo(State.MISSING);
        assertThat(state(ReadinessItem.VICTIM_STATEMENT)).isEqualTo(State.PRESENT);
        assertThat(pkg.readiness())
                .extracting(Readiness::item)
                .containsExactlyElementsOf(java.util.Arrays.stream(ReadinessItem.values())
                        .filter(item -> !item.internal())
                        .toList());
        assertThat(pkg.intelligence()).isNull();
    }

    @Test
    void seesThatATypeChangeTookEverySuspectAway() {
        ReferralPackage emptied = PackageMapping.assemble(InventedFacts.emptied());
        assertThat(PackageMapping.losesSuspects(pkg, emptied)).isTrue();
        assertThat(PackageMapping.losesSuspects(pkg, pkg)).isFalse();
        assertThat(PackageMapping.losesSuspects(emptied, emptied)).isFalse();
        assertThat(PackageMapping.losesSuspects(
                        pkg,
                        ReferralPackage.withdrawal(
                                pkg, ReferralPackage.WithdrawalReason.DUPLICATE, null, InventedPackages.BUILT_AT)))
                .isFalse();
        PackageSchema.validate(PackageJson.write(emptied));
    }

    @Test
    void namesThePrisonFromTheTableWhereTheRegisterIsSilent() {
        assertThat(pkg.prison()).isEqualTo(new ReferralPackage.Prison("MDI", "Moorland (HMP & YOI)"));
    }

    private State state(ReadinessItem item) {
        return pkg.readiness().stream()
                .filter(readiness -> readiness.item() == item)
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void aSeriesIsNamedOfAPlaceAndOfSuspectsOfThisCaseAlone() {
        Series ofPlace = new Series("SAME_PLACE", null, "P28D", List.of("SP-2026-000042", "SP-2026-000043"));
        Series ofSuspect = new Series("SAME_SUSPECT", "A1234BC", "P12M", List.of("SP-2026-000042"));
        Series ofWitness = new Series("SAME_SUSPECT", "B2345CD", "P12M", List.of("SP-2026-000044"));

        ReferralPackage told = PackageMapping.assemble(InventedFacts.ofSeries(List.of(ofWitness, ofSuspect, ofPlace)));

        assertThat(told.grounds().series()).containsExactly(ofPlace, ofSuspect);
        assertThat(told.grounds().aggravating()).contains("REPEAT_OR_ESCALATING");
        assertThat(PackageMapping.assemble(InventedFacts.ofSeries(List.of(ofWitness)))
                        .grounds()
                        .aggravating())
                .as("a series of nobody who is suspected is not told")
                .doesNotContain("REPEAT_OR_ESCALATING");
        PackageSchema.validate(PackageJson.write(told));
        assertThat(PackageJson.read(PackageJson.write(told))).isEqualTo(told);
        assertThat(PackageJson.write(pkg)).asString(StandardCharsets.UTF_8).doesNotContain("series");
    }

    @Test
    void aCaseThatJoinsASeriesIsOneChangeOfIt() {
        Series two = new Series("SAME_SUSPECT", "A1234BC", "P12M", List.of("SP-2026-000042", "SP-2026-000043"));
        Series three = new Series(
                "SAME_SUSPECT", "A1234BC", "P12M", List.of("SP-2026-000042", "SP-2026-000043", "SP-2026-000044"));

        ReferralPackage before = PackageMapping.assemble(InventedFacts.ofSeries(List.of(two)));
        ReferralPackage after = PackageMapping.assemble(InventedFacts.ofSeries(List.of(three)));

        assertThat(PackageDiff.between(before, after))
                .containsExactly(new PackageDiff.Change("/grounds/series/0/references/2", null, "SP-2026-000044"));
        assertThat(PackageJson.contentBytes(after))
                .as("no version for that alone")
                .isEqualTo(PackageJson.contentBytes(before))
                .isEqualTo(PackageJson.contentBytes(pkg));
    }
}
