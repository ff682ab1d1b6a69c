package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * An incident report to judge: its latest version, and the case it belongs to, if it has one.
 *
 * @param report null when nothing of the report was ever stored (deleted before it could be fetched)
 * @param lastCriteria criteria codes of the latest triage decision, space separated; a new one makes a supplement urgent
 */
public record TriageWork(
        SourceKey key,
        @Nullable SourceVersion report,
        @Nullable ReferralCase referralCase,
        @Nullable String lastCriteria) {}
