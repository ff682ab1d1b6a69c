package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.referral.ReferralPackage.CaseNoteExtract;

class NoteExtractsTest {

    @Test
    void aNoteThatAPersonAskedForSaysSoAndMayBeAboutAnybodyInThePackage() {
        ReferralPackage pkg = PackageMapping.assemble(
                InventedFacts.staffAssault(),
                List.of(InventedFacts.requested("B2345CD", Justification.WITNESS_ACCOUNT, "Said it again.")));

        assertThat(pkg.caseNotes())
                .extracting(CaseNoteExtract::prisonerNumber, CaseNoteExtract::requested, CaseNoteExtract::amendments)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("A1234BC", null, List.of()),
                        org.assertj.core.groups.Tuple.tuple("B2345CD", "WITNESS_ACCOUNT", List.of("Said it again.")));
        byte[] bytes = PackageJson.write(pkg);
        PackageSchema.validate(bytes);
        assertThat(PackageJson.read(bytes)).isEqualTo(pkg);
    }

    @Test
    void nothingIsSaidOfSomebodyWhoIsNotInThePackage() {
        ReferralPackage pkg = PackageMapping.assemble(
                InventedFacts.staffAssault(), List.of(InventedFacts.requested("C3456DE", Justification.BACKGROUND)));

        assertThat(pkg.caseNotes()).extracting(CaseNoteExtract::prisonerNumber).containsExactly("A1234BC");
    }

    @Test
    void whatTheRulesFetchAnywayIsNotMarkedAsRequested() {
        ReferralPackage pkg = PackageMapping.assemble(
                InventedFacts.staffAssault(),
                List.of(InventedFacts.requested("A1234BC", Justification.BACKGROUND, "More.")));

        assertThat(pkg).isEqualTo(PackageMapping.assemble(InventedFacts.staffAssault()));
    }

    @Test
    void aNoteAskedForTwiceIsThereOnceWhateverCameFirst() {
        RequestedNote early = InventedFacts.requested("B2345CD", Justification.WITNESS_ACCOUNT);
        RequestedNote sameLater = InventedFacts.requested("B2345CD", Justification.ASKED_BY_FORCE);
        RequestedNote fuller = InventedFacts.requested("B2345CD", Justification.HELPS_THE_DEFENCE, "More.");

        for (List<RequestedNote> order :
                List.of(List.of(early, sameLater, fuller), List.of(fuller, sameLater, early))) {
            assertThat(requested(order)).containsExactly("HELPS_THE_DEFENCE");
        }
        for (List<RequestedNote> order : List.of(List.of(early, sameLater), List.of(sameLater, early))) {
            assertThat(requested(order)).containsExactly("WITNESS_ACCOUNT");
        }
    }

    private static List<String> requested(List<RequestedNote> notes) {
        return PackageMapping.assemble(InventedFacts.staffAssault(), notes).caseNotes().stream()
                .filter(note -> note.prisonerNumber().equals("B2345CD"))
                .map(CaseNoteExtract::requested)
                .toList();
    }
}
