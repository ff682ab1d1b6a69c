package sallyport.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A report and the incident reports that it may belong to.
 *
 * @param state null for one that nobody could read yet
 * @param reportedAt when the prison rang, or submitted it, or else when the hub learned of it; null with {@code state}
 * @param candidates of the same prison and some days around, the nearest in time; of a linked one, the incident report it is linked with
 * @param refused ids of incident reports that a person has said are not meant
 * @param inCase whether it belongs to a case already
 */
public record ReportWork(
        SourceVersion report,
        @Nullable ReportState state,
        @Nullable Instant reportedAt,
        List<Candidate> candidates,
        Set<String> refused,
        boolean inCase) {

    public ReportWork {
        candidates = List.copyOf(candidates);
        refused = Set.copyOf(refused);
    }

    /**
     * @param incident its latest version
     * @param caseId the case it belongs to
     * @param approved whether that case may go to the police
     */
    public record Candidate(
            SourceVersion incident, @Nullable Long caseId, @Nullable String caseReference, boolean approved) {}
}
