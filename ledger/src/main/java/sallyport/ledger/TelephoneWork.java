package sallyport.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A telephone report and the incident reports that it may have announced.
 *
 * @param state null for a record that could not be read as a report
 * @param toldAt when the prison rang, or else when the hub learned of it; null with {@code state}
 * @param candidates of the same prison and some days around; of a linked one, the incident report it is linked with
 * @param refused ids of incident reports that a person has said are not meant
 * @param inCase whether it belongs to a case already
 */
public record TelephoneWork(
        SourceVersion report,
        @Nullable TelephoneState state,
        @Nullable Instant toldAt,
        List<Candidate> candidates,
        Set<String> refused,
        boolean inCase) {

    public TelephoneWork {
        candidates = List.copyOf(candidates);
        refused = Set.copyOf(refused);
    }

    /**
     * @param incident its latest version
     * @param caseId the case it belongs to
     */
    public record Candidate(SourceVersion incident, @Nullable Long caseId, @Nullable String caseReference) {}
}
