package sallyport.ledger;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An incident report to judge: its latest version, and the case it belongs to, if it has one.
 *
 * @param report null when nothing of the report was ever stored (deleted before it could be fetched)
 * @param lastCriteria criteria codes of the latest triage decision, space separated; a new one makes a supplement urgent
 * @param people prisoner numbers of everybody in the case by what was known before, former numbers left out
 */
public record TriageWork(
        SourceKey key,
        @Nullable SourceVersion report,
        @Nullable ReferralCase referralCase,
        @Nullable String lastCriteria,
        Set<String> people) {

    public TriageWork {
        people = Set.copyOf(people);
    }
}
