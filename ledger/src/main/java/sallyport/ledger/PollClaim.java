package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/** One claimed poll source with its cursor. The body of the exchange on {@code ledger:polls/<system>} routes. */
public record PollClaim(long id, long fence, int attempt, String system, String stream, @Nullable String cursor)
        implements Claim {}
