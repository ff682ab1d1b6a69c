package sallyport.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case whose package is to be built: everything the ledger holds for it.
 *
 * @param records the latest version of each linked source record
 * @param facts what people say now of readiness items, each at most once, in the order of their names
 * @param documents that were found clean, in the order they came
 * @param sentTo lanes of forces that have, or will have, an earlier package of this case: promised and not cancelled
 * @param notices of intelligence, of which the force may know
 * @param requestedNotes case notes that people asked for and chose, which the source has still
 * @param series cases that make a series with it, the oldest of each first
 * @param renumbered by prisoner number that the records name, the one that its person goes by now; only where it is another
 */
public record AssemblyWork(
        ReferralCase referralCase,
        List<SourceVersion> records,
        List<CasePerson> people,
        List<StoredFact> facts,
        List<StoredDocument> documents,
        @Nullable StoredPackage lastPackage,
        List<String> sentTo,
        List<StoredNotice> notices,
        List<StoredNote> requestedNotes,
        List<EarlierCase> series,
        Map<String, String> renumbered) {

    public AssemblyWork {
        records = List.copyOf(records);
        people = List.copyOf(people);
        facts = List.copyOf(facts);
        documents = List.copyOf(documents);
        sentTo = List.copyOf(sentTo);
        notices = List.copyOf(notices);
        requestedNotes = List.copyOf(requestedNotes);
        series = List.copyOf(series);
        renumbered = Map.copyOf(renumbered);
    }
}
