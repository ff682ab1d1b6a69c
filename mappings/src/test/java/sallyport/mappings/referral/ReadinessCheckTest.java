package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.referral.Readiness.State;

/** What each item of the checklist makes of the package with something in every field, when that something changes. */
class ReadinessCheckTest {

    @Test
    void aSuspectMayBeAMemberOfStaff() {
        Consumer<ObjectNode> nobody = tree -> person(tree).put("role", "INVOLVED");

        assertThat(item(ReadinessItem.SUSPECT_NAMED, tree -> {})).isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(ReadinessItem.SUSPECT_NAMED, nobody))
                .isEqualTo(readiness(State.MISSING, "The report names no suspect."));
        assertThat(item(ReadinessItem.SUSPECT_NAMED, nobody.andThen(tree -> first(tree, "staff")
                        .put("role", "SUSPECT"))))
                .isEqualTo(readiness(State.PRESENT, null));
    }

    @ParameterizedTest
    @CsvSource({"PNC_CHECKED", "CRO_CHECKED", "RELEASE_DATES", "ADJUDICATION_HISTORY", "CASE_NOTES"})
    void whereNobodyIsSuspectedNothingOfASuspectIsExpected(ReadinessItem item) {
        assertThat(item(item, tree -> person(tree).put("role", "INVOLVED")).state())
                .isEqualTo(State.NOT_APPLICABLE);
        assertThat(item(item, tree -> {}).state()).isNotEqualTo(State.NOT_APPLICABLE);
    }

    @Test
    void everyPrisonerIsKnownOrTheOthersAreCounted() {
        assertThat(item(ReadinessItem.PERSON_IDENTIFIED, tree -> {}))
                .isEqualTo(
                        readiness(State.MISSING, "1 of the prisoners in the report are not known to prisoner search."));
        assertThat(item(ReadinessItem.PERSON_IDENTIFIED, tree -> ((ObjectNode) tree.at("/persons/1"))
                        .put("knownToPrisonerSearch", true)))
                .isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(ReadinessItem.PERSON_IDENTIFIED, tree -> tree.remove("persons")))
                .isEqualTo(readiness(State.NOT_APPLICABLE, null));
    }

    @Test
    void aPncIdIsThereAbsentOrWrong() {
        assertThat(item(ReadinessItem.PNC_CHECKED, tree -> {})).isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(ReadinessItem.PNC_CHECKED, tree -> person(tree).remove("pncId")))
                .isEqualTo(readiness(State.MISSING, "Prisoner search has no PNC ID for a suspect."));
        assertThat(item(
                        ReadinessItem.PNC_CHECKED,
                        tree -> person(tree).put("pncIdAsReceived", "1").remove("pncId")))
                .isEqualTo(readiness(
                        State.MISSING,
                        "A PNC ID in prisoner search fails its check; it is in the package as received."));
    }

    @Test
    void aCroNumberIsExpectedOfNobodyButMustNotBeWrong() {
        assertThat(item(ReadinessItem.CRO_CHECKED, tree -> {}).state()).isEqualTo(State.MISSING);
        assertThat(item(ReadinessItem.CRO_CHECKED, tree -> person(tree).remove("croNumberAsReceived")))
                .isEqualTo(readiness(State.NOT_APPLICABLE, null));
        assertThat(item(
                        ReadinessItem.CRO_CHECKED,
                        tree -> person(tree).put("croNumber", "123456/08T").remove("croNumberAsReceived")))
                .isEqualTo(readiness(State.PRESENT, null));
    }

    @Test
    void aSuspectWithoutReleaseDatesMayBeOnRemand() {
        assertThat(item(ReadinessItem.RELEASE_DATES, tree -> {})).isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(ReadinessItem.RELEASE_DATES, tree -> person(tree).remove("releaseDates")))
                .isEqualTo(readiness(
                        State.MISSING, "Prisoner search has no release date for a suspect, who may be on remand."));
    }

    @ParameterizedTest
    @CsvSource({"Fracture, MISSING", "Yes, MISSING", "No, NOT_APPLICABLE", "' NO ', NOT_APPLICABLE"})
    void picturesAndConsentAreWantedOfSomebodyHurt(String answer, State state) {
        Consumer<ObjectNode> answered = tree -> first(tree, "injuries").put("answer", answer);

        assertThat(item(ReadinessItem.INJURY_PHOTOGRAPHS, answered).state()).isEqualTo(state);
        assertThat(item(ReadinessItem.MEDICAL_CONSENT, answered).state()).isEqualTo(state);
        assertThat(item(ReadinessItem.INJURIES_DESCRIBED, answered).state()).isEqualTo(State.PRESENT);
    }

    @Test
    void whereNobodyWasHurtNothingOfAnInjuryIsExpected() {
        for (ReadinessItem item : List.of(
                ReadinessItem.INJURIES_DESCRIBED, ReadinessItem.INJURY_PHOTOGRAPHS, ReadinessItem.MEDICAL_CONSENT)) {
            assertThat(item(item, tree -> tree.remove("injuries")).state()).isEqualTo(State.NOT_APPLICABLE);
        }
    }

    @Test
    void aVictimIsHeardWhetherPrisonerOrStaff() {
        for (ReadinessItem item : List.of(
                ReadinessItem.VICTIM_STATEMENT, ReadinessItem.VICTIM_WISHES, ReadinessItem.VICTIM_PERSONAL_STATEMENT)) {
            assertThat(item(item, tree -> {}).state()).isEqualTo(State.MISSING);
            assertThat(item(item, tree -> tree.remove("staff")).state()).isEqualTo(State.NOT_APPLICABLE);
            assertThat(item(item, tree -> {
                                person(tree).put("role", "VICTIM");
                                tree.remove("staff");
                            })
                            .state())
                    .isEqualTo(State.MISSING);
        }
    }

    @Test
    void aWitnessIsHeardWhetherPrisonerOrStaff() {
        Consumer<ObjectNode> noPrisoner = tree -> tree.remove("persons");

        assertThat(item(ReadinessItem.WITNESS_STATEMENTS, tree -> {}).state()).isEqualTo(State.MISSING);
        assertThat(item(ReadinessItem.WITNESS_STATEMENTS, noPrisoner).state()).isEqualTo(State.NOT_APPLICABLE);
        assertThat(item(ReadinessItem.WITNESS_STATEMENTS, noPrisoner.andThen(tree -> first(tree, "staff")
                                .put("role", "WITNESS")))
                        .state())
                .isEqualTo(State.MISSING);
        assertThat(item(ReadinessItem.WITNESS_AVAILABILITY, tree -> {}).state()).isEqualTo(State.MISSING);
        assertThat(item(ReadinessItem.WITNESS_AVAILABILITY, tree -> tree.remove("staff"))
                        .state())
                .isEqualTo(State.NOT_APPLICABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "OFFENCE_PROPOSED, proposedOffences, MISSING",
        "CASE_NOTES, caseNotes, MISSING",
        "EXHIBITS, exhibits, NOT_APPLICABLE"
    })
    void aListIsThereOrNot(ReadinessItem item, String list, State without) {
        assertThat(item(item, tree -> {}).state()).isEqualTo(State.PRESENT);
        assertThat(item(item, tree -> tree.remove(list)).state()).isEqualTo(without);
    }

    /** Of a first offender there is nothing to wait for. */
    @Test
    void thatNobodyWasEverChargedIsAnAnswerWhereEverybodyCouldBeLookedUp() {
        ReadinessItem history = ReadinessItem.ADJUDICATION_HISTORY;
        assertThat(item(history, tree -> {})).isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(history, tree -> tree.remove("adjudications")))
                .isEqualTo(readiness(State.PRESENT, "None: no suspect has been charged in prison."));
        for (Consumer<ObjectNode> unknown : List.<Consumer<ObjectNode>>of(
                tree -> person(tree).put("knownToPrisonerSearch", false),
                tree -> person(tree).remove("prisonerNumber"))) {
            assertThat(item(history, unknown.andThen(tree -> tree.remove("adjudications"))))
                    .isEqualTo(readiness(State.MISSING, "A suspect could not be looked up."));
            assertThat(item(history, unknown)).isEqualTo(readiness(State.PRESENT, null));
        }
    }

    @Test
    void footageIsMissingUntilItIsHandedOver() {
        assertThat(item(ReadinessItem.FOOTAGE, tree -> {}))
                .isEqualTo(readiness(State.MISSING, "The prison says that it exists; it has not been handed over."));
        assertThat(item(ReadinessItem.FOOTAGE, tree -> tree.remove("media")))
                .isEqualTo(readiness(State.NOT_APPLICABLE, null));
        assertThat(item(ReadinessItem.FOOTAGE, tree -> first(tree, "media").put("evidence", "DELIVERED")))
                .isEqualTo(readiness(State.PRESENT, null));
    }

    @Test
    void anExhibitWithoutASealIsMissingSomething() {
        assertThat(item(ReadinessItem.EXHIBITS, tree -> first(tree, "exhibits").remove("reference")))
                .isEqualTo(readiness(State.MISSING, "An exhibit has no seal or bag number."));
    }

    @Test
    void whatAPersonHasToSayIsMissingUntilSomebodyWasAsked() {
        assertThat(item(ReadinessItem.INTELLIGENCE_FLAG, tree -> {})).isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(ReadinessItem.INTELLIGENCE_FLAG, tree -> tree.remove("intelligence")))
                .isEqualTo(readiness(State.MISSING, "Nobody has been asked."));
        assertThat(item(ReadinessItem.TERRORISM_CONNECTION, tree -> {})).isEqualTo(readiness(State.PRESENT, null));
        assertThat(item(ReadinessItem.TERRORISM_CONNECTION, tree -> ((ObjectNode) tree.get("grounds"))
                        .remove("terrorismConnected")))
                .isEqualTo(readiness(State.MISSING, "Nobody has been asked."));
        assertThat(item(ReadinessItem.TERRORISM_CONNECTION, tree -> tree.remove("grounds")))
                .isEqualTo(readiness(State.MISSING, "Nobody has been asked."));
    }

    @Test
    void chargesThatCouldNotBeReadAreToldBesideTheOthers() {
        assertThat(history(InventedPackages.full(), 0)).isEqualTo(readiness(State.PRESENT, null));
        assertThat(history(InventedPackages.full(), 2))
                .isEqualTo(readiness(
                        State.MISSING,
                        "Charges that could not be read and are not in the package: 2. Ask the prison."));
        ObjectNode alone = PackageJson.tree(InventedPackages.full());
        ((ObjectNode) alone.get("incident")).put("type", "ADJUDICATION_CHARGE");
        assertThat(history(PackageJson.read(CanonicalJson.write(alone)), 1).note())
                .isEqualTo("There is no incident report: the prison has referred the charge to the police."
                        + " Charges that could not be read and are not in the package: 1. Ask the prison.");
    }

    private static Found history(ReferralPackage pkg, int unread) {
        Readiness found = ReadinessCheck.found(pkg, List.of(), unread).stream()
                .filter(readiness -> readiness.item() == ReadinessItem.ADJUDICATION_HISTORY)
                .findFirst()
                .orElseThrow();
        return new Found(found.state(), found.note());
    }

    /** An item without its name, since every test names it. */
    private record Found(State state, String note) {}

    private static Found readiness(State state, String note) {
        return new Found(state, note);
    }

    private static Found item(ReadinessItem item, Consumer<ObjectNode> change) {
        ObjectNode tree = PackageJson.tree(InventedPackages.full());
        change.accept(tree);
        Readiness found = ReadinessCheck.found(PackageJson.read(CanonicalJson.write(tree)), List.of()).stream()
                .filter(readiness -> readiness.item() == item)
                .findFirst()
                .orElseThrow();
        return new Found(found.state(), found.note());
    }

    private static ObjectNode person(ObjectNode tree) {
        return first(tree, "persons");
    }

    private static ObjectNode first(ObjectNode tree, String list) {
        return (ObjectNode) tree.get(list).get(0);
    }
}
