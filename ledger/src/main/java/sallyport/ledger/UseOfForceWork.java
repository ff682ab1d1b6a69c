package sallyport.ledger;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A use of force report and the incident reports that it may belong to.
 *
 * @param state null when it is new
 * @param candidates of the same prison and a day or two around; of a linked one, the incident report it is linked with
 * @param refused ids of incident reports that a person has said are not meant
 * @param inCase whether it belongs to a case already
 */
public record UseOfForceWork(
        SourceVersion report,
        @Nullable UseOfForceState state,
        List<Candidate> candidates,
        Set<String> refused,
        boolean inCase) {

    public UseOfForceWork {
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
