package sallyport.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A charge that a prison has referred to the police, and the cases that the charged prisoner is in, around the time of the charge and in
 * its prison.
 *
 * @param version what is made of an older one is refused, and the step runs again
 * @param knownAt when the hub first learned of the referral
 * @param alone a person has said that no incident report is meant
 * @param candidates of a linked one, the case that it was linked with
 * @param refused ids of cases that a person has said are not meant
 * @param inCase the case that it belongs to already
 * @param othersStand whether another charge of that case is with the police still
 * @param settledBy the person who settled it, if one did
 */
public record ChargeWork(
        SourceVersion charge,
        ChargeState state,
        long version,
        String prisonerNumber,
        Instant knownAt,
        boolean alone,
        List<Candidate> candidates,
        Set<Long> refused,
        @Nullable ReferralCase inCase,
        boolean othersStand,
        @Nullable String settledBy,
        @Nullable String settledWhy) {

    public ChargeWork {
        candidates = List.copyOf(candidates);
        refused = Set.copyOf(refused);
    }

    /** @param roles of the charged prisoner, in the words of the incident report */
    public record Candidate(ReferralCase referralCase, Set<String> roles) {

        public Candidate {
            roles = Set.copyOf(roles);
        }
    }
}
