package sallyport.ledger;

import java.util.List;

/** A prisoner about whom something changed, and the open cases he or she is in (may be none). */
public record PersonWork(String prisonerNumber, List<ReferralCase> cases) {

    public PersonWork {
        cases = List.copyOf(cases);
    }
}
