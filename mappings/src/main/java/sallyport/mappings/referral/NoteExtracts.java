package sallyport.mappings.referral;

import static java.util.Comparator.comparing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.referral.ReferralPackage.CaseNoteExtract;
import sallyport.mappings.referral.ReferralPackage.When;
import sallyport.mappings.time.LondonTime;

/**
 * The case notes of a package: those of suspects that the rules fetched, and those that a person asked for about anybody in it. A note
 * that is both is there once, as the rules have it.
 */
final class NoteExtracts {

    private NoteExtracts() {}

    /**
     * @param suspects prisoner numbers of the suspects in the package
     * @param people prisoner numbers of everybody in it: nothing is said of anybody else
     */
    static List<CaseNoteExtract> of(
            List<CaseNote> fetched, List<RequestedNote> requested, Set<String> suspects, Set<String> people) {
        Map<String, RequestedNote> asked = new LinkedHashMap<>();
        requested.stream()
                .filter(one -> people.contains(one.note().offenderIdentifier()))
                // Asked for twice: the fuller reading, and of two alike the first reason in the order of the codes.
                .sorted(comparing(RequestedNote::why))
                .forEach(one -> asked.merge(
                        one.note().caseNoteId(),
                        one,
                        (first, second) -> fuller(first.note(), second.note()) == first.note() ? first : second));
        Map<String, CaseNote> byRule = new LinkedHashMap<>();
        fetched.stream()
                .filter(note -> suspects.contains(note.offenderIdentifier()))
                // A note written while pages are read moves others down, and the next page shows them again.
                .forEach(note -> byRule.merge(note.caseNoteId(), note, NoteExtracts::fuller));
        return Stream.concat(
                        byRule.values().stream().map(note -> extract(note, null)),
                        asked.values().stream()
                                .filter(one -> !byRule.containsKey(one.note().caseNoteId()))
                                .map(one -> extract(one.note(), one.why())))
                .sorted(comparing((CaseNoteExtract note) -> note.occurred().instant())
                        // The hour that October repeats: order by the text.
                        .thenComparing(note -> note.occurred().text())
                        .thenComparing(CaseNoteExtract::id))
                .toList();
    }

    /** Notes are only ever added to: the one with more amendments is the later. */
    private static CaseNote fuller(CaseNote one, CaseNote other) {
        return other.amendments().size() > one.amendments().size() ? other : one;
    }

    private static CaseNoteExtract extract(CaseNote note, @Nullable Justification why) {
        return new CaseNoteExtract(
                note.caseNoteId(),
                note.offenderIdentifier(),
                note.type(),
                note.subType(),
                when(note.occurrenceDateTime()),
                note.sensitive(),
                note.text(),
                note.amendments().stream()
                        .map(CaseNote.Amendment::additionalNoteText)
                        .toList(),
                why == null ? null : why.name());
    }

    private static When when(LondonTime time) {
        return new When(time.text(), time.instant(), time.ambiguous());
    }
}
