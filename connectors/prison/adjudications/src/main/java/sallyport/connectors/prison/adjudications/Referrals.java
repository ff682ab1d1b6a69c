package sallyport.connectors.prison.adjudications;

import java.time.Instant;
import java.util.List;

/**
 * The whole list of one prison.
 *
 * @param askedAt before the first page was asked for: what happened later may be missing
 */
public record Referrals(List<ReferredCharge> charges, Instant askedAt) {

    public Referrals {
        charges = List.copyOf(charges);
    }
}
