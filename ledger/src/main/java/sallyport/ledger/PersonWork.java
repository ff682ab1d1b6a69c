package sallyport.ledger;

import java.util.List;
import java.util.Set;

/**
 * A prisoner about whom something changed, and the open cases he or she is in (may be none).
 *
 * @param charges numbers of those of the prisoner's charges that were referred to the police when last read
 */
public record PersonWork(String prisonerNumber, List<ReferralCase> cases, Set<String> charges) {

    public PersonWork {
        cases = List.copyOf(cases);
        charges = Set.copyOf(charges);
    }

    public PersonWork(String prisonerNumber, List<ReferralCase> cases) {
        this(prisonerNumber, cases, Set.of());
    }
}
